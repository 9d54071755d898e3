/** The one place where claims begin and change: the row, its public record and the slots of its task. */
import {
  type ClaimEvent,
  type ClaimState,
  type ClaimStep,
  nextState,
  takesSlot,
} from '../../domain/claim.ts';
import { LAPSES_AFTER_MS, remindersPast } from '../../domain/task-day.ts';
import type { Claim } from '../../store/claims.ts';
import type { Task } from '../../store/tasks.ts';
import type { Context } from '../context.ts';
import { knownSteps } from './known-steps.ts';

type Person = { readonly id: number; readonly participantId: string };
/** What has a record: its key, and the CID of its newest version. */
type Recorded = { readonly rkey: string; readonly cid: string };
type StepFacts = Omit<ClaimStep, 'state' | 'at'>;

/** A person takes part in a task, or stands by for it. */
export function beginClaim(
  context: Context,
  person: Person,
  {
    task,
    state,
    guests,
  }: { readonly task: Task; readonly state: 'joined' | 'standby'; readonly guests: number },
): number {
  const { tx, now, records } = context;
  const steps = [{ state, at: now, ...(guests > 0 ? { guests } : {}) }];
  const { rkey, cid } = records.create('claim', {
    task: records.ref('task', task),
    participant: person.participantId,
    state,
    steps,
    guests,
    createdAt: now,
  });
  const reminded = remindersPast(task, now);
  const kept = { state, steps, guests, reminded, createdAt: now, rkey, cid };
  const id = tx.claims.add({ ...kept, taskId: task.id, personId: person.id });
  if (takesSlot(state)) {
    tx.tasks.addTaken(task.id, 1 + guests);
    if (task.isAnyTime === 1) lookForLapse(context, task);
  }
  return id;
}

/**
 * Something happens to a claim: `facts` are what its record tells of the step. Throws where the state
 * machine has no such step: whoever calls it has decided that it has. `task` is its task, where that was
 * looked up before.
 */
export function stepClaim(
  context: Context,
  claim: Claim,
  event: ClaimEvent,
  { task, guests = claim.guests, ...facts }: StepFacts & { readonly task?: Recorded } = {},
): Claim {
  const state = nextState(claim.state, event);
  if (state === undefined) throw new Error(`stepClaim: ${event} of a claim that is ${claim.state}`);
  const before = claim.steps.length > 0 ? claim.steps : knownSteps(context, claim);
  const brings = guests > 0 ? { guests } : {};
  const steps = [...before, { state, at: context.now, ...brings, ...facts }];
  const stepped = writeClaim(context, claim, { state, steps, guests }, task);
  const slots = slotsOf(stepped) - slotsOf(claim);
  if (slots !== 0) context.tx.tasks.addTaken(claim.taskId, slots);
  if (slots > 0 && !takesSlot(claim.state)) remindAsOfNow(context, stepped);
  return stepped;
}

/** How many slots of its task a claim takes. */
const slotsOf = ({ state, guests }: Pick<Claim, 'state' | 'guests'>): number =>
  takesSlot(state) ? 1 + guests : 0;

/** Writes a claim's record anew: with what is known of its steps, where an older version told none. */
export function tellSteps(context: Context, claim: Claim): void {
  const { state, guests } = claim;
  const steps = claim.steps.length > 0 ? claim.steps : knownSteps(context, claim);
  writeClaim(context, claim, { state, steps, guests });
}

function writeClaim(
  context: Context,
  claim: Claim,
  change: {
    readonly state: ClaimState;
    readonly steps: readonly ClaimStep[];
    readonly guests: number;
  },
  task: Recorded | undefined = context.tx.tasks.get(claim.taskId),
): Claim {
  const { tx, now, records } = context;
  const person = tx.people.get(claim.personId);
  if (task === undefined || person === undefined) throw new Error('writeClaim: claim of nobody');
  const { cid } = records.update('claim', claim, {
    ...change,
    task: records.ref('task', task),
    participant: person.participantId,
    createdAt: claim.createdAt,
    updatedAt: now,
  });
  const until = change.steps.at(-1)?.until ?? null;
  const stepped = { ...claim, ...change, cid, offeredUntil: until };
  tx.claims.set(claim.id, stepped);
  return stepped;
}

/** A claim on a task without a fixed time lapses when nothing is heard of it. */
function lookForLapse({ tx, now }: Pick<Context, 'tx' | 'now'>, { id, nextAt }: Task): void {
  const lapsesAt = now + LAPSES_AFTER_MS;
  if (nextAt !== null && nextAt > lapsesAt) tx.tasks.setNext(id, lapsesAt);
}

/** Whoever gets a slot after a reminder was due does not get it. */
function remindAsOfNow({ tx, now }: Context, claim: Claim): void {
  const task = tx.tasks.get(claim.taskId);
  if (task === undefined) return;
  if (task.isAnyTime === 1) lookForLapse({ tx, now }, task);
  const past = remindersPast(task, now);
  if (past > claim.reminded) tx.claims.setReminded(claim.id, past);
}
