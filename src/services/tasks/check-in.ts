import { type CheckInWay, isActive } from '../../domain/claim.ts';
import { checkInWindow } from '../../domain/task-day.ts';
import { type Coordinates, metersBetween } from '../../lib/coordinates.ts';
import { ok, type Refusal, type Result, refuse } from '../../lib/result.ts';
import { coordinatesOf } from '../../records/kinds/location.ts';
import type { Claim } from '../../store/claims.ts';
import type { Task } from '../../store/tasks.ts';
import { hasRoom, take } from '../budgets/spend.ts';
import type { Context } from '../context.ts';
import { checkInCode } from './check-in-code.ts';
import { stepClaim } from './step-claim.ts';

type CheckedIn = { readonly task: Task; readonly did: 'now' | 'already' };
type CannotCheckIn = Refusal<
  'check-in-none' | 'check-in-early' | 'check-in-wait' | 'check-in-wrong' | 'spot-taken'
>;
type Own = { readonly claim: Claim; readonly task: Task };

/**
 * A person is where their task is, and sends the code that is shown there. Five wrong codes in an hour
 * make a pause. Source: domain.md, The day of a task.
 */
export function checkIn(
  context: Context,
  personId: number,
  code: string,
): Result<CheckedIn, CannotCheckIn> {
  const open = tasksToCheckIn(context, personId);
  if (open.length === 0) return refuseAll(context, personId);
  const room = hasRoom(context, 'wrongCheckIns', personId);
  if (!room.ok) return refuse('check-in-wait', { until: room.until });
  const found = open.find(({ task }) => checkInCode(context, task) === code);
  if (found !== undefined) return checkInTo(context, found, 'code');
  take(context, 'wrongCheckIns', personId, 1);
  return refuse('check-in-wrong');
}

/** Whoever shares a location so near to the place of a task is there. */
const NEAR_METERS = 300;

/**
 * A person shares where they are, which is a check-in at a task of theirs whose place is near by.
 * Source: domain.md, The day of a task.
 */
export function checkInAt(
  context: Context,
  personId: number,
  where: Coordinates,
): Result<CheckedIn, CannotCheckIn | Refusal<'check-in-far' | 'check-in-placeless'>> {
  const open = tasksToCheckIn(context, personId);
  if (open.length === 0) return refuseAll(context, personId);
  const placed = open.flatMap((one) => {
    const place = placeOf(context, one.task);
    return place === undefined ? [] : [{ ...one, meters: metersBetween(place, where) }];
  });
  const byDistance = placed.toSorted((one, other) => one.meters - other.meters);
  // One shift may follow another at the same place.
  const [nearest] = [
    ...byDistance.filter(({ claim, meters }) => meters <= NEAR_METERS && !isThere(claim)),
    ...byDistance,
  ];
  if (nearest === undefined) return refuse('check-in-placeless');
  if (nearest.meters > NEAR_METERS) {
    return refuse('check-in-far', { task: nearest.task.id, max: NEAR_METERS });
  }
  return checkInTo(context, nearest, 'location');
}

/** Where a task is, if anybody said it in coordinates. */
function placeOf({ tx, records }: Context, { placeId }: Task): Coordinates | undefined {
  const place = placeId === null ? undefined : tx.places.get(placeId);
  const record = place && records.get('location', place.rkey);
  return record && coordinatesOf(record);
}

const isThere = ({ state }: Claim): boolean => state === 'checked-in' || state === 'submitted';

function checkInTo(
  context: Context,
  found: Own,
  way: CheckInWay,
): Result<CheckedIn, CannotCheckIn> {
  const { claim, task } = found;
  if (isThere(claim)) return ok({ task, did: 'already' });
  return arrive(context, found, { way })
    ? ok({ task, did: 'now' })
    : refuse('spot-taken', { task: task.id });
}

/** Why somebody cannot check in anywhere now. */
function refuseAll(context: Context, personId: number) {
  const next = nextToCome(context, personId);
  if (next === undefined) return refuse('check-in-none');
  return refuse('check-in-early', { task: next.id, from: checkInWindow(next).from });
}

/** The tasks of a person at which they could be now: in their hours, and not decided about. */
const tasksToCheckIn = ({ tx, sentAt }: Context, personId: number): readonly Own[] =>
  tx.claims.of(personId).filter(({ claim, task }) => {
    const { from, until } = checkInWindow(task);
    const isTheirs = isActive(claim.state) || ARRIVING.includes(claim.state);
    return isTheirs && task.state === 'open' && sentAt >= from && sentAt <= until;
  });

// Who was taken for absent while the city did not run may have said in time that they were there.
const ARRIVING = ['standby', 'submitted', 'absent'];

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
