/**
 * The steps of claims: only those that the state machine has, each in its time, and never more people
 * than a task has spots. What a task was before it was changed counts for what was decided before.
 */
import type { Values } from '../kinds.ts';
import { NOWHERE } from '../repository.ts';
import { isParticipant, type Looked } from './context.ts';

const WAITING = ['left', 'closed', 'called-off'];
const COMING = [...WAITING, 'checked-in', 'submitted', 'absent', 'lapsed'];

/** What may follow on what (docs/audit.md). */
const NEXT: Readonly<Record<string, readonly string[]>> = {
  joined: [...COMING, 'confirmed'],
  confirmed: COMING,
  standby: [...WAITING, 'joined', 'offered', 'confirmed'],
  offered: [...WAITING, 'confirmed', 'standby'],
  'checked-in': [...WAITING, 'submitted'],
  submitted: ['verified', 'rejected', 'left'],
  absent: ['checked-in', 'submitted'],
};
const FIRST = ['joined', 'standby'];
const SLOTLESS = ['standby', 'left', 'lapsed', 'closed', 'called-off'];

const HOUR_MS = 3_600_000;
const LASTS_MS = 6 * HOUR_MS;
const LAST_HOUR_MS = HOUR_MS;
const CHECK_IN_BEFORE_MS = HOUR_MS;
const ABSENT_AFTER_MS = 2 * HOUR_MS;
const CORRECTED_WITHIN_MS = 72 * HOUR_MS;
const LAPSES_AFTER_MS = 72 * HOUR_MS;
const DAY_MS = 24 * HOUR_MS;
/** What somebody sent in time may be worked off so much later, after an outage. */
const LATER_MS_MAX = DAY_MS;

type Times = {
  readonly startsAt: number;
  readonly endsAt: number;
  readonly slots: number;
  readonly isAnyTime: boolean;
};

/** When a task was to be, by the time of asking (ms). */
export type TimesAt = (time: number) => Times;

/** Reads when a task is and was to be; nothing where an older version did not say. */
export function timesOf(value: Values['task']): TimesAt | undefined {
  const isAnyTime = value.anyTime === true;
  const read = (
    one: { readonly startsAt?: string; readonly endsAt?: string; readonly slots?: number },
    slots: number,
  ): Times => {
    const startsAt = Date.parse(one.startsAt ?? '');
    const endsAt = one.endsAt === undefined ? startsAt + LASTS_MS : Date.parse(one.endsAt);
    return { startsAt, endsAt, slots: one.slots ?? slots, isAnyTime };
  };
  if (value.startsAt === undefined) return undefined;
  const now = read(value, value.slots ?? Number.POSITIVE_INFINITY);
  const before = (value.changes ?? []).map((one) => ({
    until: Date.parse(one.changedAt),
    times: read(one, now.slots),
  }));
  return (time) => before.find(({ until }) => time < until)?.times ?? now;
}

type Step = NonNullable<Values['claim']['steps']>[number];
type Claim = Pick<Looked<'claim'>, 'value' | 'fail'>;

/** How many spots a claim took from a time on (ms), for the task at this place. */
export type SlotChange = { readonly task: number; readonly at: number; readonly change: number };

/** Looks at the steps of one claim; answers how it took spots and gave them back. */
export function lookAtSteps(
  { value, fail }: Claim,
  task: number,
  times: TimesAt | undefined,
): readonly SlotChange[] {
  const { steps = [] } = value;
  const changes: SlotChange[] = [];
  let before: Step | undefined;
  let slotAt = Number.NaN;
  for (const step of steps) {
    const at = Date.parse(step.decidedAt);
    checkOrder(step, before, fail);
    if (step.by !== undefined && !isParticipant(step.by)) {
      fail('participant-invalid', 'A step names a person by something else than a participant id.');
    }
    const had = slotsOf(before);
    const has = slotsOf(step);
    if (has > 0 && had === 0) slotAt = at;
    if (has !== had) changes.push({ task, at, change: has - had });
    if (times !== undefined) checkTime({ step, before, at, slotAt, times: times(at) }, fail);
    before = step;
  }
  if (before !== undefined && (before.guests ?? 0) !== (value.guests ?? 0)) {
    fail(
      'claim-steps',
      `It brings ${value.guests ?? 0} people, and its last step ${before.guests ?? 0}.`,
    );
  }
  if (before !== undefined && before.status !== value.status) {
    fail('claim-steps', `It stands at ${value.status}, and its last step is ${before.status}.`);
  }
  return task === NOWHERE ? [] : changes;
}

