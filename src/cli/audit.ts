/** `npm run audit -- <did | handle | file.car>`; what it answers is the code that it ends with. */
import { runAudit } from './run-audit.ts';
import { runHere } from './tool.ts';

await runHere(runAudit);
