/** `npm run consents [-- file.csv]`; what it answers is the code that it ends with. */
import { runConsents } from './run-consents.ts';
import { runHere } from './tool.ts';

await runHere(runConsents);
