import * as lexicon from '../../lexicons/org/city-sync/civic/offer.defs.ts';
import type { StrongRef } from '../strong-ref.ts';
import { actor } from './delegation.ts';
import { cut, datetime, reference, type Times, times } from './fields.ts';

export type OfferFacts = Times & {
  /** The number that people say. */
  readonly number: number;
  readonly title: string;
  readonly redeemer: StrongRef;
  readonly credits: number;
  readonly creditKind: string;
  /** Null for no limit. */
  readonly perDay: number | null;
  /** The price to come, and from when (ms); null or left out for none. */
  readonly nextCredits?: number | null;
  readonly nextCreditsAt?: number | null;
  readonly status: 'open' | 'paused' | 'closed';
  /** Left out while nothing changed. */
  readonly history?: readonly OfferChange[];
  /** The participant id of who added it. */
  readonly by?: string | null;
};

/** One decision about an offer; times in ms. */
export type OfferChange = {
  readonly decidedAt: number;
  /** The participant id of who decided it; null where nobody is known. */
  readonly by?: string | null;
  readonly status?: string;
  /** A price, and from when it counts. */
  readonly credits?: number;
  readonly startsAt?: number;
};

const change = ({ decidedAt, by, status, credits, startsAt }: OfferChange) => ({
  decidedAt: datetime(decidedAt),
  ...actor(by),
  ...(status === undefined ? {} : { status }),
  ...(credits === undefined ? {} : { credits }),
  ...(startsAt === undefined ? {} : { startsAt: datetime(startsAt) }),
});

/** The price to come. */
const priceToCome = ({ nextCredits, nextCreditsAt }: OfferFacts) =>
  nextCredits == null || nextCreditsAt == null
    ? {}
    : { nextCredits, nextCreditsAt: datetime(nextCreditsAt) };

/** The record of what a redeemer gives for credits. */
export const offer = {
  lexicon,
  build: (offer: OfferFacts): lexicon.Main => ({
    $type: lexicon.$nsid,
    title: cut(offer.title, 200, 2000),
    number: offer.number,
    redeemer: reference(offer.redeemer),
    credits: offer.credits,
    creditKind: offer.creditKind,
    ...(offer.perDay === null ? {} : { perDay: offer.perDay }),
    ...priceToCome(offer),
    status: offer.status,
    ...(offer.history === undefined ? {} : { history: offer.history.map(change) }),
    ...actor(offer.by),
    ...times(offer),
  }),
  summarize: ({ number, title, credits, creditKind }: lexicon.Main) =>
    `#${number} ${title}, ${credits} ${creditKind}`,
} as const;
