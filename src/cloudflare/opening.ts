/** Opens a city for whoever comes first, and not again and again while it cannot be opened. */
import { MINUTE_MS } from '../lib/clock.ts';
import { pauseAfter } from '../lib/repeat.ts';

/** The longest pause between two tries. */
const PAUSE_MS_MAX = 10 * MINUTE_MS;

export type Opening<T> = {
  /**
   * What was opened. After a try that failed it rejects at once, until a pause is over that grows:
   * each try signs in to the account, which counts that.
   */
  readonly get: () => Promise<T>;
  /**
   * Closes what is open, and waits for what is being opened. The next `get` opens it anew once that is
   * done, and never beside what is still closing.
   */
  readonly close: () => Promise<void>;
};

/** `open` gets what is to be done at the end. */
export function createOpening<T>(parts: {
  readonly open: (ends: AsyncDisposableStack) => Promise<T>;
  readonly failed: (error: unknown) => void;
  readonly now: () => number;
}): Opening<T> {
  const { open, failed, now } = parts;
  /** What is open, or being opened. */
  let current: Try<T> | undefined;
  /** What is still being closed: nothing is opened beside it. */
  let closing: Promise<void> = Promise.resolve();
  /** Why the last try failed, and until when nobody tries again (ms). */
  let failure: { readonly error: unknown; readonly until: number } | undefined;
  let failures = 0;

  const tryToOpen = (before: Promise<void>): Try<T> => {
    const ends = new AsyncDisposableStack();
    const openOnce = async (): Promise<T> => {
      await before;
      try {
        const opened = await open(ends);
        [failure, failures] = [undefined, 0];
        return opened;
      } catch (error) {
        failures += 1;
        failed(error);
        await ends.disposeAsync().catch(failed);
        failure = { error, until: now() + pauseAfter(failures, PAUSE_MS_MAX) };
        if (current === made) current = undefined;
        throw error;
      }
    };
    const made = { ends, result: openOnce() };
    return made;
  };
  const closeTry = async ({ result, ends }: Try<T>, before: Promise<void>): Promise<void> => {
    await before;
    await result.catch(() => undefined);
    await ends.disposeAsync();
  };
  return {
    get: () => {
      if (current !== undefined) return current.result;
      if (failure !== undefined && now() < failure.until) return Promise.reject(failure.error);
      current = tryToOpen(closing);
      return current.result;
    },
    close: () => {
      const closed = current === undefined ? closing : closeTry(current, closing);
      [current, failure] = [undefined, undefined];
      closing = closed.catch(() => undefined);
      return closed;
    },
  };
}

type Try<T> = { readonly result: Promise<T>; readonly ends: AsyncDisposableStack };
