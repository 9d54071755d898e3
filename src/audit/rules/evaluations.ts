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

/** A time of the project, in ms, the end not in it. */
type Time = { readonly from: number; readonly until: number };

/** Evaluations are brought up to date within minutes; a city may be down, or wait for its server. */
const LATE_MS_MAX = 86_400_000;
/** The furthest that two time zones are apart. */
const ZONES_APART_MS = 26 * 3_600_000;

/** Holds each evaluation of a task's work, or of a time of the project, to the reviews. */
export function checkEvaluations(context: Context, work: Work, issues: Issues): void {
  const { reviews } = work;
  const all = [...reviews.evidence.keys()]
    .filter((at) => claimOf(work, at) !== NOWHERE)
    .map((at): Counted => {
      const rkey = reviews.uriAt(at).split('/').at(-1) ?? '';
      return { at, time: reviews.time[at] as number, keyTime: timeOfTid(rkey) };
    });
  const byTask = Map.groupBy(all, ({ at }) => taskOf(work, at));
  const staleBefore = timeOfTid(context.repository.rev) - LATE_MS_MAX;
  const tasks = new Set<number>();
  const times: Time[] = [];
  for (const evaluation of reviews.evaluations) {
    const { value, fail } = evaluation;
    const uri = value.subject?.uri ?? '';
    const [, collection = '', rkey = ''] = /^at:\/\/[^/]+\/([^/]+)\/([^/]+)$/.exec(uri) ?? [];
    const isProject = collection === nsidOf('collection');
    const isOfWork = collection === nsidOf('activity');
    const figures = FIGURES.exec(value.summary)?.groups;
    if (!isProject && !isOfWork && figures === undefined) continue;
    const isWhole = figures !== undefined && (figures['from'] !== undefined) === isProject;
    if (!isWhole || isProject === isOfWork) {
      fail('evaluation-figures', 'It sums up reviews in no form that can be counted again.');
      continue;
    }
    if (isProject) {
      const time = {
        from: Date.parse(figures['from'] ?? ''),
        until: Date.parse(figures['until'] ?? ''),
      };
      if (times.some((other) => isSameTime(time, other))) {
        fail('evaluation-twice', `It sums up ${uri} once more.`);
      }
      times.push(time);
      check(within(all, time), evaluation, figures);
      continue;
    }
    const task = taskOfActivity(context, rkey);
    if (tasks.has(task)) fail('evaluation-twice', `It sums up ${uri} once more.`);
    tasks.add(task);
    const there = byTask.get(task) ?? [];
    const counted = upTo(there, Number(figures['reviewed']), timeOf(value));
    check(counted, evaluation, figures);
    const late = there.slice(counted.length).filter((one) => latest(one) < staleBefore);
    if (late.length === 0) continue;
    fail('evaluation-figures', `It leaves out ${late.length} of more than a day ago.`);
  }

  function check(
    counted: readonly Counted[],
    evaluation: Evaluation,
    figures: Readonly<Record<string, string | undefined>>,
  ): void {
    const difference = differenceOf(evaluation, figures, summaryOf(work, issues, counted));
    if (difference !== undefined) evaluation.fail('evaluation-figures', difference);
  }
}

const claimOf = ({ reviews, evidence }: Work, review: number): number =>
  evidence.claim[reviews.evidence[review] as number] ?? NOWHERE;

function taskOf(work: Work, review: number): number {
  const claim = claimOf(work, review);
  return claim === NOWHERE ? NOWHERE : (work.claims.task[claim] ?? NOWHERE);
}

/** Whether two times have more in common than the months of a city that changed its time zone. */
const isSameTime = (one: Time, other: Time): boolean =>
  Math.min(one.until, other.until) - Math.max(one.from, other.from) > ZONES_APART_MS;

/** The later of the two times that a review tells. */
const latest = ({ time, keyTime }: Counted): number => Math.max(time, keyTime);

const within = (all: readonly Counted[], { from, until }: Time): readonly Counted[] =>
  all.filter(({ time }) => from <= time && time < until);

/** The first `count` where that many were there at that time (ms); else those that were. */
function upTo(all: readonly Counted[], count: number, time: number): readonly Counted[] {
  const before = all.filter((one) => latest(one) < time).length;
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
    kinds: new Set(counted.flatMap(({ at }) => issues.issuedIn(at) ?? [])),
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
  if ([...truth.kinds].some((kind) => kind !== figures['kind'])) {
    return `It tells of ${figures['kind']}; by the records there are ${[...truth.kinds].join(', ')}.`;
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
