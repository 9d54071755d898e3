/** Counts how often each reader asks, in memory that strangers cannot fill. */
import { MINUTE_MS, SECOND_MS } from '../lib/clock.ts';
import { BoundedMap } from '../lib/memo.ts';

/** With so many readers in one minute the counting begins anew: then no single one is the trouble. */
const READERS_MAX = 10_000;

/**
 * Takes one of `perMinute` from a reader; answers undefined, or the seconds until there are more.
 * The minute is the same for all. `now` (ms) is a clock that nobody puts back.
 */
export function createRate(
  perMinute: number,
  now: () => number = () => performance.now(),
): (reader: string) => number | undefined {
  const counts = new BoundedMap<string, number>(READERS_MAX);
  let endsAt = 0;
  return (reader) => {
    const at = now();
    if (at >= endsAt) {
      counts.clear();
      endsAt = at + MINUTE_MS;
    }
    const count = (counts.get(reader) ?? 0) + 1;
    if (count > perMinute) return Math.ceil((endsAt - at) / SECOND_MS);
    counts.set(reader, count);
    return undefined;
  };
}
