// Loaded before a program that a test starts (`NODE_OPTIONS=--import …`): a while after it began,
// something fails that nobody waits for, with somebody's number and code in its message. The file that
// `REJECT_WHEN` names has to be there first.
import { existsSync } from 'node:fs';

const when = process.env['REJECT_WHEN'] ?? '';
const timer = setInterval(() => {
  if (!existsSync(when)) return;
  clearInterval(timer);
  void Promise.reject(new Error('Cannot text +1 510 555 0141 the code ABCD-2345.'));
}, 20);
timer.unref();
