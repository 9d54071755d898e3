/** Progress on stderr: a bar on a terminal, a line now and then otherwise, nothing for short work. */
import { grouped } from '../lib/text.ts';

const BAR_AFTER_MS = 500;
const BAR_EVERY_MS = 100;
const LINE_EVERY_MS = 10_000;
const BAR_WIDTH = 30;

/** As much of a stream as it takes to write to it. */
export type Stream = { readonly write: (text: string) => unknown; readonly isTTY?: boolean };

/** `labels` says for each step what is done and, where it is not the thing itself, how to count. */
export function createProgress<Step extends string>(
  labels: Readonly<Record<Step, { readonly doing: string; readonly show?: (n: number) => string }>>,
  stream: Stream,
  now: () => number = () => performance.now(),
) {
  const started = now();
  let last = started;
  let isShown = false;

  const clear = (): void => {
    if (isShown) stream.write('\r\u001b[K');
    isShown = false;
  };

  return {
    tell: (step: Step, done: number, total?: number): void => {
      const at = now();
      const isBar = stream.isTTY === true;
      if (at - last < (isBar ? BAR_EVERY_MS : LINE_EVERY_MS) || at - started < BAR_AFTER_MS) return;
      last = at;
      const { doing, show = (count) => grouped(Math.round(count)) } = labels[step];
      const of = total === undefined ? '' : ` of ${show(total)}`;
      const text = `${doing} ${show(done)}${of}`;
      if (!isBar) {
        stream.write(`${text}\n`);
        return;
      }
      const share = total === undefined || total === 0 ? 0 : Math.min(1, done / total);
      const filled = Math.round(BAR_WIDTH * share);
      const bar =
        total === undefined ? '' : `[${'█'.repeat(filled)}${' '.repeat(BAR_WIDTH - filled)}] `;
      stream.write(`\r\u001b[K${bar}${text}`);
      isShown = true;
    },
    clear,
  };
}
