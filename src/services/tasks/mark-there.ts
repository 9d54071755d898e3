import { nextState } from '../../domain/claim.ts';
import { attendanceUntil, checkInWindow } from '../../domain/task-day.ts';
import { ok, type Refusal, type Result, refuse } from '../../lib/result.ts';
import type { Task } from '../../store/tasks.ts';
import type { Context } from '../context.ts';
import { participantOf } from '../partners/change-standing.ts';
import { findOwnTask } from '../roles.ts';
import { arrive } from './check-in.ts';
import { notify } from './notify.ts';

/** What became of the numbers of a roster that an organizer sent. */
export type Marked = {
  readonly task: Task;
  /** Those who are there by it, and those who were known to be. */
  readonly there: readonly number[];
  readonly already: readonly number[];
  /** Numbers of nobody who could be there. */
  readonly unknown: readonly number[];
};

/**
 * An organizer says who is there, by their numbers in the roster. Who was taken for absent can be
 * marked for 72 hours. Source: domain.md, The day of a task.
 */
export function markThere(
  context: Context,
  personId: number,
  { taskId, positions }: { readonly taskId: number; readonly positions: readonly number[] },
): Result<Marked, Refusal<'task-unknown' | 'attendance-early' | 'attendance-late'>> {
  const { tx, sentAt } = context;
  const found = findOwnTask(context, personId, { taskId, right: 'roster' });
  if (found === undefined) return refuse('task-unknown', { task: taskId });
  const { task } = found;
  const { from } = checkInWindow(task);
  if (sentAt < from) return refuse('attendance-early', { task: taskId, from });
  const until = attendanceUntil(task);
  if (sentAt > until) return refuse('attendance-late', { task: taskId, until });
  const roster = tx.claims.roster(taskId);
  const by = participantOf(context, personId) ?? undefined;
  const marked = { there: [] as number[], already: [] as number[], unknown: [] as number[] };
  for (const position of positions) {
    const claim = roster[position - 1]?.claim;
    if (claim === undefined) marked.unknown.push(position);
    else if (THERE.includes(claim.state)) marked.already.push(position);
    else if (
      !CAN_ARRIVE.includes(claim.state) &&
      nextState(claim.state, 'check-in') === undefined
    ) {
      marked.unknown.push(position);
    } else {
      const current = tx.tasks.get(taskId) ?? task;
      const isHere = arrive(
        context,
        { claim, task: current },
        { way: 'organizer', ...(by && { by }) },
      );
      marked[isHere ? 'there' : 'unknown'].push(position);
      if (isHere && claim.state === 'absent') {
        notify(context, 'absent-corrected', { personId: claim.personId, task });
      }
    }
  }
  return ok({ task, ...marked });
}

const THERE = ['checked-in', 'submitted', 'verified', 'rejected'];
const CAN_ARRIVE = ['standby', 'offered'];
