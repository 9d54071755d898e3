import { mustHalt } from '../../domain/broadcast.ts';
import { DAY_MS } from '../../lib/clock.ts';
import type { Context } from '../context.ts';
import { adminsOf } from '../roles.ts';
import type { Muted } from './mute-broadcast.ts';

/** A broadcast that halted itself. */
export type Braked = Muted & {
  readonly task: number;
  readonly stopped: number;
  /** The admins, and whoever announced the task. */
  readonly tell: readonly number[];
};

/** Who says STOP later than this says it of something else. */
const ANSWER_MS_MAX = 2 * DAY_MS;

/**
 * Counts that an address said STOP after a broadcast; where too many have, what has not been sent of
 * it is dropped. Answers the broadcast that halted by this.
 */
export function brakeBroadcast(context: Context, identityId: number): Braked | undefined {
  const { tx, now } = context;
  const broadcast = tx.broadcasts.countStop(identityId, now - ANSWER_MS_MAX);
  if (broadcast?.state !== 'running') return undefined;
  const { id, taskId, total, stopped } = broadcast;
  const sent = tx.broadcasts.sentOf(broadcast);
  if (!mustHalt({ sent, stopped })) return undefined;
  tx.broadcasts.drop(id);
  tx.broadcasts.end(id, now, 'stops');
  const organizer = tx.tasks.get(taskId)?.createdBy;
  const tell = new Set([...adminsOf(context), ...(organizer ? [organizer] : [])]);
  return {
    task: taskId,
    sent,
    total,
    stopped,
    dropped: Math.max(0, total - sent),
    tell: [...tell],
  };
}
