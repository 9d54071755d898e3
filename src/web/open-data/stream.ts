/** Sends what is made piece by piece, no faster than the reader takes it. */
import { MINUTE_MS } from '../../lib/clock.ts';
import type { Wait } from '../../lib/wait.ts';

/** How it went: the reader has it all, has gone away, or could not be given the rest. */
export type Ending = 'complete' | 'left' | 'failed';

/**
 * Turns for any number of streams, to keep everything else waiting for a moment: one piece is made each time that the event loop comes round, so
 * that whatever else the process has to do waits for one piece at most.
 */
export function createTurns(): () => Promise<void> {
  let last = Promise.resolve();
  const pause = () => new Promise<void>((resolve) => setImmediate(resolve));
  return () => {
    last = last.then(pause);
    return last;
  };
}

/** A reader who takes nothing for so long is taken for gone. */
const STALL_MS_MAX = 2 * MINUTE_MS;

type StreamOptions = {
  /** Resolves when it is this stream's turn. */
  readonly turn: () => Promise<void>;
  readonly wait: Wait;
  /** Called once, whatever happens. */
  readonly ended: (ending: Ending, error?: unknown) => void;
};

/**
 * The pieces as UTF-8. A piece is made when the reader asks for it and never before. When making
 * one fails, the stream breaks, so that what was sent cannot be taken for the whole.
 */
export function streamOf(
  pieces: Iterator<string>,
  { turn, wait, ended }: StreamOptions,
): ReadableStream<Uint8Array> {
  const encoder = new TextEncoder();
  let hasEnded = false;
  let stall = new AbortController();

  const end = (ending: Ending, error?: unknown): void => {
    if (hasEnded) return;
    hasEnded = true;
    stall.abort();
    if (ending === 'left') pieces.return?.();
    ended(ending, error);
  };
  const watch = (controller: ReadableStreamDefaultController<Uint8Array>): void => {
    const { signal } = stall;
    void wait(STALL_MS_MAX, signal).then(() => {
      if (signal.aborted) return;
      end('left');
      controller.error(new Error('Nobody took the rest.'));
    });
  };
  const pull = async (controller: ReadableStreamDefaultController<Uint8Array>): Promise<void> => {
    stall.abort();
    stall = new AbortController();
    await turn();
    // The reader may have left meanwhile.
    if (hasEnded) return;
    try {
      const { done, value } = pieces.next();
      if (done) {
        end('complete');
        controller.close();
      } else {
        controller.enqueue(encoder.encode(value));
        watch(controller);
      }
    } catch (error) {
      end('failed', error);
      controller.error(new Error('The rest could not be read.'));
    }
  };
  return new ReadableStream(
    { start: watch, pull, cancel: () => end('left') },
    { highWaterMark: 0 },
  );
}