/** How many spots somebody has after a step. */
const slotsOf = (step: Step | undefined): number =>
  step === undefined || SLOTLESS.includes(step.status) ? 0 : 1 + (step.guests ?? 0);

function checkOrder(step: Step, before: Step | undefined, fail: Claim['fail']): void {
  const may = before === undefined ? FIRST : (NEXT[before.status] ?? []);
  // Whoever brings others than they said stays where they are.
  const brings =
    before?.status === step.status &&
    ['joined', 'confirmed'].includes(step.status) &&
    before.guests !== step.guests;
  if (!may.includes(step.status) && !brings) {
    fail('claim-steps', `After ${before?.status ?? 'nothing'} it cannot be ${step.status}.`);
  }
  if (before !== undefined && Date.parse(step.decidedAt) < Date.parse(before.decidedAt)) {
    fail('claim-steps', `${step.status} is older than the step before it.`);
  }
}

function checkTime(
  one: {
    readonly step: Step;
    readonly before: Step | undefined;
    readonly at: number;
    readonly slotAt: number;
    readonly times: Times;
  },
  fail: Claim['fail'],
): void {
  const { step, before, at, slotAt, times } = one;
  const { startsAt, endsAt, isAnyTime } = times;
  const isSlot = before?.status === 'standby' && ['joined', 'offered'].includes(step.status);
  if (isSlot && at >= endsAt) {
    fail('claim-time', 'Somebody got a spot off the waitlist after the end.');
  }
  if (step.status === 'offered' && startsAt - at <= LAST_HOUR_MS && !isAnyTime) {
    fail('claim-time', 'A spot was kept for somebody in the last hour, or later.');
  }
  if (step.status === 'checked-in') {
    const isMarked = step.way === 'organizer';
    const until = endsAt + ABSENT_AFTER_MS + (isMarked ? CORRECTED_WITHIN_MS : 0) + LATER_MS_MAX;
    if (at < startsAt - CHECK_IN_BEFORE_MS || at > until) {
      fail(
        'claim-time',
        `Somebody was checked in at ${step.decidedAt}, outside of the task's hours.`,
      );
    }
  }
  if (step.status === 'absent') {
    if (at < endsAt + ABSENT_AFTER_MS) {
      fail('claim-time', 'Somebody was marked absent less than two hours after the end.');
    }
    if (isAnyTime || slotAt >= startsAt - LAST_HOUR_MS) {
      fail('claim-time', 'Somebody was marked absent who got the spot in the last hour.');
    }
  }
  if (step.status === 'lapsed') {
    const since = Date.parse(before?.decidedAt ?? step.decidedAt);
    if (!isAnyTime || at - since < LAPSES_AFTER_MS) {
      fail('claim-time', 'A claim lapsed that had time left.');
    }
  }
}

/** Finds times at which more people had a spot than a task has. */
export function checkSlots(
  all: readonly SlotChange[],
  timesOfTask: (task: number) => TimesAt | undefined,
  fail: (task: number, sentence: string) => void,
): void {
  for (const [task, changes] of Map.groupBy(all, (one) => one.task)) {
    const times = timesOfTask(task);
    if (times === undefined) continue;
    // What is decided together is decided at one time: who leaves makes room for who comes.
    const sums = [...Map.groupBy(changes, ({ at }) => at)]
      .map(([at, together]) => ({
        at,
        change: together.reduce((sum, { change }) => sum + change, 0),
      }))
      .toSorted((one, other) => one.at - other.at);
    let taken = 0;
    for (const { at, change } of sums) {
      taken += change;
      const { slots } = times(at);
      if (change <= 0 || taken <= slots) continue;
      const when = new Date(at).toISOString();
      fail(task, `${taken} people had a spot at ${when}, and there are ${slots}.`);
      break;
    }
  }
}
