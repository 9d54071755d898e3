/** `npm run talk`; what it answers is the code that it ends with. */
import { runTalk } from './run-talk.ts';
import { runHere } from './tool.ts';

await runHere(runTalk);
