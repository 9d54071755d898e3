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
  /** Closes what is open, and waits for what is being opened. The next `get` opens it anew. */
  readonly close: () => Promise<void>;
};

/** `open` gets what is to be done at the end. */
export function createOpening<T>(parts: {
  readonly open: (ends: AsyncDisposableStack) => Promise<T>;
  readonly failed: (error: unknown) => void;
  readonly now: () => number;
}): Opening<T> {
  const { open, failed, now } = parts;
  let opening: Promise<T> | undefined;
  let ends: AsyncDisposableStack | undefined;
  /** Why the last try failed, and until when nobody tries again (ms). */
  let failure: { readonly error: unknown; readonly until: number } | undefined;
  let failures = 0;

  const tryToOpen = async (): Promise<T> => {
    const these = new AsyncDisposableStack();
    try {
      const opened = await open(these);
      ends = these;
      [failure, failures] = [undefined, 0];
      return opened;
    } catch (error) {
      opening = undefined;
      failures += 1;
      failure = { error, until: now() + pauseAfter(failures, PAUSE_MS_MAX) };
      failed(error);
      await these.disposeAsync();
      throw error;
    }
  };
  return {
    get: () => {
      if (opening !== undefined) return opening;
      if (failure !== undefined && now() < failure.until) return Promise.reject(failure.error);
      opening = tryToOpen();
      return opening;
    },
    close: async () => {
      await opening?.catch(() => undefined);
      const these = ends;
      [opening, ends, failure] = [undefined, undefined, undefined];
      await these?.disposeAsync();
    },
  };
}
