/**
 * The time of a simulation: nothing waits for a real clock. When all is quiet, time jumps to whatever
 * comes next. What comes at the same time comes in an order that is drawn, as on a busy machine.
 */
import type { Clock } from '../src/lib/clock.ts';
import type { Timers } from '../src/lib/timers.ts';

export type Scheduler = {
  readonly clock: Clock;
  readonly timers: Timers;
  /** Resolves after so long (ms) of the simulated time. */
  readonly sleep: (ms: number) => Promise<void>;
  /** Lives on until a time (ms) and all that is due by then; work that waits for nothing is done. */
  readonly runUntil: (time: number) => Promise<void>;
};

type Entry = {
  readonly at: number;
  /** Among those of the same time. */
  readonly order: number;
  /** Undefined once it was taken back. */
  run: (() => void) | undefined;
};

/** `draw` gives the order of what comes at the same time: numbers from 0 to below 1. */
export function createScheduler(startMs: number, draw: () => number): Scheduler {
  const queue = createQueue();
  let now = startMs;
  let soon: (() => void)[] = [];

  const add = (ms: number, run: () => void): Entry => {
    // Timers count whole milliseconds, and take one at least: nothing happens again and again at one time.
    const entry = { at: now + Math.max(1, Math.ceil(ms)), order: draw(), run };
    queue.push(entry);
    return entry;
  };
  const after: Timers['after'] = (ms, run) => {
    if (ms === Number.POSITIVE_INFINITY) return () => undefined;
    const entry = add(ms, run);
    return () => {
      entry.run = undefined;
    };
  };
  const timers: Timers = {
    now: () => now,
    after,
    every: (ms, run) => {
      let cancel = (): void => undefined;
      const round = (): void => {
        cancel = after(ms, round);
        run();
      };
      cancel = after(ms, round);
      return () => cancel();
    },
    soon: (run) => {
      soon.push(run);
    },
  };

  /** Does what there is to do at this time. */
  const settle = async (): Promise<void> => {
    await inTurn([]);
    while (soon.length > 0) {
      const due = soon;
      soon = [];
      await inTurn(due);
    }
  };

  return {
    clock: { now: () => now, elapsed: () => now - startMs },
    timers,
    sleep: (ms) => new Promise((resolve) => after(ms, resolve)),
    runUntil: async (time) => {
      await settle();
      for (let next = queue.first(); next !== undefined && next.at <= time; next = queue.first()) {
        if (next.at < now) throw new Error('The scheduler would go back in time.');
        now = next.at;
        await inTurn(queue.takeAt(now).map((entry) => () => entry.run?.()));
        await settle();
      }
      now = Math.max(now, time);
    },
  };
}

/**
 * Runs each of them as the event loop does: what promises bring about comes before the next one.
 * Resolves when the last of that is done.
 */
const inTurn = (runs: readonly (() => void)[]): Promise<void> =>
  new Promise((resolve) => {
    for (const run of runs) setImmediate(run);
    setImmediate(resolve);
  });

const isBefore = (one: Entry, other: Entry): boolean =>
  one.at < other.at || (one.at === other.at && one.order < other.order);

/** A binary heap. */
function createQueue() {
  const heap: Entry[] = [];
  const swap = (one: number, other: number): void => {
    [heap[one], heap[other]] = [heap[other] as Entry, heap[one] as Entry];
  };
  const isLess = (one: number, other: number): boolean =>
    isBefore(heap[one] as Entry, heap[other] as Entry);
  const take = (): Entry | undefined => {
    const first = heap[0];
    const last = heap.pop();
    if (last === undefined || heap.length === 0) return first;
    heap[0] = last;
    for (let at = 0; ; ) {
      const [left, right] = [2 * at + 1, 2 * at + 2];
      let least = at;
      if (left < heap.length && isLess(left, least)) least = left;
      if (right < heap.length && isLess(right, least)) least = right;
      if (least === at) return first;
      swap(at, least);
      at = least;
    }
  };
  /** Those that were taken back are no longer there. */
  const first = (): Entry | undefined => {
    while (heap[0] !== undefined && heap[0].run === undefined) take();
    return heap[0];
  };
  return {
    push: (entry: Entry): void => {
      heap.push(entry);
      for (let at = heap.length - 1; at > 0; ) {
        const parent = (at - 1) >> 1;
        if (!isLess(at, parent)) break;
        swap(at, parent);
        at = parent;
      }
    },
    first,
    /** Takes all that come at a time. */
    takeAt: (time: number): readonly Entry[] => {
      const due: Entry[] = [];
      for (let next = first(); next !== undefined && next.at <= time; next = first()) {
        due.push(next);
        take();
      }
      return due;
    },
  };
}
