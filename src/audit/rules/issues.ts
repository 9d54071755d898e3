/**
 * Every issue rests on a review that approves evidence for a claim on a task of that issuer, once;
 * and nobody issues more than the cap of the epoch.
 */
import { NOWHERE } from '../repository.ts';
import { type Authority, stoodAs } from './authority.ts';
import { capKey, type Epoch, epochAt, type Partner } from './city.ts';
import { type Context, uriAt } from './context.ts';
import type { Issue } from './ledger.ts';
import { VERDICT } from './reviews.ts';
import type { Work } from './work.ts';

/** So much an issuer, or the whole city, issued in an epoch. */
type Issued = {
  readonly creditKind: string;
  readonly epoch: number;
  /** `NOWHERE` for the whole city. */
  readonly issuer: number;
  amount: number;
};

/** Credits are issued with the decision, whatever a server's clock says. */
const LATER_MS_MAX = 600_000;

export type Issues = ReturnType<typeof createIssues>;

type State = {
  readonly context: Context;
  readonly work: Work;
  readonly epochs: readonly Epoch[];
  readonly partners: ReadonlyMap<number, Partner>;
  readonly authority: Authority;
  /** By place, whether something was credited. */
  readonly isCredited: {
    readonly review: Uint8Array;
    readonly evidence: Uint8Array;
    readonly claim: Uint8Array;
  };
  /** Who was credited for which task. */
  readonly people: Set<string>;
  readonly posts: Set<string>;
  /** By place of the claim. */
  readonly approved: Uint8Array;
  /** How much was issued, by place of the review. */
  readonly issuedOn: Float64Array;
  /** In which kind of credit, where something was. */
  readonly issuedIn: Map<number, string>;
  /** Whether something was issued on a review that is no evaluation. */
  hasReviews: boolean;
  readonly sums: Map<string, Issued>;
};

export function createIssues(
  context: Context,
  parts: Pick<State, 'work' | 'epochs' | 'partners' | 'authority'>,
) {
  const { reviews, evidence, claims } = parts.work;
  const state: State = {
    ...parts,
    context,
    isCredited: {
      review: new Uint8Array(reviews.evidence.length),
      evidence: new Uint8Array(evidence.claim.length),
      claim: new Uint8Array(claims.task.length),
    },
    people: new Set(),
    posts: new Set(),
    approved: new Uint8Array(claims.task.length),
    issuedOn: new Float64Array(reviews.evidence.length),
    issuedIn: new Map(),
    hasReviews: false,
    sums: new Map(),
  };
  return {
    check: (issue: Issue) => check(state, issue),
    /** Tells what was approved and brought nothing, once all transfers were looked at. */
    finish: () => reportMissing(state),
    /** By epoch, issuer (`NOWHERE` for the whole city) and kind of credit. */
    issued: () => [...state.sums.values()],
    /** How much was issued on a review. */
    issuedOn: (review: number): number => state.issuedOn[review] ?? 0,
    /** In which kind of credit; undefined where nothing was. */
    issuedIn: (review: number): string | undefined => state.issuedIn.get(review),
    /** Whether work on a claim was approved and credited. */
    isApproved: (claim: number) => state.approved[claim] === 1,
  };
}

function check(state: State, issue: Issue): void {
  const { context, epochs } = state;
  const { reviews, evidence } = state.work;
  const { transfer, issuer } = issue;
  const { value, uri, fail } = transfer;
  const time = value.timeUs / 1000;
  const epoch = epochAt(epochs, time);
  if (epoch === NOWHERE) {
    fail('epoch-missing', `There is no epoch for ${value.createdAt}.`);
  } else {
    if (issuer !== NOWHERE) count(state, issue, { epoch, who: issuer });
    count(state, issue, { epoch, who: NOWHERE });
  }
  const review =
    value.reference === undefined
      ? NOWHERE
      : reviews.followReview(value.reference, { from: uri, time });
  checkIssuer(state, issue, { time, review });
  if (value.reference === undefined) return;
  if (review === NOWHERE) return;
  // Only a city that lost its disk issues later, when it finishes its last decision.
  if (time - (reviews.time[review] ?? Number.NaN) > LATER_MS_MAX) {
    context.note('issue-later', uri, `${value.reference.uri} tells of a decision long before it.`);
  }
  once(state, issue, { kind: 'review', at: review });
  // The chain tells the order, whatever times a decision claims to have.
  if (!reviews.isFormer(review)) state.hasReviews = true;
  else if (state.hasReviews) {
    fail('review-former', `${value.reference.uri} has the form of before the first review.`);
  }
  state.issuedIn.set(review, value.creditKind);
  state.issuedOn[review] = (state.issuedOn[review] ?? 0) + value.amount;
  const verdict = reviews.verdict[review];
  const mayReject = epochs[epoch]?.rejectionEarns === true;
  if (verdict !== VERDICT.approved && !(mayReject && verdict === VERDICT.rejected)) {
    fail('issue-unfounded', `${value.reference.uri} does not approve.`);
  }
  const shown = reviews.evidence[review] ?? NOWHERE;
  const claim = shown === NOWHERE ? NOWHERE : (evidence.claim[shown] ?? NOWHERE);
  if (claim === NOWHERE) {
    fail('issue-evidence', `${value.reference.uri} is not about evidence for a claim.`);
    return;
  }
  once(state, issue, { kind: 'evidence', at: shown });
  checkPost(state, issue, evidence.post.get(shown));
  const isFirst = once(state, issue, { kind: 'claim', at: claim });
  if (verdict === VERDICT.approved) state.approved[claim] = 1;
  checkClaim(state, issue, claim);
  checkTask(state, issue, { claim, isFirst });
}

