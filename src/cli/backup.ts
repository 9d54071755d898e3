/** `npm run backup [-- folder]`; what it answers is the code that it ends with. */
import { tmpdir } from 'node:os';
import { runBackup } from './run-backup.ts';

process.exitCode = await runBackup(process.argv.slice(2), {
  env: process.env,
  out: process.stdout,
  err: process.stderr,
  temporary: tmpdir(),
});
