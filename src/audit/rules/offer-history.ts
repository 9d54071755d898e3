/** What an offer cost and whether it could be had, at any time, by the history in its record. */
import type { Authority } from './authority.ts';
import type { Looked } from './context.ts';

type Offer = Looked<'offer'>;
type Change = NonNullable<Offer['value']['history']>[number];

const STEP_SHARE_MAX = 0.25;
const NOTICE_MS = 30 * 86_400_000;

/** One price that was decided; times in ms. */
type Price = { readonly credits: number; readonly decidedAt: number; readonly startsAt: number };

export type OfferHistory = ReturnType<typeof historyOf>;

export function historyOf(changes: readonly Change[]) {
  const prices = changes.flatMap(({ credits, decidedAt, startsAt }): Price[] =>
    credits === undefined
      ? []
      : [
          {
            credits,
            decidedAt: Date.parse(decidedAt),
            startsAt: Date.parse(startsAt ?? decidedAt),
          },
        ],
  );
  const statuses = changes.flatMap(({ status, decidedAt }) =>
    status === undefined ? [] : [{ status, at: Date.parse(decidedAt) }],
  );
  /** The price that counts at a time, of those that were decided until then. */
  const priceAt = (time: number, known: readonly Price[] = prices): Price | undefined =>
    known.findLast(
      ({ startsAt, decidedAt }, at) =>
        decidedAt <= time &&
        startsAt <= time &&
        // A price decided in between took its place.
        !known.slice(at + 1).some((later) => later.decidedAt < startsAt),
    );
  const statusAt = (time: number): string | undefined =>
    statuses.findLast(({ at }) => at <= time)?.status;
  /** What both sides of a moment say: a decision and a hold can share a millisecond. */
  const around = <T>(at: (time: number) => T, time: number): readonly T[] => [
    at(time),
    at(time - 1),
  ];
  return {
    prices,
    statuses,
    priceAt,
    costs: (time: number, credits: number): boolean =>
      around(priceAt, time).some((price) => price?.credits === credits),
    isOpen: (time: number): boolean => around(statusAt, time).includes('open'),
  };
}

/** Checks the steps and the notice of an offer's prices, who decided, and that the record agrees. */
export function checkHistory(
  { value, fail }: Offer,
  { partner, authority }: { readonly partner: number; readonly authority: Authority },
): void {
  const changes = value.history ?? [];
  if (changes.length === 0) return;
  const { prices, statuses, priceAt } = historyOf(changes);
  const times = changes.map(({ decidedAt }) => Date.parse(decidedAt));
  if (
    times[0] !== Date.parse(value.createdAt) ||
    times.some((at, i) => at < (times[i - 1] ?? at))
  ) {
    fail('offer-history', 'Its changes are not in order, or do not begin when it was added.');
  }
  for (const [place, { by, decidedAt }] of changes.entries()) {
    // How it was added is told by the record itself.
    if (place === 0) continue;
    if (by === undefined) fail('act-unauthorized', 'A change does not say who decided it.');
    authority.check({ partner, by, time: Date.parse(decidedAt), right: 'offers', fail });
  }
  for (const [place, price] of prices.entries()) {
    const before = priceAt(price.decidedAt, prices.slice(0, place));
    if (before === undefined) continue;
    const sentence = stepFault(before.credits, price);
    if (sentence !== undefined) fail('offer-price', sentence);
  }
  const closed = statuses.findIndex(({ status }) => status === 'closed');
  const isReopened = closed >= 0 && closed < statuses.length - 1;
  if (isReopened || statuses.at(-1)?.status !== value.status) {
    fail('offer-history', `It is ${value.status}, and its history does not say so.`);
  }
  const writtenAt = Date.parse(value.updatedAt ?? value.createdAt);
  if (priceAt(writtenAt)?.credits !== value.credits) {
    fail('offer-history', `It costs ${value.credits}, and by its history something else.`);
  }
}

/** What is wrong with a price that follows another; undefined for nothing. */
function stepFault(from: number, { credits, decidedAt, startsAt }: Price): string | undefined {
  const apart = Math.abs(credits - from);
  if (apart > 1 && apart > from * STEP_SHARE_MAX) {
    return `Its price went from ${from} to ${credits}, by more than a quarter.`;
  }
  if (credits > from && startsAt - decidedAt < NOTICE_MS) {
    return `Its price went up from ${from} to ${credits} without 30 days of notice.`;
  }
  return startsAt < decidedAt ? 'A price counted before it was decided.' : undefined;
}
