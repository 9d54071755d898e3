/** Public evaluations sum up reviews: their figures are counted again. */
import { timeOfTid } from '../head.ts';
import { nsidOf } from '../kinds.ts';
import { NOWHERE } from '../repository.ts';
import { taskOfActivity } from './activity-task.ts';
import { type Context, FIGURES, timeOf } from './context.ts';
import type { Issues } from './issues.ts';
import { type Evaluation, VERDICT } from './reviews.ts';
import type { Work } from './work.ts';

/** A review by its place, as far as it is counted here; times in ms. */
type Counted = {
  readonly at: number;
  readonly time: number;
  /** As its key tells it, which only grows: a clock that was set back changes no order. */
  readonly keyTime: number;
};

/** Holds each evaluation of a task's work, or of a time of the project, to the reviews. */
export function checkEvaluations(context: Context, work: Work, issues: Issues): void {
  const { reviews } = work;
  const all = [...reviews.evidence.keys()]
    .filter((at) => reviews.evidence[at] !== NOWHERE)
    .map((at): Counted => {
      const rkey = reviews.uriAt(at).split('/').at(-1) ?? '';
      return { at, time: reviews.time[at] as number, keyTime: timeOfTid(rkey) };
    });
  const byTask = Map.groupBy(all, ({ at }) => taskOf(work, at));
  const seen = new Set<string | number>();
  for (const evaluation of reviews.evaluations) {
    const uri = evaluation.value.subject?.uri ?? '';
    const [, collection = '', rkey = ''] = /^at:\/\/[^/]+\/([^/]+)\/([^/]+)$/.exec(uri) ?? [];
    const isProject = collection === nsidOf('collection');
    if (!isProject && collection !== nsidOf('activity')) continue;
    const figures = FIGURES.exec(evaluation.value.summary)?.groups;
    if (figures === undefined || (figures['from'] !== undefined) !== isProject) {
      evaluation.fail(
        'evaluation-figures',
        'It sums up reviews in no form that can be counted again.',
      );
      continue;
    }
    const task = isProject ? NOWHERE : taskOfActivity(context, rkey);
    const what = isProject ? `${uri} ${figures['from']}` : task;
    if (seen.has(what)) evaluation.fail('evaluation-twice', `It sums up ${uri} once more.`);
    seen.add(what);
    const counted = isProject
      ? within(all, Date.parse(figures['from'] ?? ''), Date.parse(figures['until'] ?? ''))
      : upTo(byTask.get(task) ?? [], Number(figures['reviewed']), timeOf(evaluation.value));
    const truth = summaryOf(work, issues, counted);
    const difference = differenceOf(evaluation, figures, truth);
    if (difference !== undefined) evaluation.fail('evaluation-figures', difference);
  }
}

function taskOf({ reviews, evidence, claims }: Work, review: number): number {
  const claim = evidence.claim[reviews.evidence[review] as number] ?? NOWHERE;
  return claim === NOWHERE ? NOWHERE : (claims.task[claim] ?? NOWHERE);
}

const within = (all: readonly Counted[], from: number, until: number): readonly Counted[] =>
  all.filter(({ time }) => from <= time && time < until);

/** The first `count` where that many were there at that time (ms); else those that were. */
function upTo(all: readonly Counted[], count: number, time: number): readonly Counted[] {
  const before = all.filter((one) => Math.max(one.time, one.keyTime) < time).length;
  const there = all.filter((one) => one.time <= time).length;
  return all.slice(0, Math.min(Math.max(count, before), there));
}

function summaryOf({ reviews }: Work, issues: Issues, counted: readonly Counted[]) {
  const approved = counted.filter(({ at }) => reviews.verdict[at] === VERDICT.approved).length;
  return {
    reviewed: counted.length,
    approved,
    rejected: counted.length - approved,
    issued: counted.reduce((sum, { at }) => sum + issues.issuedOn(at), 0),
    reviewers: new Set(counted.flatMap(({ at }) => reviews.by.get(at) ?? [])),
  };
}

/** The first figure that is another than in truth; undefined where none is. */
function differenceOf(
  { value }: Evaluation,
  figures: Readonly<Record<string, string | undefined>>,
  truth: ReturnType<typeof summaryOf>,
): string | undefined {
  for (const name of ['reviewed', 'approved', 'rejected', 'issued'] as const) {
    if (Number(figures[name]) === truth[name]) continue;
    return `It says ${figures[name]} ${name}; by the records there are ${truth[name]}.`;
  }
  const named = figures['named']?.split(', ') ?? [];
  const count = named.length + Number(figures['more'] ?? 0);
  const isWrong =
    named.some((who) => !truth.reviewers.has(who)) || new Set(named).size < named.length;
  if (isWrong || count !== truth.reviewers.size) {
    return 'It names other reviewers than decided.';
  }
  const { min, max, value: score } = value.score ?? {};
  if ([min, max, score].map(Number).join() !== [0, truth.reviewed, truth.approved].join()) {
    return 'Its score is not what was approved of what was reviewed.';
  }
  return undefined;
}
