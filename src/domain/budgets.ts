/**
 * Budgets: how much one sender, one organizer or everybody together may use of the city in a stretch
 * of time. Each is in docs/budgets.md; a city changes its limits by `policies.budgets` of city.json.
 */
import { DAY_MS, HOUR_MS, MINUTE_MS } from '../lib/clock.ts';

/** `of`: who has a budget of their own. `standard`: the limit where the city names no other. */
export const BUDGETS = {
  /** Messages of somebody who takes part that are carried out. */
  messages: {
    of: 'person',
    windows: [
      { policy: 'messagesPerMinute', ms: MINUTE_MS, standard: 30 },
      { policy: 'messagesPerHour', ms: HOUR_MS, standard: 300 },
    ],
  },
  /** Answers to somebody who takes part. */
  answers: {
    of: 'person',
    windows: [
      { policy: 'answersPerHour', ms: HOUR_MS, standard: 400 },
      { policy: 'answersPerDay', ms: DAY_MS, standard: 1000 },
    ],
  },
  /** Messages of one who has not agreed to messages yet. */
  strangers: {
    of: 'person',
    windows: [{ policy: 'strangerAnswersPerDay', ms: DAY_MS, standard: 10 }],
  },
  /** The same of all of them together: a sender's number can be forged. */
  strangersTogether: {
    of: 'channel',
    windows: [
      { policy: 'strangersAnswersPerHour', ms: HOUR_MS, standard: 300 },
      { policy: 'strangersAnswersPerDay', ms: DAY_MS, standard: 1000 },
    ],
  },
  /** Answers to STOP, START and HELP beyond the other budgets; they are carried out at any time. */
  legalWords: {
    of: 'person',
    windows: [{ policy: 'legalAnswersPerDay', ms: DAY_MS, standard: 10 }],
  },
  /** Answers to the same words that mean nothing. */
  repeats: {
    of: 'person',
    windows: [{ policy: 'repeatsPerHour', ms: HOUR_MS, standard: 2 }],
  },
  /** Questions that are passed on to organizers. */
  questions: {
    of: 'person',
    windows: [{ policy: 'questionsPerDay', ms: DAY_MS, standard: 10 }],
  },
  /** Wrong codes in the place of the one that is shown on site. */
  wrongCheckIns: {
    of: 'person',
    windows: [{ policy: 'wrongCheckInsPerHour', ms: HOUR_MS, standard: 5 }],
  },
  /** Answers to messages in a row that were not understood, each in other words. */
  unclear: {
    of: 'person',
    windows: [{ policy: 'unclearAnswersPerHour', ms: HOUR_MS, standard: 12 }],
  },
  /** How often somebody is told that the city has no texts left for today. */
  textsOut: {
    of: 'person',
    windows: [{ policy: 'textsOutPerDay', ms: DAY_MS, standard: 1 }],
  },
  /** Wrong ones in the place of a number that is to be sent back: a sender can be forged. */
  wrongNumbers: {
    of: 'person',
    windows: [{ policy: 'wrongNumbersPerDay', ms: DAY_MS, standard: 9 }],
  },
  /** Public records that one person causes. */
  records: {
    of: 'person',
    windows: [{ policy: 'recordsPerHour', ms: HOUR_MS, standard: 60 }],
  },
  /** Tasks that one issuer announces. */
  announcements: {
    of: 'issuer',
    windows: [
      { policy: 'announcementsPerHour', ms: HOUR_MS, standard: 10 },
      { policy: 'announcementsPerDay', ms: DAY_MS, standard: 30 },
    ],
  },
  /** Messages about new tasks to one subscriber. */
  alerts: {
    of: 'subscriber',
    windows: [{ policy: 'alertsPerDay', ms: DAY_MS, standard: 5 }],
  },
} as const satisfies Readonly<Record<string, Budget>>;

type Budget = {
  readonly of: 'person' | 'channel' | 'issuer' | 'subscriber';
  readonly windows: readonly {
    readonly policy: string;
    readonly ms: number;
    readonly standard: number;
  }[];
};

export type BudgetName = keyof typeof BUDGETS;
/** The budgets that are counted in other ways: see `domain/redemption.ts` and `lib/countries.ts`. */
export type RefusedBudget = BudgetName | 'guesses' | 'segments' | 'countries';
export type BudgetPolicy = (typeof BUDGETS)[BudgetName]['windows'][number]['policy'];
/** The limits that a city chose; a standard stands for each that it did not. */
export type BudgetPolicies = { readonly [P in BudgetPolicy]?: number | undefined };

