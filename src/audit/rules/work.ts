/** Looks at tasks, claims, evidence and reviews: who did what, for whom, and what was decided. */
import { isCid } from '@atproto/lex';
import type { Ref } from '../inspect.ts';
import { nsidOf, type Values } from '../kinds.ts';
import { NOWHERE } from '../repository.ts';
import { type Authority, createNamed, UNNAMED } from './authority.ts';
import {
  type Context,
  checkCreditKind,
  DECIDED_BY,
  isParticipant,
  keysOf,
  timeOf,
} from './context.ts';
import { follow } from './follow.ts';
import { lookAt } from './look.ts';

/** Facts are kept flat, one for each place of a kind, since there may be millions. */
export type Work = ReturnType<typeof lookAtWork>;

/** A picture: where it is referred to, its CID and its size in bytes. */
export type Blob = { readonly uri: string; readonly cid: string; readonly size: number };

export const VERDICT = { approved: 1, rejected: 2, unclear: 3 } as const;
type Verdict = (typeof VERDICT)[keyof typeof VERDICT];

/** The states of a claim on which no evidence can have been approved. */
const NOT_CREDITABLE = ['standby', 'left', 'absent', 'lapsed', 'closed'];

/** `count` places with nothing known about them yet. */
const blank = <T>(count: number, nothing: T): T[] => new Array<T>(count).fill(nothing);

export function lookAtWork(
  context: Context,
  options: { readonly withBlobs: boolean; readonly authority: Authority },
) {
  /** Evidence that is a post of the resident's. */
  const posts: { readonly uri: string; readonly post: Ref }[] = [];
  const blobs: Blob[] = [];
  lookAt(context, 'location', () => {});
  const tasks = lookAtTasks(context, options.authority);
  const claims = lookAtClaims(context);
  const evidence = {
    claim: blank(keysOf(context, 'evidence').rkeys.length, NOWHERE),
    /** The address of the post that evidence is, by its place. Most evidence is not a post. */
    post: new Map<number, string>(),
  };
  lookAt(context, 'evidence', ({ value, at, uri, fail }) => {
    const time = timeOf(value);
    const [subject, ...others] = value.subjects ?? [];
    if (value.contentType !== 'evidence') {
      fail('record-invalid', 'It is an attachment that does not say it is evidence.');
    }
    if (subject !== undefined)
      evidence.claim[at] = follow(context, subject, { kind: 'claim', from: uri, time });
    for (const other of others) follow(context, other, { from: uri, time });
    const post = postIn(value);
    if (post !== undefined) {
      posts.push({ uri, post });
      evidence.post.set(at, post.uri);
    }
    if (options.withBlobs) blobs.push(...blobsIn(value).map((blob) => ({ ...blob, uri })));
  });
  return { tasks, claims, evidence, reviews: lookAtReviews(context), posts, blobs };
}

function lookAtTasks(context: Context, authority: Authority) {
  const count = keysOf(context, 'task').rkeys.length;
  /** The place of the issuer among the partners. */
  const issuer = blank(count, NOWHERE);
  const credits = blank(count, 0);
  const creditKind = blank<string | undefined>(count, undefined);
  const isUnnamed = createNamed();
  lookAt(context, 'task', ({ value, at, uri, fail }) => {
    const time = timeOf(value);
    if (isUnnamed(value.by)) fail('act-unauthorized', UNNAMED);
    if (value.creditKind !== undefined) checkCreditKind(value.creditKind, fail);
    issuer[at] = follow(context, value.issuer, { kind: 'partner', from: uri, time });
    const createdAt = Date.parse(value.createdAt);
    const partner = issuer[at] ?? NOWHERE;
    authority.check({ partner, by: value.by, time: createdAt, right: 'tasks', fail });
    credits[at] = value.credits;
    creditKind[at] = value.creditKind;
    if (value.location === undefined) return;
    follow(context, value.location, { kind: 'location', from: uri, time });
  });
  return { issuer, credits, creditKind };
}

function lookAtClaims(context: Context) {
  const count = keysOf(context, 'claim').rkeys.length;
  const task = blank(count, NOWHERE);
  const participant = blank(count, '');
  /** Whether work on it can have been approved. */
  const isCreditable = blank(count, true);
  lookAt(context, 'claim', ({ value, at, uri, fail }) => {
    task[at] = follow(context, value.task, { kind: 'task', from: uri, time: timeOf(value) });
    participant[at] = value.participant;
    isCreditable[at] = !NOT_CREDITABLE.includes(value.status);
    if (!isParticipant(value.participant)) {
      fail('participant-invalid', 'It names a person by something else than a participant id.');
    }
  });
  return { task, participant, isCreditable };
}

function lookAtReviews(context: Context) {
  const count = keysOf(context, 'review').rkeys.length;
  /** The place of the evidence; `NOWHERE` for a review of something else. */
  const evidence = blank(count, NOWHERE);
  const verdict = blank<Verdict>(count, VERDICT.unclear);
  /** By its place, who decided, and when (ms); older reviews do not say who. */
  const by = new Map<number, string>();
  const time = new Float64Array(count).fill(Number.NaN);
  const isUnnamed = createNamed();
  lookAt(context, 'review', ({ value, at, uri, fail }) => {
    const { subject, score } = value;
    if (subject !== undefined) {
      // A decision is about the very evidence that was looked at. What is no evidence brings nothing.
      const isDecision = subject.uri.includes(`/${nsidOf('evidence')}/`);
      const referrer = { from: uri, time: timeOf(value) };
      if (isDecision) {
        evidence[at] = follow(context, subject, { ...referrer, kind: 'evidence', isExact: true });
      } else follow(context, subject, referrer);
    }
    verdict[at] = verdictOf(score);
    time[at] = timeOf(value);
    const [, , who] = DECIDED_BY.exec(value.summary) ?? [];
    if (isUnnamed(who)) fail('act-unauthorized', UNNAMED);
    if (who !== undefined) by.set(at, who);
  });
  return { evidence, verdict, by, time };
}

/** The highest score approves and the lowest rejects, however the figures are written. */
function verdictOf(score: Values['review']['score']): Verdict {
  if (score === undefined) return VERDICT.unclear;
  const [min = 0, max = 0, value = 0] = [score.min, score.max, score.value].map(Number);
  if (!(min < max)) return VERDICT.unclear;
  if (value === max) return VERDICT.approved;
  return value === min ? VERDICT.rejected : VERDICT.unclear;
}

type Evidence = Readonly<Record<string, unknown>>;

/** The post of somebody else's that evidence is. */
function postIn({ description }: Evidence): Ref | undefined {
  const { uri, cid } = (description ?? {}) as Partial<Ref>;
  return typeof uri === 'string' && typeof cid === 'string' ? { uri, cid } : undefined;
}

type Part = { readonly blob?: { readonly ref?: object; readonly size?: number } };

function blobsIn({ content }: Evidence): { cid: string; size: number }[] {
  if (!Array.isArray(content)) return [];
  return content.flatMap(({ blob }: Part) => {
    if (blob?.ref === undefined) return [];
    return [{ cid: isCid(blob.ref) ? blob.ref.toString() : '', size: blob.size ?? Number.NaN }];
  });
}
