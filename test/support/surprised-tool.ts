// A tool in which something fails that nobody waits for, with somebody's number in its message.
import { runHere } from '../../src/cli/tool.ts';

const FOR_EVER_MS = 60_000;

await runHere(
  () =>
    new Promise<number>((resolve) => {
      setTimeout(() => resolve(0), FOR_EVER_MS);
      void Promise.reject(new Error('Nobody at +1 510 555 0141 has the code ABCD-2345.'));
    }),
);
