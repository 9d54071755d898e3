/** `npm run books [-- --mend]`; what it answers is the code that it ends with. */
import { runBooks } from './run-books.ts';
import { runHere } from './tool.ts';

await runHere(runBooks);
