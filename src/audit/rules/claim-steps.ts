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
    checkOrder(step, { before, isOnly: steps.length === 1 }, fail);
    if (step.by !== undefined && !isParticipant(step.by)) {
      fail('participant-invalid', 'A step names a person by something else than a participant id.');
    }
    const had = slotsOf(before);
    const has = slotsOf(step);
    if (has > 0 && had === 0) slotAt = at;
    if (has !== had) changes.push({ task, at, change: has - had });
    if (times !== undefined) {
      // What happened as the task was changed may have been before or after it.
      const [wrong, wrongBefore] = [at, at - 1].map((time) =>
        wrongAbout({ step, before, at, slotAt, times: times(time) }),
      );
      if (wrong !== undefined && wrongBefore !== undefined) fail('claim-time', wrong);
    }
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

function checkOrder(
  step: Step,
  { before, isOnly }: { readonly before: Step | undefined; readonly isOnly: boolean },
  fail: Claim['fail'],
): void {
  // Of a claim that was over before claims told their steps, only the last is known.
  const first = isOnly ? [...FIRST, 'left', 'closed'] : FIRST;
  const may = before === undefined ? first : (NEXT[before.status] ?? []);
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

/** What is wrong about the time of a step; undefined for nothing. */
function wrongAbout({
  step,
  before,
  at,
  slotAt,
  times,
}: {
  readonly step: Step;
  readonly before: Step | undefined;
  readonly at: number;
  readonly slotAt: number;
  readonly times: Times;
}): string | undefined {
  const { startsAt, endsAt, isAnyTime } = times;
  const isSlot = before?.status === 'standby' && ['joined', 'offered'].includes(step.status);
  if (isSlot && at >= endsAt) return 'Somebody got a spot off the waitlist after the end.';
  switch (step.status) {
    case 'offered':
      return startsAt - at <= LAST_HOUR_MS && !isAnyTime
        ? 'A spot was kept for somebody in the last hour, or later.'
        : undefined;
    case 'checked-in': {
      const more = step.way === 'organizer' ? CORRECTED_WITHIN_MS : 0;
      const until = endsAt + ABSENT_AFTER_MS + more + LATER_MS_MAX;
      return at < startsAt - CHECK_IN_BEFORE_MS || at > until
        ? `Somebody was checked in at ${step.decidedAt}, outside of the task's hours.`
        : undefined;
    }
    case 'absent':
      if (at < endsAt + ABSENT_AFTER_MS) {
        return 'Somebody was marked absent less than two hours after the end.';
      }
      return isAnyTime || slotAt >= startsAt - LAST_HOUR_MS
        ? 'Somebody was marked absent who got the spot in the last hour.'
        : undefined;
    case 'lapsed': {
      const since = Date.parse(before?.decidedAt ?? step.decidedAt);
      return !isAnyTime || at - since < LAPSES_AFTER_MS
        ? 'A claim lapsed that had time left.'
        : undefined;
    }
    default:
      return undefined;
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
