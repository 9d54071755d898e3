/** `npm run consents [-- file.csv]`; what it answers is the code that it ends with. */
import { runConsents } from './run-consents.ts';

process.exitCode = await runConsents(process.argv.slice(2));
