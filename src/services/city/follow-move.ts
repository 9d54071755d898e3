import { nextContactTime } from '../../domain/calendar.ts';
import { MINUTE_MS } from '../../lib/clock.ts';
import type { Context } from '../context.ts';

/**
 * The city's time moved at once from one time to another (ms): judges again what waits until a time.
 * After a move ahead there is nothing to judge, since what waited longer is due.
 */
export function followMove(
  { tx, now, city }: Context,
  move: { readonly from: number; readonly to: number },
): void {
  if (move.to >= move.from) return;
  tx.times.goBack(move, {
    sessionMs: city.policies.sessionMinutes * MINUTE_MS,
    nextContactTime: nextContactTime(now, city),
  });
}
