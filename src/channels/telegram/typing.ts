/** Shows to whoever waits longer than a moment for an answer that the bot is at work. */
import { Background } from '../../lib/background.ts';
import { SECOND_MS } from '../../lib/clock.ts';
import type { Wait } from '../../lib/wait.ts';

const FIRST_MS = 1.5 * SECOND_MS;
/** Telegram shows it for five seconds. */
const AGAIN_MS = 4.5 * SECOND_MS;
const TIMES_MAX = 5;
/** Without a reason every abort would make an error, for every message. */
const ANSWERED = 'answered';
/** In a rush requests are needed for the answers. */
const WAITING_MAX = 500;

export function createTyping(wait: Wait, show: (to: string) => Promise<unknown>) {
  const waiting = new Map<string, AbortController>();
  const running = new Background();

  const showUntil = async (to: string, { signal }: AbortController): Promise<void> => {
    for (let times = 0; times < TIMES_MAX; times += 1) {
      await wait(times === 0 ? FIRST_MS : AGAIN_MS, signal);
      if (signal.aborted) return;
      // It is a courtesy: where it fails nothing is lost.
      await show(to).catch(() => undefined);
    }
    waiting.delete(to);
  };

  /** The answer is on its way. */
  const end = (to: string): void => {
    waiting.get(to)?.abort(ANSWERED);
    waiting.delete(to);
  };

  return {
    /** An answer to this person is due. */
    begin: (to: string): void => {
      end(to);
      if (waiting.size >= WAITING_MAX) return;
      const ending = new AbortController();
      waiting.set(to, ending);
      running.add(showUntil(to, ending), () => undefined);
    },
    end,
    stop: async (): Promise<void> => {
      for (const to of [...waiting.keys()]) end(to);
      await running.ended();
    },
  };
}
