/** `npm run backup [-- folder]`; what it answers is the code that it ends with. */
import { runBackup } from './run-backup.ts';

process.exitCode = await runBackup(process.argv.slice(2));
