/** `npm run backup [-- folder]`; what it answers is the code that it ends with. */
import { runBackup } from './run-backup.ts';
import { runHere } from './tool.ts';

await runHere(runBackup);
