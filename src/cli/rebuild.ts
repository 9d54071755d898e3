/** `npm run rebuild -- <did | file.car>`; what it answers is the code that it ends with. */
import { tmpdir } from 'node:os';
import { runRebuild } from './run-rebuild.ts';

process.exitCode = await runRebuild(process.argv.slice(2), {
  env: process.env,
  out: process.stdout,
  err: process.stderr,
  temporary: tmpdir(),
});
