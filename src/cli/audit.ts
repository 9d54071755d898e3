/** `npm run audit -- <did | handle | file.car>`; what it answers is the code that it ends with. */
import { tmpdir } from 'node:os';
import { runAudit } from './run-audit.ts';

process.exitCode = await runAudit(process.argv.slice(2), {
  env: process.env,
  out: process.stdout,
  err: process.stderr,
  temporary: tmpdir(),
});
