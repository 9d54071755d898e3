import { ok, type Refusal, type Result, refuse } from '../../lib/result.ts';
import type { Context } from '../context.ts';
import { rolesOf } from '../people/people.ts';

/** What became of a broadcast that was halted, in messages. */
export type Halted = { readonly sent: number; readonly total: number; readonly dropped: number };

/**
 * Halts the texts about a task: what has not been sent is dropped, and nobody else is told. What a
 * channel is sending at this moment counts as dropped, and may arrive all the same. Refusals:
 * `not-admin`, `broadcast-none`.
 */
export function haltBroadcast(
  context: Context,
  personId: number,
  taskId: number,
): Result<Halted, Refusal> {
  const { tx, now } = context;
  if (!rolesOf(context, personId).admin) return refuse('not-admin');
  const broadcast = tx.broadcasts.of(taskId);
  if (broadcast?.state !== 'running') return refuse('broadcast-none', { task: taskId });
  const sent = tx.broadcasts.sentOf(broadcast);
  tx.broadcasts.drop(broadcast.id);
  tx.broadcasts.end(broadcast.id, 'halted', now);
  return ok({ sent, total: broadcast.total, dropped: Math.max(0, broadcast.total - sent) });
}
