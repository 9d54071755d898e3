/** Notices that the city's time has moved, and judges again what waits until a time. */
import type { Job } from '../jobs/jobs.ts';
import type { CityClock } from '../lib/city-clock.ts';
import { SECOND_MS } from '../lib/clock.ts';
import { followMove } from '../services/city/follow-move.ts';
import { contextOf } from '../services/context.ts';
import type { Base } from './base.ts';

const EVERY_MS = 5 * SECOND_MS;

export type FollowClock = {
  /** Resolves once stored times fit the city's time: whoever looks at them calls it before. */
  readonly settle: () => Promise<void>;
  /** Does the same now and then, for whom nobody wakes. */
  readonly jobs: readonly Job[];
};

/** `clock` is undefined where time cannot move; `moved` is told once times are judged again. */
export function createFollowClock(
  { store, foundation }: Pick<Base, 'store' | 'foundation'>,
  clock: Pick<CityClock, 'now' | 'moves' | 'settle'> | undefined,
  moved: () => void,
): FollowClock {
  if (clock === undefined) return { settle: async () => undefined, jobs: [] };
  let underWay: Promise<void> | undefined;

  const judge = async (): Promise<void> => {
    const moves = clock.moves();
    await store.commit((tx) => {
      for (const move of moves) followMove(contextOf(foundation, tx), move);
    });
    clock.settle(moves.length);
    moved();
  };

  const settle = async (): Promise<void> => {
    clock.now();
    if (clock.moves().length === 0) return;
    // Once only: a time that is judged twice would be put back twice.
    underWay ??= judge().finally(() => {
      underWay = undefined;
    });
    await underWay;
  };
  return { settle, jobs: [{ everyMs: EVERY_MS, run: () => false, committed: settle }] };
}
