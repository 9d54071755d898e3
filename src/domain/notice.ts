/** What people are told about a task that they take part in (domain.md, The day of a task). */
import { HOUR_MS } from '../lib/clock.ts';
import { serviceTime } from './calendar.ts';
import type { City } from './city.ts';
import { type ClaimState, isActive, isTakingPart } from './claim.ts';
import { canBeJoined, type TaskFacts, taskEnd } from './task.ts';

/** How things stand when a notice is to be said; a notice whose reason is gone is not said. */
type NoticeFacts = {
  readonly task: TaskFacts;
  /** The state of the person's newest claim on it; undefined for none. */
  readonly claim: ClaimState | undefined;
  readonly now: number;
};

type NoticeRule = {
  /** Each of them says something else: the newest does not stand for those before it. */
  readonly isEach?: true;
  /** `service` waits for the hours of service, unless the task begins soon; `at-once` never does. */
  readonly hours: 'service' | 'at-once';
  /** Is there still a reason for it? */
  readonly holds: (facts: NoticeFacts) => boolean;
};

const isAhead = ({ task, now }: NoticeFacts): boolean =>
  task.state === 'open' && task.startsAt > now;
const isComing = (facts: NoticeFacts): boolean =>
  facts.task.state === 'open' && facts.claim !== undefined && isActive(facts.claim);
const stands =
  (...states: readonly ClaimState[]) =>
  ({ claim }: NoticeFacts): boolean =>
    claim !== undefined && states.includes(claim);

/** Every kind of notice. The texts are `notice.<kind>`. */
const KINDS = {
  /** A day before; can be answered with OK or DROP. */
  'reminder-day': {
    hours: 'service',
    holds: (facts) => isAhead(facts) && stands('joined', 'confirmed')(facts),
  },
  /** Two hours before. */
  'reminder-hours': {
    hours: 'service',
    holds: (facts) => isAhead(facts) && stands('joined', 'confirmed', 'checked-in')(facts),
  },
  /** The code and the people, two hours before, for the organizer. */
  'organizer-hours': { hours: 'service', holds: isAhead },
  /** Off the waitlist. */
  promoted: { hours: 'service', holds: isComing },
  /** A slot is kept for the person. */
  offered: { hours: 'service', holds: stands('offered') },
  /** It was not taken in time. */
  'offer-over': { hours: 'service', holds: (facts) => isAhead(facts) && stands('standby')(facts) },
  /** The first who answers has it. */
  'spot-free': {
    hours: 'at-once',
    holds: (facts) => canBeJoined(facts.task, facts.now) && stands('standby')(facts),
  },
  /** A date of a series could not be announced. */
  'date-missing': { hours: 'service', isEach: true, holds: () => true },
  closed: { hours: 'service', holds: stands('closed') },
  'called-off': { hours: 'at-once', holds: stands('called-off') },
  /** When, where or how it is, is another than before. */
  changed: {
    hours: 'service',
    holds: ({ task, claim }) => task.state === 'open' && claim !== undefined && isTakingPart(claim),
  },
  /** What the organizer has to say to everybody who joined. */
  told: { hours: 'service', isEach: true, holds: isComing },
  /** A question of somebody who takes part, for the organizer, and the answer. */
  question: { hours: 'service', isEach: true, holds: () => true },
  answer: { hours: 'service', isEach: true, holds: () => true },
  lapsed: { hours: 'service', holds: stands('lapsed') },
  absent: { hours: 'service', holds: stands('absent') },
  /** The organizer says that the person was there after all. */
  'absent-corrected': { hours: 'service', holds: stands('checked-in') },
} as const satisfies Record<string, NoticeRule>;

export type NoticeKind = keyof typeof KINDS;
export const NOTICES: Readonly<Record<NoticeKind, NoticeRule>> = KINDS;

export const isNoticeKind = (kind: string): kind is NoticeKind => Object.hasOwn(NOTICES, kind);

/** Nothing about a task that begins within that time waits for the hours of service. */
const URGENT_MS = 12 * HOUR_MS;

/** When a notice may be said (ms). */
export function noticeTime(
  kind: NoticeKind,
  task: Pick<TaskFacts, 'startsAt' | 'endsAt' | 'isAnyTime'>,
  { now, city }: { readonly now: number; readonly city: City },
): number {
  if (NOTICES[kind].hours === 'at-once') return now;
  const urgentFrom = task.startsAt - URGENT_MS;
  const next = serviceTime(now, city);
  if (task.isAnyTime === 1 || taskEnd(task) <= now) return next;
  return urgentFrom <= now ? now : Math.min(next, urgentFrom);
}
