/** How many files may be read at once, and how often by one reader. */
import { RateLimiterMemory, RateLimiterRes } from 'rate-limiter-flexible';
import { MINUTE_MS, SECOND_MS } from '../../lib/clock.ts';

/** All ten files six times over; many readers may come from one address. */
const FILES_A_MINUTE_MAX = 60;
/** Each holds a page in memory and a connection, however slowly it is read. */
const AT_ONCE_MAX = 100;
const RETRY_SECONDS = 30;

type Admission =
  /** `leave` is to be called once, at the end. */
  | { readonly ok: true; readonly leave: () => void }
  | { readonly ok: false; readonly status: 429 | 503; readonly retrySeconds: number };

export type Limits = {
  /** `reader` is who asks, as the connection tells; it is kept for a minute, in memory only. */
  readonly admit: (reader: string | undefined) => Promise<Admission>;
};

export function createLimits(): Limits {
  const perReader = new RateLimiterMemory({
    points: FILES_A_MINUTE_MAX,
    duration: MINUTE_MS / SECOND_MS,
  });
  let atOnce = 0;
  return {
    admit: async (reader) => {
      if (atOnce >= AT_ONCE_MAX) return { ok: false, status: 503, retrySeconds: RETRY_SECONDS };
      atOnce += 1;
      const leave = () => {
        atOnce -= 1;
      };
      try {
        if (reader !== undefined) await perReader.consume(reader);
        return { ok: true, leave };
      } catch (refused) {
        leave();
        if (!(refused instanceof RateLimiterRes)) throw refused;
        const retrySeconds = Math.ceil(refused.msBeforeNext / SECOND_MS);
        return { ok: false, status: 429, retrySeconds };
      }
    },
  };
}
