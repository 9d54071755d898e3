/** The rules of tasks and claims (domain.md, Joining a task). */
import { DAY_MS, HOUR_MS } from '../lib/clock.ts';
import { ok, type Refusal, type Result, refuse } from '../lib/result.ts';
import { type ClaimState, isOver, nextState } from './claim.ts';
import { isCount } from './count.ts';
import { namesPrivate } from './public-words.ts';

const TITLE_LENGTH_MAX = 80;
const NOTE_LENGTH_MAX = 160;
/** Why a task is called off. */
export const REASON_LENGTH_MAX = 160;
/** What goes from one person to another about a task: a question, an answer, news of the organizer. */
export const QUESTION_LENGTH_MAX = 250;
/** So long somebody without an account can bring their part in a task into one. */
export const SLIP_MS = 90 * DAY_MS;
/** How often everybody who joined a task can be told something. */
export const TELLS_MAX = 3;
const CHANGES_MAX = 50;
const PLACE_LENGTH_MAX = 80;
const TASK_CREDITS_MAX = 1000;
const TASK_SLOTS_MAX = 10_000;
/** How long a task without an end lasts. */
export const TASK_LASTS_MS = 6 * HOUR_MS;

export type TaskFacts = {
  readonly state: 'open' | 'closed' | 'called-off';
  readonly slots: number;
  readonly taken: number;
  readonly startsAt: number;
  readonly endsAt: number | null;
  /** 1 for a task without a fixed time: it can be done whenever until its end. */
  readonly isAnyTime: number;
};

/** When and where a task was to be until it was changed. */
export type TaskTimes = {
  /** When it was changed (ms). */
  readonly until: number;
  readonly startsAt: number;
  readonly endsAt: number | null;
  readonly slots: number;
  readonly place: string;
};

/** By so much the start of a task moves so that leaving it is free. */
const MOVES_BY_MS = HOUR_MS;

/** Was a task moved so that whoever joined before may leave without consequence? */
export const isMove = (
  before: Pick<TaskTimes, 'startsAt' | 'place'>,
  after: Pick<TaskTimes, 'startsAt' | 'place'>,
): boolean =>
  Math.abs(before.startsAt - after.startsAt) >= MOVES_BY_MS || before.place !== after.place;

type Span = Pick<TaskFacts, 'startsAt' | 'endsAt'>;
type Timed = Pick<TaskFacts, 'startsAt' | 'endsAt' | 'isAnyTime'>;

/** When a task is over (ms). */
export const taskEnd = (task: Span): number => task.endsAt ?? task.startsAt + TASK_LASTS_MS;

/** Is there anything to tell others of: a task that is open, to come or under way, and not full? */
export const canBeJoined = (task: TaskFacts, now: number): boolean =>
  task.state === 'open' && taskEnd(task) > now && task.taken < task.slots;

/** So long before its start a task asks for its people's time alone. */
const CLASH_FROM_MS = 48 * HOUR_MS;
/** Between two tasks of one person there is at least so much time. */
const CLASH_WITHIN_MS = HOUR_MS;

/** Does a task overlap another, or begin or end within an hour of it? */
const areTooClose = (one: Span, other: Span): boolean =>
  one.startsAt - CLASH_WITHIN_MS < taskEnd(other) &&
  other.startsAt - CLASH_WITHIN_MS < taskEnd(one);

/** The one of a person's other active tasks that a task clashes with now; undefined for none. */
export function clashOf<Task extends Timed>(
  task: Timed,
  others: readonly Task[],
  now: number,
): Task | undefined {
  if (task.isAnyTime === 1 || task.startsAt - now > CLASH_FROM_MS) return undefined;
  return others.find((other) => other.isAnyTime === 0 && areTooClose(task, other));
}

/** How many people without a phone somebody may bring. */
const GUESTS_MAX = 10;

/** May a person join, and is there a slot? The first reason in the rule's order is the one given. */
export function decideJoin(facts: {
  readonly task: TaskFacts;
  readonly issuerApproved: boolean;
  readonly claim: ClaimState | undefined;
  /** The number of another task of theirs that is too close in time. */
  readonly clash: number | undefined;
  readonly guests: number;
  readonly now: number;
}): Result<
  'joined' | 'standby',
  Refusal<
    | 'task-closed'
    | 'task-called-off'
    | 'task-over'
    | 'issuer-not-approved'
    | 'standby-already'
    | 'joined-already'
    | 'guests-many'
    | 'spots-short'
    | 'task-clash'
  >
> {
  const { task, claim, now, clash, guests } = facts;
  if (task.state === 'called-off') return refuse('task-called-off');
  if (task.state !== 'open') return refuse('task-closed');
  if (taskEnd(task) <= now) return refuse('task-over');
  if (!facts.issuerApproved) return refuse('issuer-not-approved');
  if (claim === 'standby' || claim === 'offered') return refuse('standby-already');
  if (claim !== undefined) return refuse('joined-already');
  if (clash !== undefined) return refuse('task-clash', { other: clash });
  if (guests > GUESTS_MAX) return refuse('guests-many', { max: GUESTS_MAX });
  const free = task.slots - task.taken;
  if (guests > 0 && free < 1 + guests) return refuse('spots-short', { free: Math.max(0, free) });
  return ok(free > 0 ? 'joined' : 'standby');
}

