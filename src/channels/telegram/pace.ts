/** Keeps the limits that Telegram sets to the whole bot, and to each group and channel. */

import { MINUTE_MS, SECOND_MS } from '../../lib/clock.ts';
import { BoundedMap } from '../../lib/memo.ts';

/** Telegram allows 20 messages a minute to a group or channel. */
const IN_GROUP_MAX = 20;
const GROUPS_KEPT = 1000;

/** `elapsed` tells the time in ms: that of waiting, which nobody can set. */
export function createPace(elapsed: () => number) {
  let pausedUntil = Number.NEGATIVE_INFINITY;
  /** When each of the last messages to a group was sent. */
  const sent = new BoundedMap<string, number[]>(GROUPS_KEPT);
  /** How long (ms) Telegram still wants no message. */
  const paused = (): number => Math.max(0, pausedUntil - elapsed());

  return {
    /** How long (ms) a message has to wait; 0 counts it as sent now. `group` is null for a person. */
    take: (group: string | null): number => {
      const pause = paused();
      if (pause > 0 || group === null) return pause;
      const recent = (sent.get(group) ?? []).filter((at) => at > elapsed() - MINUTE_MS);
      const [oldest] = recent;
      if (recent.length >= IN_GROUP_MAX && oldest !== undefined) {
        return Math.max(SECOND_MS, oldest + MINUTE_MS - elapsed());
      }
      sent.set(group, [...recent, elapsed()]);
      return 0;
    },
    /** Notes that Telegram wants no message for so long (ms). */
    pause: (ms: number): void => {
      pausedUntil = Math.max(pausedUntil, elapsed() + ms);
    },
    paused,
  };
}
