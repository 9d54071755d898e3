import { type CheckInWay, isActive } from '../../domain/claim.ts';
import { checkInWindow } from '../../domain/task-day.ts';
import { ok, type Refusal, type Result, refuse } from '../../lib/result.ts';
import type { Claim } from '../../store/claims.ts';
import type { Task } from '../../store/tasks.ts';
import { hasRoom, take } from '../budgets/spend.ts';
import type { Context } from '../context.ts';
import { checkInCode } from './check-in-code.ts';
import { stepClaim } from './step-claim.ts';

type Own = { readonly claim: Claim; readonly task: Task };

/**
 * A person is where their task is, and sends the code that is shown there. Five wrong codes in an hour
 * make a pause. Source: domain.md, The day of a task.
 */
export function checkIn(
  context: Context,
  personId: number,
  code: string,
): Result<
  { readonly task: Task; readonly did: 'now' | 'already' },
  Refusal<'check-in-none' | 'check-in-early' | 'check-in-wait' | 'check-in-wrong' | 'spot-taken'>
> {
  const open = tasksToCheckIn(context, personId);
  if (open.length === 0) {
    const next = nextToCome(context, personId);
    if (next === undefined) return refuse('check-in-none');
    return refuse('check-in-early', { task: next.id, from: checkInWindow(next).from });
  }
  const room = hasRoom(context, 'wrongCheckIns', personId);
  if (!room.ok) return refuse('check-in-wait', { until: room.until });
  const found = open.find(({ task }) => checkInCode(context, task) === code);
  if (found === undefined) {
    take(context, 'wrongCheckIns', personId, 1);
    return refuse('check-in-wrong');
  }
  const { claim, task } = found;
  if (claim.state === 'checked-in' || claim.state === 'submitted')
    return ok({ task, did: 'already' });
  return arrive(context, found, { way: 'code' })
    ? ok({ task, did: 'now' })
    : refuse('spot-taken', { task: task.id });
}

/** The tasks of a person at which they could be now: in their hours, and not decided about. */
const tasksToCheckIn = ({ tx, sentAt }: Context, personId: number): readonly Own[] =>
  tx.claims.of(personId).filter(({ claim, task }) => {
    const { from, until } = checkInWindow(task);
    const isTheirs = isActive(claim.state) || ARRIVING.includes(claim.state);
    return isTheirs && task.state === 'open' && sentAt >= from && sentAt <= until;
  });

const ARRIVING = ['standby', 'submitted'];

function nextToCome({ tx, sentAt }: Context, personId: number): Task | undefined {
  return tx.claims
    .of(personId)
    .filter(({ claim, task }) => isActive(claim.state) && checkInWindow(task).from > sentAt)
    .map(({ task }) => task)
    .toSorted((one, other) => one.startsAt - other.startsAt)[0];
}

/** Somebody is there: who stood by takes a slot that is free; false where there is none. */
export function arrive(
  context: Context,
  { claim, task }: Own,
  how: { readonly way: CheckInWay; readonly by?: string },
): boolean {
  let here = claim;
  if (here.state === 'standby' && task.slots - task.taken <= here.guests) return false;
  if (here.state === 'standby' || here.state === 'offered') {
    here = stepClaim(context, here, 'confirm', { task });
  }
  stepClaim(context, here, 'check-in', { ...how, task });
  return true;
}
