import { INVITE_SYMBOLS, inviteFrom } from '../../domain/code.ts';
import { SLIP_MS } from '../../domain/task.ts';
import { checkInWindow } from '../../domain/task-day.ts';
import { newParticipantId } from '../../lib/ids.ts';
import { ok, type Refusal, type Result, refuse } from '../../lib/result.ts';
import type { Task } from '../../store/tasks.ts';
import { causeRecords } from '../budgets/cause-records.ts';
import type { Context } from '../context.ts';
import { participantOf } from '../partners/change-standing.ts';
import { findOwnTask } from '../roles.ts';
import { beginClaim, stepClaim } from './step-claim.ts';

type WalkedIn = {
  readonly task: Task;
  /** The person's number in the roster. */
  readonly position: number;
  /** For the slip: whoever sends it brings their part into an account of their own. */
  readonly code: string;
  readonly expiresAt: number;
};

/**
 * Somebody without a phone or account takes part: the organizer gets what to write on a slip for them.
 * Source: domain.md, The day of a task.
 */
export const walkIn = (context: Context, organizerId: number, taskId: number) =>
  causeRecords(context, organizerId, () => begin(context, organizerId, taskId));

function begin(
  context: Context,
  organizerId: number,
  taskId: number,
): Result<
  WalkedIn,
  Refusal<
    | ('task-unknown' | 'task-closed' | 'task-called-off')
    | ('attendance-early' | 'task-over' | 'walk-in-full')
  >
> {
  const { tx, now, sentAt, keys, random, city } = context;
  const found = findOwnTask(context, organizerId, { taskId, right: 'roster' });
  if (found === undefined) return refuse('task-unknown', { task: taskId });
  const { task } = found;
  if (task.state !== 'open') {
    return refuse(task.state === 'closed' ? 'task-closed' : 'task-called-off', { task: taskId });
  }
  const { from, until } = checkInWindow(task);
  if (sentAt < from) return refuse('attendance-early', { task: taskId, from });
  if (sentAt > until) return refuse('task-over', { task: taskId });
  if (task.taken >= task.slots) return refuse('walk-in-full', { task: taskId, slots: task.slots });
  const participantId = newParticipantId(random);
  const personId = tx.people.add({
    participantId,
    language: city.languages[0] ?? '',
    createdAt: now,
  });
  const person = { id: personId, participantId };
  const claimId = beginClaim(context, person, { task, state: 'joined', guests: 0 });
  const claim = tx.claims.get(claimId);
  if (claim === undefined) throw new Error('walkIn: the claim is not there');
  const by = participantOf(context, organizerId);
  stepClaim(context, claim, 'check-in', { way: 'organizer', ...(by && { by }) });
  const code = inviteFrom(random.bytes(INVITE_SYMBOLS));
  const expiresAt = now + SLIP_MS;
  tx.claimSlips.add({ codeLookup: keys.secretLookup('slip', code), claimId, expiresAt });
  return ok({ task, position: tx.claims.roster(taskId).length, code, expiresAt });
}
