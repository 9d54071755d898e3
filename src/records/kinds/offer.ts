import * as lexicon from '../../lexicons/org/city-sync/civic/offer.defs.ts';
import type { StrongRef } from '../strong-ref.ts';
import { actor } from './delegation.ts';
import { cut, reference, type Times, times } from './fields.ts';

export type OfferFacts = Times & {
  /** The number that people say. */
  readonly number: number;
  readonly title: string;
  readonly redeemer: StrongRef;
  readonly credits: number;
  readonly creditKind: string;
  /** Null for no limit. */
  readonly perDay: number | null;
  readonly status: 'open' | 'closed';
  /** The participant id of who added it. */
  readonly by?: string | null;
};

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
    status: offer.status,
    ...actor(offer.by),
    ...times(offer),
  }),
  summarize: ({ number, title, credits, creditKind }: lexicon.Main) =>
    `#${number} ${title}, ${credits} ${creditKind}`,
} as const;
