/**
 * The write budget of a hosted account: points an hour and a day. What was published is in the
 * store, so a restart does not begin with a full budget.
 */
import { POINTS } from '../../account/rate-limits.ts';
import { type Clock, DAY_MS, HOUR_MS, MINUTE_MS } from '../../lib/clock.ts';
import { grouped } from '../../lib/text.ts';
import type { Reads } from '../../store/store.ts';

export type BudgetLimits = {
  /** 0 for no limit. */
  readonly pointsPerHour: number;
  /** 0 for no limit. */
  readonly pointsPerDay: number;
};

/** Counts what was published after a time (ms), per step, of the newest records. */
export type PublishedCounts = Reads['records']['publishedCounts'];

export type Budget = ReturnType<typeof createBudget>;

/** `at` is the time of `clock.elapsed()`, as are all times here. */
type Spending = { at: number; points: number };

const minuteOf = (ms: number): number => Math.floor(ms / MINUTE_MS);

export function createBudget(limits: BudgetLimits, clock: Clock, publishedCounts: PublishedCounts) {
  const windows = [
    { ms: HOUR_MS, points: limits.pointsPerHour },
    { ms: DAY_MS, points: limits.pointsPerDay },
  ].filter((window) => window.points > 0);
  if (windows.some((window) => window.points < POINTS.create)) {
    throw new Error(`A write budget below ${POINTS.create} points does not pay for one record.`);
  }
  const longestMs = Math.max(0, ...windows.map((window) => window.ms));
  const pointsMax = Math.max(0, ...windows.map((window) => window.points));
  // A time to come is one that a clock told that was wrong: it would count at every start anew.
  const publishedBefore = (now: number) =>
    publishedCounts(now - longestMs, MINUTE_MS, pointsMax).filter(({ from }) => from <= now);
  // Within its limits, no more records were published than there were points.
  const spendings: Spending[] =
    windows.length === 0
      ? []
      : publishedBefore(clock.now()).map((counts) => ({
          at: clock.elapsed() - Math.max(0, clock.now() - (counts.from + MINUTE_MS)),
          points:
            counts.creates * POINTS.create +
            counts.updates * POINTS.update +
            counts.deletes * POINTS.delete,
        }));

  function current(): readonly Spending[] {
    const since = clock.elapsed() - longestMs;
    while (spendings[0] !== undefined && spendings[0].at <= since) spendings.shift();
    return spendings;
  }

  /** When a window has room for so many points more. */
  function roomAt(points: number, window: { readonly ms: number; readonly points: number }) {
    const now = clock.elapsed();
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
    /** Points that may be spent now; infinite without limits. */
    available: () =>
      windows.reduce((least, window) => {
        const since = clock.elapsed() - window.ms;
        const counted = current().filter(({ at }) => at > since);
        const spent = counted.reduce((sum, { points }) => sum + points, 0);
        return Math.min(least, Math.max(0, window.points - spent));
      }, Number.POSITIVE_INFINITY),
    spend: (points: number) => {
      if (windows.length === 0) return;
      const at = clock.elapsed();
      const last = spendings.at(-1);
      // The spendings of a minute count as one, at the last of them: that is exact enough.
      if (last !== undefined && minuteOf(last.at) === minuteOf(at)) {
        last.at = at;
        last.points += points;
      } else {
        spendings.push({ at, points });
      }
    },
    /** When so many points will be available (ms), if nothing else is spent. */
    availableAt: (points: number) =>
      Math.max(
        clock.elapsed(),
        ...windows.map((window) => roomAt(Math.min(points, window.points), window)),
      ),
    /** When so many points will have been spent (ms), if they are spent as soon as they may be. */
    spentAt: (points: number) =>
      spendAll(points, { limits: windows, spendings: current(), start: clock.elapsed() }),
  };
}

/** Spends so many points in thought, each as early as all windows have room; when the last one is. */
function spendAll(
  points: number,
  from: {
    readonly limits: readonly { readonly ms: number; readonly points: number }[];
    readonly spendings: readonly Readonly<Spending>[];
    readonly start: number;
  },
): number {
  const { limits, spendings, start } = from;
  if (limits.length === 0) return start;
  const spent = spendings.map(({ at, points: some }) => ({ at, points: some }));
  const total = spent.reduce((sum, { points: some }) => sum + some, 0);
  const windows = limits.map((limit) => ({ ...limit, room: limit.points - total, oldest: 0 }));
  let now = start;
  for (let left = points; ; ) {
    for (const window of windows) {
      for (let first = spent[window.oldest]; first && first.at <= now - window.ms; ) {
        window.room += first.points;
        window.oldest += 1;
        first = spent[window.oldest];
      }
    }
    const some = Math.min(left, ...windows.map(({ room }) => room));
    if (some > 0) {
      left -= some;
      spent.push({ at: now, points: some });
      for (const window of windows) window.room -= some;
    }
    if (left <= 0) return now;
    const full = windows.filter(({ room }) => room <= 0);
    now = Math.max(...full.map(({ oldest, ms }) => (spent[oldest]?.at ?? now) + ms));
  }
}

/** Says how many new records the budget lets through, such as "1,666 an hour"; empty without limits. */
export const budgetInWords = ({ pointsPerHour, pointsPerDay }: BudgetLimits): string =>
  [
    { points: pointsPerHour, name: 'an hour' },
    { points: pointsPerDay, name: 'a day' },
  ]
    .filter(({ points }) => points > 0)
    .map(({ points, name }) => `${grouped(Math.floor(points / POINTS.create))} ${name}`)
    .join(' and ');
