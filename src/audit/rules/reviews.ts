/** Looks at reviews: which evidence was decided about, how, when and by whom. */
import { isDecision } from '../decisions.ts';
import type { Ref } from '../inspect.ts';
import { nsidOf, type Values } from '../kinds.ts';
import { NOWHERE } from '../repository.ts';
import { createNamed, UNNAMED } from './authority.ts';
import { type Context, DECIDED_BY, keysOf, type Looked, timeOf, uriAt } from './context.ts';
import { follow, type Referrer } from './follow.ts';
import { lookAt } from './look.ts';
import { checkReason } from './review-reasons.ts';

export const VERDICT = { approved: 1, rejected: 2, unclear: 3 } as const;
type Verdict = (typeof VERDICT)[keyof typeof VERDICT];

/** An evaluation that sums up what reviews say. */
export type Evaluation = Pick<Looked<'evaluation'>, 'value' | 'uri' | 'fail'>;

/** Answers facts of reviews, by their places: first the evaluations that reviews once were. */
export function lookAtReviews(context: Context) {
  const former = keysOf(context, 'evaluation').rkeys.length;
  const count = former + keysOf(context, 'review').rkeys.length;
  /** The place of the evidence; `NOWHERE` for what is no review of evidence. */
  const evidence = new Array<number>(count).fill(NOWHERE);
  const verdict = new Array<Verdict>(count).fill(VERDICT.unclear);
  /** Who decided, as what, and when (ms); older reviews do not say who, or in which role. */
  const by = new Map<number, string>();
  const role = new Map<number, string>();
  const time = new Float64Array(count).fill(Number.NaN);
  const evaluations: Evaluation[] = [];
  const isUnnamed = createNamed();
  const [firstReview] = keysOf(context, 'review').rkeys;

  const decide = (
    at: number,
    decision: {
      readonly evidence: Ref;
      readonly by: string | undefined;
      readonly verdict: Verdict;
    },
    { value, uri, fail }: Looked<'evaluation'> | Looked<'review'>,
  ): void => {
    time[at] = timeOf(value);
    // A decision is about the very evidence that was looked at.
    const referrer = { from: uri, time: timeOf(value), kind: 'evidence', isExact: true } as const;
    evidence[at] = follow(context, decision.evidence, referrer);
    verdict[at] = decision.verdict;
    if (isUnnamed(decision.by)) fail('act-unauthorized', UNNAMED);
    if (decision.by !== undefined) by.set(at, decision.by);
  };

  lookAt(context, 'evaluation', (record) => {
    const { value, at, uri } = record;
    if (value.subject === undefined || !isDecision(value)) {
      if (value.subject !== undefined) {
        follow(context, value.subject, { from: uri, time: timeOf(value) });
      }
      evaluations.push(record);
      return;
    }
    if (firstReview !== undefined && record.rkey > firstReview) {
      record.fail(
        'review-former',
        'It decides in a form that reviews had before the first review.',
      );
    }
    const [, , who] = DECIDED_BY.exec(value.summary) ?? [];
    decide(at, { evidence: value.subject, by: who, verdict: verdictOf(value.score) }, record);
  });

  /** Follows a reference to a review, of either form; `NOWHERE` with a finding for anything else. */
  const followReview = (ref: Ref, referrer: Omit<Referrer, 'kind' | 'isExact'>): number => {
    const isFormer = ref.uri.includes(`/${nsidOf('evaluation')}/`);
    const kind = isFormer ? 'evaluation' : 'review';
    const at = follow(context, ref, { ...referrer, kind, isExact: true });
    return at === NOWHERE || isFormer ? at : former + at;
  };
  const earlier: (Looked<'review'> & { readonly place: number })[] = [];
  lookAt(context, 'review', (record) => {
    const { value } = record;
    const at = former + record.at;
    const decision = value.decision as string;
    const told = decision === 'approved' || decision === 'rejected' ? decision : 'unclear';
    decide(at, { evidence: value.evidence, by: value.by, verdict: VERDICT[told] }, record);
    checkReason(record);
    if (value.role !== undefined) role.set(at, value.role);
    if (value.seconds !== undefined || value.appeals !== undefined) {
      earlier.push({ ...record, place: at });
    }
  });
  for (const { value, uri, fail, place } of earlier) {
    const { seconds, appeals } = value;
    for (const ref of [seconds, appeals]) {
      if (ref === undefined) continue;
      const of = followReview(ref, { from: uri, time: timeOf(value) });
      if (of === NOWHERE) continue;
      const isBefore = (time[of] as number) <= (time[place] as number);
      const isSame = evidence[of] === evidence[place];
      const isKind = ref === appeals || verdict[of] === VERDICT.approved;
      if (isBefore && isSame && isKind) continue;
      fail(
        'review-earlier',
        `${ref.uri} is no earlier review of the same evidence that it could be about.`,
      );
    }
  }
  return {
    ...{ evidence, verdict, by, role, time, evaluations, followReview },
    /** Whether a place is that of an evaluation. */
    isFormer: (at: number): boolean => at < former,
    uriAt: (at: number): string =>
      at < former ? uriAt(context, 'evaluation', at) : uriAt(context, 'review', at - former),
  };
}

/** The highest score approves and the lowest rejects, however the figures are written. */
function verdictOf(score: Values['evaluation']['score']): Verdict {
  if (score === undefined) return VERDICT.unclear;
  const [min = 0, max = 0, value = 0] = [score.min, score.max, score.value].map(Number);
  if (!(min < max)) return VERDICT.unclear;
  if (value === max) return VERDICT.approved;
  return value === min ? VERDICT.rejected : VERDICT.unclear;
}
