/** Keeps to the number of messages a second that a channel takes: a token bucket. */
import { SECOND_MS } from '../lib/clock.ts';

/** Takes one message's turn: the pause (ms) that it asks for first, or 0 for now. */
export type Pace = () => number;

/** How much of a second's messages may go at once after a rest, so that nobody's answer waits long. */
const BURST = 1 / 10;

/** How many messages of a channel may go at once after a rest. */
const burstOf = (perSecond: number): number => Math.max(1, perSecond * BURST);

/**
 * How many messages to look at for a channel that takes so many a second: one more than may go at once,
 * and `max` at most.
 */
export const worthLookingAt = (perSecond: number | null, max: number): number =>
  perSecond === null ? max : Math.min(max, Math.floor(burstOf(perSecond)) + 1);

/**
 * `perSecond` messages a second by the clock `elapsed` (ms), or as many as there are (null). Whoever
 * has to pause does so until half a burst may go, since one message at a time would cost a look each;
 * a wake-up that comes late has lost no turn by then.
 */
export function createPace(perSecond: number | null, elapsed: () => number): Pace {
  if (perSecond === null) return () => 0;
  const perMs = perSecond / SECOND_MS;
  const turnsMax = burstOf(perSecond);
  let turns = turnsMax;
  let countedAt = elapsed();
  return () => {
    const now = elapsed();
    turns = Math.min(turnsMax, turns + Math.max(0, now - countedAt) * perMs);
    countedAt = now;
    if (turns < 1) return Math.ceil((Math.max(1, turnsMax / 2) - turns) / perMs);
    turns -= 1;
    return 0;
  };
}
