/** `npm run parked`; what it answers is the code that it ends with. */
import { runParked } from './run-parked.ts';
import { runHere } from './tool.ts';

await runHere(runParked);
