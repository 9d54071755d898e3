/** `npm run rekey`; what it answers is the code that it ends with. */
import { runRekey } from './run-rekey.ts';
import { runHere } from './tool.ts';

await runHere(runRekey);
