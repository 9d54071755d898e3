import { nextContactTime } from '../../domain/calendar.ts';
import { MINUTE_MS } from '../../lib/clock.ts';
import type { Context } from '../context.ts';
import { recordDelegations } from './record-delegations.ts';

/**
 * The city's time moved at once from one time to another (ms): judges again what waits until a time.
 * After a move ahead there is nothing to judge, since what waited longer is due.
 */
export function followMove(
  context: Context,
  move: { readonly from: number; readonly to: number },
): void {
  const { tx, now, city } = context;
  if (move.to >= move.from) return;
  const changed = tx.times.partnersChangedAfter(move.to);
  tx.times.goBack(move, {
    sessionMs: city.policies.sessionMinutes * MINUTE_MS,
    nextContactTime: nextContactTime(now, city),
  });
  for (const partnerId of changed) recordDelegations(context, partnerId);
}
