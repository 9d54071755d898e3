import * as lexicon from '../../lexicons/org/city-sync/civic/review.defs.ts';
import type { StrongRef } from '../strong-ref.ts';
import { actor } from './delegation.ts';
import { cut, datetime, reference } from './fields.ts';

export type ReviewFacts = {
  readonly evidence: StrongRef;
  readonly decision: 'approved' | 'rejected';
  readonly reasonCode: string;
  /** The participant id of who decided; null where nobody is known. */
  readonly by?: string | null;
  /** As what they decided; left out where nobody knows. */
  readonly role?: 'owner' | 'reviewer' | 'admin';
  /** The reviewer's words; empty for none. */
  readonly note: string;
  /** In ms. */
  readonly at: number;
};

/** The record of a decision about one piece of evidence. It is never replaced. */
export const review = {
  lexicon,
  build: (review: ReviewFacts): lexicon.Main => ({
    $type: lexicon.$nsid,
    evidence: reference(review.evidence),
    decision: review.decision,
    reasonCode: review.reasonCode,
    ...(review.note === '' ? {} : { note: cut(review.note, 300, 3000) }),
    ...actor(review.by),
    ...(review.role === undefined ? {} : { role: review.role }),
    createdAt: datetime(review.at),
  }),
  summarize: ({ decision, by }: lexicon.Main) =>
    by === undefined ? decision : `${decision}, by ${by}`,
} as const;
