import { ok, type Refusal, type Result, refuse } from '../../lib/result.ts';
import type { Context } from '../context.ts';
import { isAdmin } from '../roles.ts';

/** The messages of a broadcast that was muted. */
export type Muted = { readonly sent: number; readonly total: number; readonly dropped: number };

/**
 * Mutes the texts about a task: what has not been sent is dropped, and nobody else is told. What a
 * channel is sending at this moment counts as dropped, and may arrive all the same.
 */
export function muteBroadcast(
  context: Context,
  personId: number,
  taskId: number,
): Result<Muted, Refusal<'not-admin' | 'broadcast-none'>> {
  const { tx, now } = context;
  if (!isAdmin(context, personId)) return refuse('not-admin');
  const broadcast = tx.broadcasts.of(taskId);
  if (broadcast?.state !== 'running') return refuse('broadcast-none', { task: taskId });
  const sent = tx.broadcasts.sentOf(broadcast);
  tx.broadcasts.drop(broadcast.id);
  tx.broadcasts.end(broadcast.id, now, 'admin');
  return ok({ sent, total: broadcast.total, dropped: Math.max(0, broadcast.total - sent) });
}
