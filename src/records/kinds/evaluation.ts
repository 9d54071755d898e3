import type { l } from '@atproto/lex-schema';
import * as lexicon from '../../lexicons/org/hypercerts/context/evaluation.defs.ts';
import type { StrongRef } from '../strong-ref.ts';
import { earlyKey, placeOfDay } from './early-key.ts';
import { cut, datetime, participant, reference } from './fields.ts';

/** One summary names no more of those who reviewed; it says how many there were in all. */
export const REVIEWERS_NAMED_MAX = 20;

/** The key of the evaluation of a month, by its first moment; `beganAt` is when the city did (both ms). */
export const monthKey = (beganAt: number, from: number): string =>
  earlyKey(beganAt, placeOfDay(beganAt, from), 0);

export type EvaluationFacts = {
  /** The activity of a task, or the city's project. */
  readonly subject: StrongRef;
  /** The city answers for its reviewers, who are persons and no accounts. */
  readonly cityDid: string;
  /** What was reviewed, in words: which task, or which month. */
  readonly about: string;
  /** The decisions of this time alone (ms, without the end); all where it is left out. */
  readonly period?: { readonly from: number; readonly until: number };
  readonly approved: number;
  readonly rejected: number;
  /** What was issued on these decisions, by the kind of credit. */
  readonly issued: number;
  readonly creditKind: string;
  /** Participant ids in the order of their first decision, `REVIEWERS_NAMED_MAX` at most. */
  readonly reviewers: readonly string[];
  /** How many reviewers there were in all. */
  readonly reviewersCount: number;
  /** When the figures were these (ms). */
  readonly at: number;
};

/**
 * The record that sums up reviews: a Hypercerts evaluation of the work on a task, or of a month of
 * the project. The summary begins with figures in a fixed form, which the audit counts again:
 *
 *     3 reviewed: 2 approved, 1 not approved; 40 CITY issued; reviewed by p-….
 *     3 reviewed from <time> until <time>: 2 approved, …
 *
 * What it is about follows on the next line. The score is the approved of all that were reviewed.
 */
export const evaluation = {
  lexicon,
  build: (evaluation: EvaluationFacts): lexicon.Main => ({
    $type: lexicon.$nsid,
    evaluators: [{ did: evaluation.cityDid as l.DidString }],
    subject: reference(evaluation.subject),
    summary: cut(`${figuresOf(evaluation)}\n${evaluation.about}`, 1000, 5000),
    score: {
      min: '0',
      max: String(evaluation.approved + evaluation.rejected),
      value: String(evaluation.approved),
    },
    createdAt: datetime(evaluation.at),
  }),
  summarize: ({ summary }: lexicon.Main) => summary.split('\n')[0] ?? '',
} as const;

function figuresOf(evaluation: EvaluationFacts): string {
  const { approved, rejected, issued, creditKind, period } = evaluation;
  const within =
    period === undefined ? '' : ` from ${datetime(period.from)} until ${datetime(period.until)}`;
  const decided = `${approved} approved, ${rejected} not approved; ${issued} ${creditKind} issued`;
  return `${approved + rejected} reviewed${within}: ${decided}${reviewersOf(evaluation)}.`;
}

function reviewersOf({ reviewers, reviewersCount }: EvaluationFacts): string {
  if (reviewers.length === 0) return '';
  const others = reviewersCount - reviewers.length;
  const more = others > 0 ? ` and ${others} more` : '';
  return `; reviewed by ${reviewers.map(participant).join(', ')}${more}`;
}
