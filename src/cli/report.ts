/** `npm run report -- sms | campaign`; what it answers is the code that it ends with. */
import { runReport } from './run-report.ts';

process.exitCode = await runReport(process.argv.slice(2));