/**
 * Counts what was issued against the cap of an issuer, or of the whole city (`NOWHERE`), and tells
 * of the transfer that goes above it.
 */
function count(
  { epochs, partners, sums }: State,
  { transfer: { value, fail }, issuer }: Issue,
  { epoch, who }: { readonly epoch: number; readonly who: number },
): void {
  const { creditKind } = value;
  const key = `${epoch} ${capKey(creditKind, who)}`;
  const sum = sums.get(key) ?? { creditKind, epoch, issuer: who, amount: 0 };
  sums.set(key, sum);
  const before = sum.amount;
  sum.amount += value.amount;
  const { caps, name: epochName } = epochs[epoch] as Epoch;
  const cap = caps.get(capKey(creditKind, who)) ?? 0;
  if (sum.amount <= cap || before > cap) return;
  const name = who === NOWHERE ? 'the city' : (partners.get(issuer)?.name ?? 'the issuer');
  const sentence = `With it ${name} issued ${sum.amount} in ${epochName}; the cap is ${cap}.`;
  fail(who === NOWHERE ? 'cap-city' : 'cap-issuer', sentence);
}

/** Whether something is credited for the first time. */
function once(
  { context, isCredited, work }: State,
  { transfer }: Issue,
  { kind, at }: { readonly kind: keyof State['isCredited']; readonly at: number },
): boolean {
  const isFirst = isCredited[kind][at] !== 1;
  const uri = kind === 'review' ? work.reviews.uriAt(at) : uriAt(context, kind, at);
  if (!isFirst) transfer.fail('issue-twice', `It credits ${uri} once more.`);
  isCredited[kind][at] = 1;
  return isFirst;
}

/**
 * Only approved partners issue; in the place of one that is suspended an admin approves what waits. Of
 * one that was replaced since and has no history, nobody can see what it was then.
 */
function checkIssuer(
  { context, partners, authority, work: { reviews } }: State,
  { transfer: { fail }, issuer }: Issue,
  { time, review }: { readonly time: number; readonly review: number },
): void {
  const partner = partners.get(issuer);
  if (partner === undefined) return;
  const { history } = partner;
  const decidedAt = reviews.time[review] ?? Math.floor(time);
  const isApproved =
    history.length === 0
      ? partner.status === 'approved' || partner.since > time
      : stoodAs(history, decidedAt, ['approved']);
  if (isApproved) return;
  const byCity = authority.wasAdmin(reviews.by.get(review), decidedAt);
  if (byCity && stoodAs(history, decidedAt, ['suspended'])) return;
  fail('issue-issuer', `${uriAt(context, 'partner', issuer)} was ${partner.status} by then.`);
}

/** A post is credited once, and to its author where that can be told. */
function checkPost(
  { posts }: State,
  { transfer: { fail }, participant }: Issue,
  post: string | undefined,
): void {
  if (post === undefined) return;
  if (posts.has(post)) fail('issue-twice', `It credits ${post} once more.`);
  posts.add(post);
  if (participant.startsWith('did:') && !post.startsWith(`at://${participant}/`)) {
    fail('issue-person', `It credits ${participant} for somebody else's post, ${post}.`);
  }
}

function checkClaim(
  { context, work: { claims } }: State,
  { transfer: { fail }, participant }: Issue,
  claim: number,
): void {
  const claimUri = uriAt(context, 'claim', claim);
  if (claims.participant[claim] !== participant) {
    fail('issue-person', `It credits ${participant}, and ${claimUri} is somebody else's.`);
  }
  if (claims.isCreditable[claim] === false) {
    fail('issue-evidence', `${claimUri} is not a claim that work was shown for.`);
  }
}

/** A task brings its credits to a person once, from its own issuer. */
function checkTask(
  { context, work: { tasks, claims }, people }: State,
  { transfer: { value, fail }, participant, issuer }: Issue,
  { claim, isFirst }: { readonly claim: number; readonly isFirst: boolean },
): void {
  const task = claims.task[claim] ?? NOWHERE;
  if (task === NOWHERE) return;
  const taskUri = uriAt(context, 'task', task);
  const key = `${task} ${participant}`;
  if (isFirst && people.has(key)) {
    fail('issue-twice', `It credits ${participant} for ${taskUri} once more, by another claim.`);
  }
  people.add(key);
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
}

/** Tells of each review that approves and brought no credits. */
function reportMissing({ context, work: { reviews, evidence }, isCredited }: State): void {
  for (let review = 0; review < reviews.evidence.length; review += 1) {
    const shown = reviews.evidence[review] as number;
    if (isCredited.review[review] === 1 || reviews.verdict[review] !== VERDICT.approved) continue;
    if (shown === NOWHERE || (evidence.claim[shown] ?? NOWHERE) === NOWHERE) continue;
    context.findings.add(
      'issue-missing',
      reviews.uriAt(review),
      'It approves, and no credits were issued for it. If the city is publishing just now, ask again in a minute.',
    );
  }
}
