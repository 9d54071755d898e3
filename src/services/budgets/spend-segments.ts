import { type SegmentUse, segmentShare } from '../../domain/budgets.ts';
import { dayOf } from '../../domain/calendar.ts';
import type { City } from '../../domain/city.ts';
import { smsPieces } from '../../lib/sms-pieces.ts';
import type { Context } from '../context.ts';

/**
 * Gives out what a text costs by SMS from the city's day at `now`; false when the day has no more for
 * texts of this use. `perDay` is undefined for a city without a limit.
 */
export function spendSegments(
  { timeZone, perDay }: Pick<City, 'timeZone'> & { readonly perDay: number | undefined },
  { tx, now }: Pick<Context, 'tx' | 'now'>,
  { text, use }: { readonly text: string; readonly use: SegmentUse },
): boolean {
  if (perDay === undefined) return true;
  const segments = smsPieces(text).reduce((sum, piece) => sum + piece.segments, 0);
  return tx.budgets.addSegments(dayOf(now, timeZone), segments, segmentShare(use, perDay));
}
