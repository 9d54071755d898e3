/**
 * Every issue rests on a review that approves evidence for a claim on a task of that issuer, once;
 * and nobody issues more than the cap of the epoch.
 */
import { NOWHERE } from '../repository.ts';
import { capKey, type Epoch, epochAt, type Partner } from './city.ts';
import { type Context, follow, uriAt } from './context.ts';
import type { Issue } from './ledger.ts';
import { VERDICT, type Work } from './work.ts';

/** What an issuer, or the whole city, issued in an epoch. */
type Issued = { readonly creditKind: string; readonly epoch: number; amount: number };

export type Issues = {
  readonly check: (issue: Issue) => void;
  /** Once all transfers were looked at: what was approved, and brought nothing. */
  readonly finish: () => void;
  /** By epoch, issuer (`NOWHERE` for the whole city) and kind of credit. */
  readonly issued: () => readonly (Issued & { readonly issuer: number })[];
  /** For each claim, whether work on it was approved and credited. */
  readonly isApproved: (claim: number) => boolean;
};

export function createIssues(
  context: Context,
  work: Work,
  epochs: readonly Epoch[],
  partners: ReadonlyMap<number, Partner>,
): Issues {
  const { tasks, claims, evidence, reviews } = work;
  const isCredited = {
    review: new Uint8Array(reviews.evidence.length),
    evidence: new Uint8Array(evidence.claim.length),
    claim: new Uint8Array(claims.task.length),
  };
  const people = new Set<string>();
  const posts = new Set<string>();
  const approved = new Uint8Array(claims.task.length);
  const sums = new Map<string, Issued & { issuer: number }>();

  /** Counts what was issued against a cap, and tells of the transfer that goes above it. */
  const count = ({ transfer, issuer }: Issue, epochNumber: number, isCity: boolean): void => {
    const { value, fail } = transfer;
    const epoch = epochs[epochNumber] as Epoch;
    const who = isCity ? NOWHERE : issuer;
    const key = `${epochNumber} ${capKey(value.creditKind, who)}`;
    const sum = sums.get(key) ?? {
      creditKind: value.creditKind,
      epoch: epochNumber,
      issuer: who,
      amount: 0,
    };
    sums.set(key, sum);
    const before = sum.amount;
    sum.amount += value.amount;
    const cap = epoch.caps.get(capKey(value.creditKind, who)) ?? 0;
    if (sum.amount <= cap || before > cap) return;
    const name = isCity ? 'the city' : (partners.get(issuer)?.name ?? 'the issuer');
    const sentence = `With it ${name} issued ${sum.amount} in ${epoch.name}; the cap is ${cap}.`;
    fail(isCity ? 'cap-city' : 'cap-issuer', sentence);
  };

  /** Whether something is credited for the first time. */
  const once = (what: keyof typeof isCredited, at: number, issue: Issue): boolean => {
    const isFirst = isCredited[what][at] !== 1;
    if (!isFirst) {
      issue.transfer.fail('issue-twice', `It credits ${uriAt(context, what, at)} once more.`);
    }
    isCredited[what][at] = 1;
    return isFirst;
  };

  const check = (issue: Issue): void => {
    const { transfer, issuer } = issue;
    const { value, uri, fail } = transfer;
    const time = value.timeUs / 1000;
    const epochNumber = epochAt(epochs, time);
    if (epochNumber === NOWHERE) {
      fail('epoch-missing', `There is no epoch for ${value.createdAt}.`);
    } else {
      if (issuer !== NOWHERE) count(issue, epochNumber, false);
      count(issue, epochNumber, true);
    }
    checkIssuer(issue, time);
    if (value.reference === undefined) return;
    const review = follow(context, value.reference, 'review', uri, time);
    if (review === NOWHERE) return;
    once('review', review, issue);
    const verdict = reviews.verdict[review];
    const mayReject = epochs[epochNumber]?.rejectionEarns === true;
    if (verdict !== VERDICT.approved && !(mayReject && verdict === VERDICT.rejected)) {
      fail('issue-unfounded', `${value.reference.uri} does not approve.`);
    }
    const shown = reviews.evidence[review] ?? NOWHERE;
    const claim = shown === NOWHERE ? NOWHERE : (evidence.claim[shown] ?? NOWHERE);
    if (claim === NOWHERE) {
      fail('issue-evidence', `${value.reference.uri} is not about evidence for a claim.`);
      return;
    }
    once('evidence', shown, issue);
    checkPost(issue, evidence.post.get(shown));
    const isFirst = once('claim', claim, issue);
    if (verdict === VERDICT.approved) approved[claim] = 1;
    checkClaim(issue, claim, isFirst);
  };

  /** Only approved partners issue. Of one that was replaced since, what it was then is not there. */
  const checkIssuer = ({ transfer: { fail }, issuer }: Issue, time: number): void => {
    const partner = partners.get(issuer);
    if (partner === undefined || partner.status === 'approved' || partner.since > time) return;
    fail('issue-issuer', `${uriAt(context, 'partner', issuer)} was ${partner.status} by then.`);
  };

  /** A post is credited once, and to its author where that can be told. */
  const checkPost = ({ transfer: { fail }, participant }: Issue, post: string | undefined) => {
    if (post === undefined) return;
    if (posts.has(post)) fail('issue-twice', `It credits ${post} once more.`);
    posts.add(post);
    if (participant.startsWith('did:') && !post.startsWith(`at://${participant}/`)) {
      fail('issue-person', `It credits ${participant} for somebody else's post, ${post}.`);
    }
  };

  const checkClaim = (
    { transfer: { value, fail }, participant, issuer }: Issue,
    claim: number,
    isFirst: boolean,
  ): void => {
    const claimUri = uriAt(context, 'claim', claim);
    if (claims.participant[claim] !== participant) {
      fail('issue-person', `It credits ${participant}, and ${claimUri} is somebody else's.`);
    }
    if (claims.isCreditable[claim] === false) {
      fail('issue-evidence', `${claimUri} is not a claim that work was shown for.`);
    }
    const task = claims.task[claim] ?? NOWHERE;
    if (task === NOWHERE) return;
    const taskUri = uriAt(context, 'task', task);
    const work = `${task} ${participant}`;
    if (isFirst && people.has(work)) {
      fail('issue-twice', `It credits ${participant} for ${taskUri} once more, by another claim.`);
    }
    people.add(work);
    if (issuer !== NOWHERE && tasks.issuer[task] !== issuer) {
      fail('issue-issuer', `${taskUri} is a task of another issuer.`);
    }
    const creditKind = tasks.creditKind[task] ?? value.creditKind;
    if (tasks.credits[task] !== value.amount || creditKind !== value.creditKind) {
      fail(
        'issue-amount',
        `${taskUri} brings ${tasks.credits[task]}, and it credits ${value.amount}.`,
      );
    }
  };

  const finish = (): void => {
    for (let review = 0; review < reviews.evidence.length; review += 1) {
      const shown = reviews.evidence[review] as number;
      if (isCredited.review[review] === 1 || reviews.verdict[review] !== VERDICT.approved) continue;
      if (shown === NOWHERE || (evidence.claim[shown] ?? NOWHERE) === NOWHERE) continue;
      context.findings.add(
        'issue-missing',
        uriAt(context, 'review', review),
        'It approves, and no credits were issued for it. If the city is publishing just now, ask again in a minute.',
      );
    }
  };

  return {
    check,
    finish,
    issued: () => [...sums.values()],
    isApproved: (claim) => approved[claim] === 1,
  };
}
