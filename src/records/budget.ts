/**
 * The write budget of a hosted account: points an hour and a day. What was published is in the
 * store, so a restart does not begin with a full purse.
 */
import { type Clock, DAY_MS, HOUR_MS, MINUTE_MS } from '../lib/clock.ts';

/** What an operation costs. Source: Bluesky's rate limits for content writes. */
export const POINTS = { create: 3, update: 2, delete: 1 } as const;

export type BudgetLimits = {
  /** 0 for no limit. */
  readonly pointsPerHour: number;
  /** 0 for no limit. */
  readonly pointsPerDay: number;
};

/** Counts of what was published after `since` (ms), per step, of the newest `limit` records. */
export type PublishedCounts = (
  since: number,
  stepMs: number,
  limit: number,
) => readonly {
  readonly from: number;
  readonly creates: number;
  readonly updates: number;
  readonly deletes: number;
}[];

export type Budget = {
  /** Points that may be spent now; infinite without limits. */
  readonly available: () => number;
  readonly spend: (points: number) => void;
  /** When so many points will be available (ms), if nothing else is spent. */
  readonly availableAt: (points: number) => number;
};

type Spending = { at: number; points: number };

const minuteOf = (ms: number): number => Math.floor(ms / MINUTE_MS);

export function createBudget(
  limits: BudgetLimits,
  clock: Clock,
  publishedCounts: PublishedCounts,
): Budget {
  const windows = [
    { ms: HOUR_MS, points: limits.pointsPerHour },
    { ms: DAY_MS, points: limits.pointsPerDay },
  ].filter((window) => window.points > 0);
  if (windows.some((window) => window.points < POINTS.create)) {
    throw new Error(`A write budget below ${POINTS.create} points does not pay for one record.`);
  }
  const longestMs = Math.max(0, ...windows.map((window) => window.ms));
  const pointsMax = Math.max(0, ...windows.map((window) => window.points));
  // Within its limits, no more records were published than there were points.
  const spendings: Spending[] =
    windows.length === 0
      ? []
      : publishedCounts(clock.now() - longestMs, MINUTE_MS, pointsMax).map((counts) => ({
          at: Math.min(counts.from + MINUTE_MS, clock.now()),
          points:
            counts.creates * POINTS.create +
            counts.updates * POINTS.update +
            counts.deletes * POINTS.delete,
        }));

  function current(): readonly Spending[] {
    const since = clock.now() - longestMs;
    while (spendings[0] !== undefined && spendings[0].at <= since) spendings.shift();
    return spendings;
  }

  /** When a window has room for so many points more. */
  function roomAt(points: number, window: { readonly ms: number; readonly points: number }) {
    const now = clock.now();
    const counted = current().filter((spending) => spending.at > now - window.ms);
    let excess = counted.reduce((sum, { points: spent }) => sum + spent, points) - window.points;
    for (const spending of counted) {
      if (excess <= 0) break;
      excess -= spending.points;
      if (excess <= 0) return spending.at + window.ms;
    }
    return now;
  }

  return {
    available: () =>
      windows.reduce((least, window) => {
        const since = clock.now() - window.ms;
        const spent = current().reduce(
          (sum, { at, points }) => (at > since ? sum + points : sum),
          0,
        );
        return Math.min(least, Math.max(0, window.points - spent));
      }, Number.POSITIVE_INFINITY),
    spend: (points) => {
      if (windows.length === 0) return;
      const at = clock.now();
      const last = spendings.at(-1);
      // The spendings of a minute count as one, at the last of them: that is exact enough.
      if (last !== undefined && minuteOf(last.at) === minuteOf(at)) {
        last.at = at;
        last.points += points;
      } else {
        spendings.push({ at, points });
      }
    },
    availableAt: (points) =>
      Math.max(
        clock.now(),
        ...windows.map((window) => roomAt(Math.min(points, window.points), window)),
      ),
  };
}
