/** `npm run move -- --to <address> | --from <address>`; what it answers is the code that it ends with. */
import { runMove } from './run-move.ts';
import { runHere } from './tool.ts';

await runHere(runMove);
