/** A person's part in a task: its states and steps (domain.md, The day of a task). */
import { HOUR_MS } from '../lib/clock.ts';

export const CLAIM_STATES = [
  'joined',
  'confirmed',
  'standby',
  'offered',
  'checked-in',
  'submitted',
  'verified',
  'rejected',
  'left',
  'absent',
  'lapsed',
  'closed',
  'called-off',
] as const;

export type ClaimState = (typeof CLAIM_STATES)[number];

/** What can happen to a claim once it is there. */
export type ClaimEvent =
  /** A slot came free, and the person has it. */
  | 'promote'
  /** A slot came free, and is kept for the person until they answer. */
  | 'offer'
  /** They did not answer in time. */
  | 'pass-over'
  /** They bring others than they said. */
  | 'bring'
  /** They said that they will come. */
  | 'confirm'
  | 'check-in'
  | 'submit'
  | 'approve'
  | 'reject'
  | 'leave'
  /** Evidence that waits is taken back, since its person is forgotten. */
  | 'withdraw'
  | 'miss'
  | 'lapse'
  | 'close'
  | 'call-off';

const WAITING = { leave: 'left', close: 'closed', 'call-off': 'called-off' } as const;
const COMING = {
  ...WAITING,
  'check-in': 'checked-in',
  submit: 'submitted',
  miss: 'absent',
  lapse: 'lapsed',
} as const;

/** For each state, what can happen and the state that follows. What is not here cannot happen. */
const CLAIM_STEPS: Readonly<Record<ClaimState, Readonly<Partial<Record<ClaimEvent, ClaimState>>>>> =
  {
    joined: { ...COMING, bring: 'joined', confirm: 'confirmed' },
    confirmed: { ...COMING, bring: 'confirmed' },
    standby: { ...WAITING, promote: 'joined', offer: 'offered', confirm: 'confirmed' },
    offered: { ...WAITING, confirm: 'confirmed', 'pass-over': 'standby' },
    'checked-in': { ...WAITING, submit: 'submitted' },
    submitted: { approve: 'verified', reject: 'rejected', withdraw: 'left' },
    verified: {},
    rejected: {},
    left: {},
    // The organizer may correct it, and evidence that comes in time speaks for itself.
    absent: { 'check-in': 'checked-in', submit: 'submitted' },
    lapsed: {},
    closed: {},
    'called-off': {},
  };

/** The state after something happened to a claim; undefined where it cannot happen. */
export const nextState = (state: ClaimState, event: ClaimEvent): ClaimState | undefined =>
  CLAIM_STEPS[state][event];

/** Claims that are over, after which a person may join the same task anew. */
const OVER: readonly ClaimState[] = ['left', 'lapsed', 'closed', 'called-off'];
const SLOTLESS: readonly ClaimState[] = ['standby', ...OVER];
const ACTIVE: readonly ClaimState[] = ['joined', 'confirmed', 'offered', 'checked-in'];

export const isOver = (state: ClaimState): boolean => OVER.includes(state);
/** Does a claim in this state take a slot of its task? One that is offered is kept for its person. */
export const takesSlot = (state: ClaimState): boolean => !SLOTLESS.includes(state);
/** Is the person still to come, or there? */
export const isActive = (state: ClaimState): boolean => ACTIVE.includes(state);

/** Does the person come, or stand by to come? */
export const isTakingPart = (state: ClaimState): boolean => isActive(state) || state === 'standby';

const EVIDENT: readonly ClaimState[] = ['joined', 'confirmed', 'checked-in', 'absent', 'submitted'];
/** Can the person send evidence, as far as the state says? */
export const takesEvidence = (state: ClaimState): boolean => EVIDENT.includes(state);

/** How somebody was checked in: each is a signal of its own kind. */
export const CHECK_IN_WAYS = ['code', 'organizer', 'location'] as const;
export type CheckInWay = (typeof CHECK_IN_WAYS)[number];

/** One step of a claim, as its public record tells it. */
export type ClaimStep = {
  readonly state: ClaimState;
  /** When it was decided (ms). */
  readonly at: number;
  /** How many people they bring from then on; left out for none. */
  readonly guests?: number;
  /** How the person was checked in. */
  readonly way?: CheckInWay;
  /** The participant id of whoever did it in the person's place. */
  readonly by?: string;
  /** Until when an offered slot was kept (ms). */
  readonly until?: number;
  /** When the person left: when the work was to begin (ms), as it was known then. */
  readonly startsAt?: number;
  /** When the person left: it has no consequence, since they were promoted or the task was changed. */
  readonly isFree?: boolean;
};

/** Leaving so soon after joining has no consequence. */
const SECOND_THOUGHTS_MS = 30 * 60_000;
const FREE_BEFORE_MS = 48 * HOUR_MS;

/** May a person leave without consequence? Source: domain.md, Standing. */
export function isFreeToLeave(
  steps: readonly ClaimStep[],
  task: {
    readonly startsAt: number;
    readonly movedAt: number | null;
    readonly isAnyTime: number;
  },
  now: number,
): boolean {
  const since = slotSince(steps);
  if (since === undefined || task.isAnyTime === 1) return true;
  const wasPromoted = steps.some(({ state }) => state === 'standby' || state === 'offered');
  const wasMoved = task.movedAt !== null && task.movedAt >= since;
  const isSoon = now - since <= SECOND_THOUGHTS_MS;
  return wasPromoted || wasMoved || isSoon || task.startsAt - now > FREE_BEFORE_MS;
}

/** Since when a claim has had its slot (ms); undefined where it has none. */
export function slotSince(steps: readonly ClaimStep[]): number | undefined {
  const from = steps.findLastIndex(({ state }) => !takesSlot(state)) + 1;
  return steps[from]?.at;
}