/** May a person leave? Source: domain.md, Joining a task. */
export function decideDrop(
  claim: ClaimState | undefined,
): Result<true, Refusal<'evidence-sent' | 'not-joined'>> {
  if (claim === undefined || isOver(claim) || claim === 'absent') return refuse('not-joined');
  return nextState(claim, 'leave') === undefined ? refuse('evidence-sent') : ok(true);
}

export type TaskDraft = {
  readonly title: string;
  readonly credits: number;
  readonly startsAt: number;
  readonly endsAt: number | null;
  readonly place: string;
  readonly slots: number;
  /** 1 for a task without a fixed time, which needs an end. */
  readonly isAnyTime?: number;
  /** What else people should know. */
  readonly note?: string;
};

/**
 * May a task be announced like this? `creditsLeft` are those that the issuer can still promise in
 * this epoch.
 */
export function decideAnnounce(
  draft: TaskDraft,
  facts: { readonly now: number; readonly creditsLeft: number },
): Result<
  true,
  Refusal<
    | 'title-missing'
    | 'title-long'
    | 'place-missing'
    | 'place-long'
    | 'names-contact'
    | 'credits-invalid'
    | 'slots-invalid'
    | 'starts-in-past'
    | 'ends-before-start'
    | 'cap-short'
  >
> {
  if (draft.title === '') return refuse('title-missing');
  if (draft.title.length > TITLE_LENGTH_MAX) return refuse('title-long', { max: TITLE_LENGTH_MAX });
  if (draft.place === '') return refuse('place-missing');
  if (draft.place.length > PLACE_LENGTH_MAX) return refuse('place-long', { max: PLACE_LENGTH_MAX });
  if (namesPrivate(draft.title) || namesPrivate(draft.place)) return refuse('names-contact');
  if (!isCount(draft.credits, TASK_CREDITS_MAX)) {
    return refuse('credits-invalid', { max: TASK_CREDITS_MAX });
  }
  if (!isCount(draft.slots, TASK_SLOTS_MAX)) {
    return refuse('slots-invalid', { max: TASK_SLOTS_MAX });
  }
  if (draft.startsAt <= facts.now && draft.isAnyTime !== 1) return refuse('starts-in-past');
  if (draft.endsAt !== null && draft.endsAt <= draft.startsAt) return refuse('ends-before-start');
  if (draft.credits * draft.slots > facts.creditsLeft) {
    return refuse('cap-short', {
      left: Math.max(0, facts.creditsLeft),
      needed: draft.credits * draft.slots,
    });
  }
  return ok(true);
}

/** What is to be different about a task. */
export type TaskChange = Partial<
  Pick<TaskDraft, 'startsAt' | 'endsAt' | 'place' | 'slots' | 'note'>
>;

/** May an announced task be changed like this? What it pays never changes. */
export function decideChange(
  task: TaskFacts & {
    readonly credits: number;
    readonly place: string;
    readonly note: string;
    readonly changes: readonly TaskTimes[];
  },
  change: TaskChange,
  facts: {
    readonly now: number;
    readonly creditsLeft: number;
    /** How many of its spots count already in the epoch in which it will end. */
    readonly counted: number;
  },
): Result<
  true,
  Refusal<
    | ('task-closed' | 'task-called-off' | 'task-over' | 'change-nothing' | 'changes-many')
    | ('place-missing' | 'place-long' | 'names-contact' | 'note-long')
    | ('slots-invalid' | 'slots-taken' | 'starts-in-past' | 'ends-before-start' | 'cap-short')
  >
> {
  const { now, creditsLeft } = facts;
  if (task.state === 'called-off') return refuse('task-called-off');
  if (task.state !== 'open') return refuse('task-closed');
  if (taskEnd(task) <= now) return refuse('task-over');
  if (task.changes.length >= CHANGES_MAX) return refuse('changes-many', { max: CHANGES_MAX });
  const { place, note, slots, startsAt, endsAt } = { ...task, ...change };
  const isSame =
    place === task.place &&
    note === task.note &&
    slots === task.slots &&
    startsAt === task.startsAt &&
    endsAt === task.endsAt;
  if (isSame) return refuse('change-nothing');
  if (place === '') return refuse('place-missing');
  if (place.length > PLACE_LENGTH_MAX) return refuse('place-long', { max: PLACE_LENGTH_MAX });
  if (note.length > NOTE_LENGTH_MAX) return refuse('note-long', { max: NOTE_LENGTH_MAX });
  if (namesPrivate(place) || namesPrivate(note)) return refuse('names-contact');
  if (!isCount(slots, TASK_SLOTS_MAX)) return refuse('slots-invalid', { max: TASK_SLOTS_MAX });
  if (slots < task.taken) return refuse('slots-taken', { taken: task.taken });
  if (startsAt !== task.startsAt && startsAt <= now) return refuse('starts-in-past');
  if (endsAt !== null && endsAt <= startsAt) return refuse('ends-before-start');
  const needed = (slots - facts.counted) * task.credits;
  if (needed > 0 && needed > creditsLeft)
    return refuse('cap-short', { left: Math.max(0, creditsLeft), needed });
  return ok(true);
}
