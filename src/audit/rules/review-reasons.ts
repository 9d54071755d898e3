/** Every decision says why, by a code that goes with it. */
import type { Looked } from './context.ts';

/** `not-verified` is of decisions from before there were codes. */
const REJECTING = [
  ...['no-evidence', 'wrong-task', 'not-done', 'unsafe', 'duplicate', 'not-present', 'other'],
  'not-verified',
];
/** These say nothing by themselves. */
const NEEDS_WORDS = ['other', 'not-verified'];

/** Fails a review whose code is missing, unknown, that of another decision, or without its words. */
export function checkReason({ value, fail }: Pick<Looked<'review'>, 'value' | 'fail'>): void {
  const { reasonCode = '', note = '' } = value;
  const decision = value.decision as string;
  const isKnown =
    decision === 'approved' ? reasonCode === 'verified' : REJECTING.includes(reasonCode);
  if (!isKnown) {
    fail('review-reason', `It is ${decision}, and its reason is ${reasonCode || 'not said'}.`);
  } else if (NEEDS_WORDS.includes(reasonCode) && note.trim() === '') {
    fail('review-reason', `Its reason is ${reasonCode}, and no words say which.`);
  }
}
