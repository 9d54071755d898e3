/** The rules of tasks and claims (domain.md, Joining a task). */
import { HOUR_MS } from '../lib/clock.ts';
import { ok, type Refusal, type Result, refuse } from '../lib/result.ts';
import { isCount } from './count.ts';
import { namesPrivate } from './public-words.ts';

const TITLE_LENGTH_MAX = 80;
const PLACE_LENGTH_MAX = 80;
const TASK_CREDITS_MAX = 1000;
const TASK_SLOTS_MAX = 10_000;
/** How long a task without an end lasts. */
export const TASK_LASTS_MS = 6 * HOUR_MS;

export type ClaimState =
  | 'active'
  | 'standby'
  | 'submitted'
  | 'verified'
  | 'rejected'
  | 'dropped'
  | 'closed';

type TaskFacts = {
  readonly state: 'open' | 'closed';
  readonly slots: number;
  readonly taken: number;
  readonly startsAt: number;
  readonly endsAt: number | null;
};

/** When a task is over (ms). */
export const taskEnd = (task: Pick<TaskFacts, 'startsAt' | 'endsAt'>): number =>
  task.endsAt ?? task.startsAt + TASK_LASTS_MS;

/** Is there anything to tell others of: a task that is open, to come or under way, and not full? */
export const canBeJoined = (task: TaskFacts, now: number): boolean =>
  task.state === 'open' && taskEnd(task) > now && task.taken < task.slots;

/** May a person join, and is there a slot? The first reason in the rule's order is the one given. */
export function decideJoin(facts: {
  readonly task: TaskFacts;
  readonly issuerApproved: boolean;
  readonly claim: ClaimState | undefined;
  readonly now: number;
}): Result<
  'active' | 'standby',
  Refusal<
    'task-closed' | 'task-over' | 'issuer-not-approved' | 'standby-already' | 'joined-already'
  >
> {
  const { task, claim, now } = facts;
  if (task.state !== 'open') return refuse('task-closed');
  if (taskEnd(task) <= now) return refuse('task-over');
  if (!facts.issuerApproved) return refuse('issuer-not-approved');
  if (claim === 'standby') return refuse('standby-already');
  if (claim !== undefined) return refuse('joined-already');
  return ok(task.taken < task.slots ? 'active' : 'standby');
}

/** May a person leave? Answers what they leave: a slot, or a place in the standby queue. */
export function decideDrop(
  claim: ClaimState | undefined,
): Result<'active' | 'standby', Refusal<'evidence-sent' | 'not-joined'>> {
  if (claim === 'active' || claim === 'standby') return ok(claim);
  if (claim === 'submitted' || claim === 'verified' || claim === 'rejected') {
    return refuse('evidence-sent');
  }
  return refuse('not-joined');
}

export type TaskDraft = {
  readonly title: string;
  readonly credits: number;
  readonly startsAt: number;
  readonly endsAt: number | null;
  readonly place: string;
  readonly slots: number;
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
  if (draft.startsAt <= facts.now) return refuse('starts-in-past');
  if (draft.endsAt !== null && draft.endsAt <= draft.startsAt) return refuse('ends-before-start');
  if (draft.credits * draft.slots > facts.creditsLeft) {
    return refuse('cap-short', {
      left: Math.max(0, facts.creditsLeft),
      needed: draft.credits * draft.slots,
    });
  }
  return ok(true);
}
