/** `npm run report -- sms | campaign`; what it answers is the code that it ends with. */
import { runReport } from './run-report.ts';
import { runHere } from './tool.ts';

await runHere(runReport);
