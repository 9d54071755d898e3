import { isTakingPart, slotSince } from '../../domain/claim.ts';
import { decideChange, isMove, type TaskChange, taskEnd } from '../../domain/task.ts';
import { momentAfter, remindersPast } from '../../domain/task-day.ts';
import { ok, type Refusal, type RefusalOf, type Result, refuse } from '../../lib/result.ts';
import type { Partner } from '../../store/partners.ts';
import type { Task } from '../../store/tasks.ts';
import type { Context } from '../context.ts';
import { findOwnTask } from '../roles.ts';
import { changeTaskRecord } from './change-task-record.ts';
import { countCreditsLeft, epochOfEnd } from './check-task.ts';
import { fillSlots } from './fill-slots.ts';
import { notify } from './notify.ts';

type Changed = {
  /** As it was, and as it will be. */
  readonly before: Task;
  readonly task: Task;
  readonly issuer: Partner;
  /** How many people are told. */
  readonly people: number;
  /** Whoever joined before may leave without consequence. */
  readonly isMove: boolean;
};

export type CannotChange = Refusal<'task-unknown'> | RefusalOf<typeof decideChange>;

/** When the next thing becomes due on a task that was changed (ms): what was due stays due. */
function nextAfter(before: Task, task: Task, now: number): number | null {
  const isSameTime = before.startsAt === task.startsAt && before.endsAt === task.endsAt;
  if (isSameTime) return before.nextAt;
  return task.isAnyTime === 1 ? now : (momentAfter(task, now)?.at ?? null);
}

/** Looks whether a task can be changed like this, and what it would be then. */
export function checkChange(
  context: Context,
  personId: number,
  { taskId, change }: { readonly taskId: number; readonly change: TaskChange },
): Result<Changed, CannotChange> {
  const { tx, now } = context;
  const found = findOwnTask(context, personId, { taskId, right: 'tasks' });
  if (found === undefined) return refuse('task-unknown', { task: taskId });
  const { task: before, issuer } = found;
  const endsAt = taskEnd({ ...before, ...change });
  const epochBefore = epochOfEnd(context, taskEnd(before));
  const decision = decideChange(before, change, {
    now,
    creditsLeft: countCreditsLeft(context, issuer, endsAt),
    // In another epoch none of its spots count yet.
    counted: epochOfEnd(context, endsAt).name === epochBefore.name ? before.slots : 0,
  });
  if (!decision.ok)
    return refuse(decision.refusal.code, { ...decision.refusal.params, task: taskId });
  const task = { ...before, ...change };
  const people = tx.claims.roster(taskId).filter(({ claim }) => isTakingPart(claim.state)).length;
  return ok({ before, task, issuer, people, isMove: isMove(before, task) });
}

/**
 * Changes when, where, how many or what else people should know of a task: everybody who takes part is
 * told. Source: domain.md, The day of a task.
 */
export function changeTask(
  context: Context,
  personId: number,
  asked: { readonly taskId: number; readonly change: TaskChange },
): Result<Changed, CannotChange> {
  const checked = checkChange(context, personId, asked);
  if (!checked.ok) return checked;
  const { tx, now } = context;
  const { before, task, issuer, isMove: hasMoved } = checked.value;
  const { startsAt, endsAt, slots, place } = before;
  const changes = [...before.changes, { until: now, startsAt, endsAt, slots, place }];
  const { placeId, area, cid } = changeTaskRecord(
    context,
    { task: before, issuer },
    { ...asked.change, changes },
  );
  tx.tasks.change(task.id, {
    ...task,
    ...{ changes, placeId, area, cid },
    sequence: before.sequence + 1,
    movedAt: hasMoved ? now : before.movedAt,
    nextAt: nextAfter(before, task, now),
  });
  if (task.startsAt !== before.startsAt) tx.claims.remindAgain(task.id, remindersPast(task, now));
  for (const { claim } of tx.claims.roster(task.id)) {
    if (!isTakingPart(claim.state) || claim.personId === personId) continue;
    const since = slotSince(claim.steps) ?? 0;
    const movedAt = hasMoved ? now : (before.movedAt ?? -1);
    const free = movedAt >= since ? 'yes' : 'no';
    notify(context, 'changed', { personId: claim.personId, task }, { free });
  }
  fillSlots(context, task.id);
  return checked;
}
