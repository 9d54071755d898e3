import type { Refusal, Result } from '../../lib/result.ts';
import { refuse } from '../../lib/result.ts';
import type { Context } from '../context.ts';
import { hasRoom, take } from './spend.ts';

/**
 * Lets a person do what writes public records, if their hour has room for more; what is begun is done
 * whole. Refusals: `records-wait`, besides those of what is done.
 */
export function causeRecords<T, R extends Refusal>(
  context: Context,
  personId: number,
  work: () => Result<T, R>,
): Result<T, R | Refusal<'records-wait'>> {
  const room = hasRoom(context, 'records', personId);
  if (!room.ok) return refuse('records-wait', { until: room.until });
  return countRecords(context, personId, work);
}

/** Counts the records of what is never refused, since it undoes what was counted before. */
export function countRecords<T>(context: Context, personId: number, work: () => T): T {
  const before = context.records.count;
  const done = work();
  take(context, 'records', personId, context.records.count - before);
  return done;
}
