/** `npm run rebuild -- <did | file.car>`; what it answers is the code that it ends with. */
import { runRebuild } from './run-rebuild.ts';

process.exitCode = await runRebuild(process.argv.slice(2));
