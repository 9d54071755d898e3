/** `npm run admin`; what it answers is the code that it ends with. */
import { runAdmin } from './run-admin.ts';
import { runHere } from './tool.ts';

await runHere(runAdmin);
