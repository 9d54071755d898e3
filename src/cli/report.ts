/** `npm run report -- sms | campaign`; what it answers is the code that it ends with. */
import { tmpdir } from 'node:os';
import { runReport } from './run-report.ts';

process.exitCode = await runReport(process.argv.slice(2), {
  env: process.env,
  out: process.stdout,
  err: process.stderr,
  temporary: tmpdir(),
});