/** A stretch of time that begins with the first use in it, and how much may be used until its end. */
export type Window = { readonly ms: number; readonly max: number };

/** The windows of a budget, as a city limits them. */
export const windowsOf = (budget: BudgetName, policies: BudgetPolicies = {}): readonly Window[] =>
  BUDGETS[budget].windows.map(({ policy, ms, standard }) => ({
    ms,
    max: policies[policy] ?? standard,
  }));

/** What was used in one window: since when (ms), how much, and 1 once a refusal was told. */
type WindowUse = readonly [startedAt: number, count: number, isTold: 0 | 1];
/** What was used of one budget, in the order of its windows. */
export type BudgetUse = readonly WindowUse[];

type Ask = {
  /** When it is used (ms). */
  readonly at: number;
  readonly count?: number;
};

export type Decided = {
  /** To be kept. */
  readonly use: BudgetUse;
} & (
  | { readonly ok: true }
  | {
      readonly ok: false;
      /** Nobody was told of a refusal in this window. */
      readonly isFirst: boolean;
      /** When there is room again (ms). */
      readonly until: number;
    }
);

/** What was used of the window that is open at a time: nothing, where that begins now. */
function openUse(use: WindowUse | undefined, { ms }: Window, at: number): WindowUse {
  // A clock that was set back, or a message that comes late, does not begin a window anew.
  const isOpen = use !== undefined && at < use[0] + ms && at > use[0] - ms;
  return isOpen ? use : [at, 0, 0];
}

/** Adds to what was used, whether there is room or not. */
export const addUse = (
  windows: readonly Window[],
  use: BudgetUse | undefined,
  { at, count = 1 }: Ask,
): BudgetUse =>
  windows.map((window, index) => {
    const [startedAt, used, isTold] = openUse(use?.[index], window, at);
    return [startedAt, used + count, isTold];
  });

/**
 * Is there room in every window? Where there is, it is used. Where there is none, nothing is used,
 * and the refusal counts as told for as long as the fullest windows last.
 */
export function decide(windows: readonly Window[], use: BudgetUse | undefined, ask: Ask): Decided {
  const { at, count = 1 } = ask;
  let until = Number.NEGATIVE_INFINITY;
  let isFirst = true;
  const told = windows.map((window, index): WindowUse => {
    const open = openUse(use?.[index], window, at);
    const [startedAt, used, isTold] = open;
    if (used + count <= window.max) return open;
    if (startedAt + window.ms > until) {
      until = startedAt + window.ms;
      isFirst = isTold === 0;
    }
    return [startedAt, used, 1];
  });
  if (until === Number.NEGATIVE_INFINITY) return { ok: true, use: addUse(windows, use, ask) };
  return { ok: false, isFirst, until, use: told };
}

/** How much was used of the window that ends last, at a time (ms). */
export const usedOf = (
  windows: readonly Window[],
  use: BudgetUse | undefined,
  at: number,
): number => Math.max(0, ...windows.map((window, index) => openUse(use?.[index], window, at)[1]));

/** When (ms) none of it counts any more. */
export const useEndsAt = (windows: readonly Window[], use: BudgetUse): number =>
  Math.max(0, ...windows.map(({ ms }, index) => (use[index]?.[0] ?? 0) + ms));

/**
 * The texts that a city may send by SMS a day, in segments, and whom the last of them are kept for:
 * alerts wait from three fifths on; ordinary answers end at four fifths, of which the admins are told;
 * the rest is for STOP, START and HELP, for codes, and for what tells people about their tasks.
 */
const SEGMENT_SHARES = { alert: 0.6, answer: 0.8, essential: 1 } as const;
export type SegmentUse = keyof typeof SEGMENT_SHARES;

/** The most that one text costs. */
const TEXT_SEGMENTS_MAX = 3;

/** Are there texts that are not sent today, since only the last ones are left? */
export const areSegmentsScarce = (used: number, perDay: number): boolean =>
  used + TEXT_SEGMENTS_MAX > segmentShare('answer', perDay);

/** How many of the day's segments may be used when a text of this kind is sent. */
export const segmentShare = (kind: SegmentUse, perDay: number): number =>
  Math.floor(perDay * SEGMENT_SHARES[kind]);
