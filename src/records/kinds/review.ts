import type { l } from '@atproto/lex';
import * as lexicon from '../../lexicons/org/hypercerts/context/evaluation.defs.ts';
import type { StrongRef } from '../strong-ref.ts';
import { cut, datetime, participant, reference } from './fields.ts';

export type ReviewFacts = {
  readonly evidence: StrongRef;
  /** The city answers for its reviewers, who are persons and no accounts. */
  readonly cityDid: string;
  readonly decision: 'approved' | 'rejected';
  readonly reasonCode: string;
  /** The participant id of who decided; left out where nobody is known. */
  readonly by?: string;
  /** The reviewer's words; empty for none. */
  readonly note: string;
  /** In ms. */
  readonly at: number;
};

const decider = ({ by }: ReviewFacts): string =>
  by === undefined ? '' : `, by ${participant(by)}`;

/**
 * The record of a decision: a Hypercerts evaluation whose subject is the evidence. The summary
 * begins `<decision>: <reason code>, by <participant id>`; a note follows on the next line. The score is 1 or 0 of 1.
 */
export const review = {
  lexicon,
  build: (review: ReviewFacts): lexicon.Main => ({
    $type: lexicon.$nsid,
    evaluators: [{ did: review.cityDid as l.DidString }],
    subject: reference(review.evidence),
    summary: cut(
      `${review.decision}: ${review.reasonCode}${decider(review)}${review.note === '' ? '' : `\n${review.note}`}`,
      1000,
      5000,
    ),
    score: { min: '0', max: '1', value: review.decision === 'approved' ? '1' : '0' },
    createdAt: datetime(review.at),
  }),
  summarize: ({ summary }: lexicon.Main) => summary.split('\n')[0] ?? '',
} as const;
