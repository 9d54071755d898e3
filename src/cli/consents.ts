/** `npm run consents [-- file.csv]`; what it answers is the code that it ends with. */
import { tmpdir } from 'node:os';
import { runConsents } from './run-consents.ts';

process.exitCode = await runConsents(process.argv.slice(2), {
  env: process.env,
  out: process.stdout,
  err: process.stderr,
  temporary: tmpdir(),
});
