/** `npm run drill [-- did | handle | file.car]`; what it answers is the code that it ends with. */
import { runDrill } from './run-drill.ts';
import { runHere } from './tool.ts';

await runHere(runDrill);
