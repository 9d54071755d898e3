/** `npm run rebuild -- <did | file.car>`; what it answers is the code that it ends with. */
import { runRebuild } from './run-rebuild.ts';
import { runHere } from './tool.ts';

await runHere(runRebuild);
