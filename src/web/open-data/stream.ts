/** Sends what is made piece by piece, no faster than the reader takes it. */

/** How it went: the reader has it all, has gone away, or could not be given the rest. */
export type Ending = 'complete' | 'left' | 'failed';

/** Resolves when it is one's turn to keep everything else waiting for a moment. */
export type Turn = () => Promise<void>;

/**
 * Turns for any number of streams: one piece is made each time that the event loop comes round, so
 * that whatever else the process has to do waits for one piece at most.
 */
export function createTurns(): Turn {
  let last = Promise.resolve();
  const pause = () => new Promise<void>((resolve) => setImmediate(resolve));
  return () => {
    last = last.then(pause);
    return last;
  };
}

/** What a reader is told of a failure. */
class BrokenOffError extends Error {
  override readonly name = 'BrokenOffError';
}

/**
 * The pieces as UTF-8. A piece is made when the reader asks for it and never before. When making
 * one fails, the stream breaks, so that what was sent cannot be taken for the whole. `ended` is
 * called once, whatever happens.
 */
export function streamOf(
  pieces: Iterator<string>,
  turn: Turn,
  ended: (ending: Ending, error?: unknown) => void,
): ReadableStream<Uint8Array> {
  const encoder = new TextEncoder();
  let hasEnded = false;
  const end = (ending: Ending, error?: unknown): void => {
    hasEnded = true;
    ended(ending, error);
  };
  const pull = async (controller: ReadableStreamDefaultController<Uint8Array>): Promise<void> => {
    await turn();
    // The reader may have left meanwhile.
    if (hasEnded) return;
    try {
      const { done, value } = pieces.next();
      if (!done) {
        controller.enqueue(encoder.encode(value));
        return;
      }
    } catch (error) {
      end('failed', error);
      controller.error(new BrokenOffError('The rest could not be read.'));
      return;
    }
    end('complete');
    controller.close();
  };
  const cancel = (): void => {
    if (hasEnded) return;
    pieces.return?.();
    end('left');
  };
  return new ReadableStream({ pull, cancel }, { highWaterMark: 0 });
}
