/** The rules of offers, holds and codes (domain.md, Offers and redemption). */
import { DAY_MS, HOUR_MS, MINUTE_MS } from '../lib/clock.ts';
import { ok, type Refusal, type Result, refuse } from '../lib/result.ts';
import { isCount } from './count.ts';
import { namesPrivate } from './public-words.ts';

export const OFFER_CREDITS_MAX = 1000;
const OFFER_TITLE_MAX = 80;
const OFFER_PER_DAY_MAX = 100_000;

export type OfferDraft = {
  readonly title: string;
  readonly credits: number;
  /** How many a day; null for no limit. */
  readonly perDay: number | null;
};

/** May an offer be added? */
export function decideOffer(
  draft: OfferDraft,
): Result<
  true,
  Refusal<'title-missing' | 'title-long' | 'names-contact' | 'credits-invalid' | 'per-day-invalid'>
> {
  if (draft.title === '') return refuse('title-missing');
  if (draft.title.length > OFFER_TITLE_MAX) return refuse('title-long', { max: OFFER_TITLE_MAX });
  if (namesPrivate(draft.title)) return refuse('names-contact');
  if (!isCount(draft.credits, OFFER_CREDITS_MAX)) {
    return refuse('credits-invalid', { max: OFFER_CREDITS_MAX });
  }
  if (draft.perDay !== null && !isCount(draft.perDay, OFFER_PER_DAY_MAX)) {
    return refuse('per-day-invalid', { max: OFFER_PER_DAY_MAX });
  }
  return ok(true);
}

/** May credits be held for an offer? */
export function decideHold(facts: {
  readonly offer:
    | {
        readonly open: boolean;
        /** It is open but for a while. */
        readonly isPaused: boolean;
        readonly credits: number;
        readonly perDay: number | null;
      }
    | undefined;
  readonly takenToday: number;
  readonly available: number;
  readonly liveCodes: number;
  readonly liveCodesMax: number;
  /** Their number may be somebody else's by now: see domain.md, Roles and authority. */
  readonly isUnproven: boolean;
}): Result<
  true,
  Refusal<
    | ('offer-unknown' | 'offer-paused' | 'live-codes-max' | 'offer-full')
    | ('balance-short' | 'number-returned')
  >
> {
  const { offer } = facts;
  if (facts.isUnproven) return refuse('number-returned');
  if (offer?.isPaused === true) return refuse('offer-paused');
  if (offer === undefined || !offer.open) return refuse('offer-unknown');
  if (facts.liveCodes >= facts.liveCodesMax) {
    return refuse('live-codes-max', { max: facts.liveCodesMax });
  }
  if (offer.perDay !== null && facts.takenToday >= offer.perDay) return refuse('offer-full');
  if (facts.available < offer.credits) {
    return refuse('balance-short', { available: facts.available, credits: offer.credits });
  }
  return ok(true);
}

/** The wrong codes that one person may type, in windows of time. */
export const GUESS_BUDGET = [
  { windowMs: DAY_MS, failuresMax: 100 },
  { windowMs: HOUR_MS, failuresMax: 30 },
  { windowMs: MINUTE_MS, failuresMax: 5 },
] as const;

/**
 * May a person type a code, after so many wrong ones in each window? `guesses-locked`: the day's
 * budget is used up.
 */
export function decideGuess(
  failuresIn: (windowMs: number) => number,
): Result<true, Refusal<'guesses-locked' | 'guesses-wait'>> {
  for (const { windowMs, failuresMax } of GUESS_BUDGET) {
    if (failuresIn(windowMs) >= failuresMax) {
      return windowMs === DAY_MS
        ? refuse('guesses-locked')
        : refuse('guesses-wait', { minutes: windowMs / MINUTE_MS });
    }
  }
  return ok(true);
}

type RedemptionFacts = {
  readonly state: 'held' | 'honored' | 'undone' | 'released' | 'expired';
  readonly partnerId: number;
  readonly personId: number;
  readonly expiresAt: number;
  readonly resolvedAt: number | null;
};

/** So long after its end a code is still honored that was sent in time. */
export const LATE_MS_MAX = DAY_MS;

/**
 * Decides about a well-formed code that a redeemer's operator typed. `honor`: burn the credits now;
 * `honor-late`: the same, after the code's end; `repeat`: this redeemer honored it before. Every code that is not this redeemer's is refused
 * alike as `code-unknown`, and that alone counts as a wrong guess.
 */
export function decideConfirm(facts: {
  readonly redemption: RedemptionFacts | undefined;
  readonly operatorId: number;
  /** Holder and operator are so close that they may be one: see domain.md, Evidence and verification. */
  readonly areClose: boolean;
  readonly redeemsFor: readonly number[];
  /** When the operator sent it. */
  readonly sentAt: number;
  /** The code's end and the time of the burn, both by the ledger: its time can be ahead. */
  readonly endsAt: number;
  readonly burnsAt: number;
}): Result<
  'honor' | 'honor-late' | 'repeat',
  Refusal<'code-unknown' | 'code-undone' | 'code-released' | 'code-expired' | 'code-own'>
> {
  const { redemption } = facts;
  if (redemption === undefined || !facts.redeemsFor.includes(redemption.partnerId)) {
    return refuse('code-unknown');
  }
  if (redemption.state === 'honored') return ok('repeat');
  if (redemption.state === 'undone') return refuse('code-undone');
  if (redemption.state === 'released') return refuse('code-released');
  const { sentAt, endsAt, burnsAt } = facts;
  if (redemption.expiresAt <= sentAt || burnsAt > endsAt + LATE_MS_MAX) {
    return refuse('code-expired');
  }
  if (redemption.personId === facts.operatorId || facts.areClose) return refuse('code-own');
  return ok(burnsAt >= endsAt || redemption.state === 'expired' ? 'honor-late' : 'honor');
}
