/** `npm run audit -- <did | handle | file.car>`; what it answers is the code that it ends with. */
import { runAudit } from './run-audit.ts';

process.exitCode = await runAudit(process.argv.slice(2));
