/** Keeps to the number of messages a second that a channel takes. */
import { RateLimiterMemory, RateLimiterRes } from 'rate-limiter-flexible';
import { SECOND_MS } from '../lib/clock.ts';

/** Takes one message's turn: the pause (ms) that it asks for first, or 0 for now. */
export type Pace = () => Promise<number>;

export function createPace(perSecond: number | null): Pace {
  if (perSecond === null) return async () => 0;
  const limits = limitsOf(perSecond);
  const limiter = new RateLimiterMemory(limits);
  return async () => {
    try {
      await limiter.consume('all');
      return 0;
    } catch (refused) {
      // It goes by the calendar, which may just have been put back: a turn never takes so long.
      if (refused instanceof RateLimiterRes) {
        return Math.min(refused.msBeforeNext, limits.duration * SECOND_MS);
      }
      throw refused;
    }
  };
}

/**
 * A pace is kept in tenths of a second where it can be: an answer that comes up while something long
 * is sent waits for the next tenth, not for the next second.
 */
const limitsOf = (perSecond: number): { readonly points: number; readonly duration: number } =>
  perSecond % 10 === 0
    ? { points: perSecond / 10, duration: 0.1 }
    : { points: perSecond, duration: 1 };
