/** Looks at tasks, claims and evidence: who did what, and for whom. */
import { isCid } from '@atproto/lex-data';
import type { Ref } from '../inspect.ts';
import { type Kind, nsidOf } from '../kinds.ts';
import { NOWHERE } from '../repository.ts';
import { taskOfActivity } from './activity-task.ts';
import { type Authority, createNamed, UNNAMED } from './authority.ts';
import { checkSlots, lookAtSteps, type SlotChange, type TimesAt, timesOf } from './claim-steps.ts';
import {
  type Context,
  checkCreditKind,
  isParticipant,
  keysOf,
  type Looked,
  timeOf,
  uriAt,
} from './context.ts';
import { follow } from './follow.ts';
import { lookAt } from './look.ts';
import { lookAtReviews, VERDICT } from './reviews.ts';

/** Facts are kept flat, one for each place of a kind, since there may be millions. */
export type Work = ReturnType<typeof lookAtWork>;

/** A picture: where it is referred to, its CID and its size in bytes. */
export type Blob = { readonly uri: string; readonly cid: string; readonly size: number };

/** The states of a claim on which no evidence can have been approved. */
const NOT_CREDITABLE = ['standby', 'offered', 'left', 'absent', 'lapsed', 'closed', 'called-off'];

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
  const claims = lookAtClaims(context, tasks);
  const evidence = {
    claim: blank(keysOf(context, 'evidence').rkeys.length, NOWHERE),
    /** The address of the post that evidence is, by its place. Most evidence is not a post. */
    post: new Map<number, string>(),
  };
  lookAt(context, 'evidence', ({ value, at, uri, fail }) => {
    const subjects = { subjects: value.subjects ?? [], from: uri, time: timeOf(value), fail };
    if (options.withBlobs) blobs.push(...blobsIn(value).map((blob) => ({ ...blob, uri })));
    if (value.contentType === 'update') return lookAtUpdate(context, subjects);
    if (value.contentType !== 'evidence') {
      fail('record-invalid', 'It is an attachment that does not say it is evidence.');
    }
    evidence.claim[at] = lookAtSubjects(context, claims, subjects);
    const post = postIn(value);
    if (post === undefined) return;
    posts.push({ uri, post });
    evidence.post.set(at, post.uri);
  });
  const reviews = lookAtReviews(context);
  checkFounded(context, { claims, evidence, reviews });
  return { tasks, claims, evidence, reviews, posts, blobs };
}

type Subjects = {
  readonly subjects: readonly Ref[];
  readonly from: string;
  readonly time: number;
  readonly fail: Looked<'evidence'>['fail'];
};

const isOf = (kind: Kind, { uri }: Ref): boolean => uri.includes(`/${nsidOf(kind)}/`);

/**
 * Evidence is about one claim, found by its collection; where it also names the work, that is of the
 * task of the claim. Answers the place of the claim.
 */
function lookAtSubjects(
  context: Context,
  { task }: { readonly task: readonly number[] },
  { subjects, from, time, fail }: Subjects,
): number {
  const [first, ...further] = subjects.filter((ref) => isOf('claim', ref));
  if (further.length > 0) fail('evidence-work', 'It is about several claims.');
  const claim = first && follow(context, first, { kind: 'claim', from, time });
  const work = subjects.filter((ref) => !isOf('claim', ref));
  // Evidence without a claim has to have one.
  for (const ref of work) {
    const at = follow(context, ref, {
      from,
      time,
      ...(first === undefined ? { kind: 'claim' } : {}),
    });
    if (at === NOWHERE || claim === undefined || claim === NOWHERE) continue;
    if (!isOf('activity', ref)) continue;
    const rkey = keysOf(context, 'activity').rkeys[at] ?? '';
    if (taskOfActivity(context, rkey) !== task[claim]) {
      fail('evidence-work', `${ref.uri} is the work on another task than its claim.`);
    }
  }
  return claim ?? NOWHERE;
}

/** An update is about the city's project, or about the work on a task. */
function lookAtUpdate(context: Context, { subjects, from, time, fail }: Subjects): void {
  if (subjects.length === 0) fail('record-invalid', 'It is an update of nothing.');
  for (const ref of subjects) {
    const kind = isOf('activity', ref) ? 'activity' : 'collection';
    follow(context, ref, { kind, from, time });
  }
}

/** A claim that says so rests on evidence, and on a decision about it. */
function checkFounded(
  context: Context,
  {
    claims,
    evidence,
    reviews,
  }: {
    readonly claims: { readonly status: readonly string[] };
    readonly evidence: { readonly claim: readonly number[] };
    readonly reviews: ReturnType<typeof lookAtReviews>;
  },
): void {
  const found = new Uint8Array(claims.status.length);
  for (const claim of evidence.claim) if (claim !== NOWHERE) found[claim] = 1;
  for (const [at, of] of reviews.evidence.entries()) {
    const claim = evidence.claim[of] ?? NOWHERE;
    if (of === NOWHERE || claim === NOWHERE) continue;
    found[claim] = (found[claim] ?? 0) | (reviews.verdict[at] === VERDICT.approved ? 2 : 4);
  }
  const NEEDS: Readonly<Record<string, number>> = { submitted: 1, verified: 2, rejected: 4 };
  for (const [at, status] of claims.status.entries()) {
    const needed = NEEDS[status] ?? 0;
    if (needed === 0 || ((found[at] ?? 0) & needed) !== 0) continue;
    const uri = uriAt(context, 'claim', at);
    context.findings.add('claim-unfounded', uri, `It says ${status}, and nothing shows it.`);
  }
}

function lookAtTasks(context: Context, authority: Authority) {
  const count = keysOf(context, 'task').rkeys.length;
  /** The place of the issuer among the partners. */
  const issuer = blank(count, NOWHERE);
  const credits = blank(count, 0);
  const creditKind = blank<string | undefined>(count, undefined);
  /** When each is, and was to be. */
  const times = blank<TimesAt | undefined>(count, undefined);
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
    times[at] = timesOf(value);
    creditKind[at] = value.creditKind;
    if (value.location === undefined) return;
    follow(context, value.location, { kind: 'location', from: uri, time });
  });
  return { issuer, credits, creditKind, times };
}

function lookAtClaims(
  context: Context,
  { times }: { readonly times: readonly (TimesAt | undefined)[] },
) {
  const count = keysOf(context, 'claim').rkeys.length;
  const task = blank(count, NOWHERE);
  const participant = blank(count, '');
  /** Whether work on it can have been approved. */
  const isCreditable = blank(count, true);
  /** Of those that tell their steps. */
  const status = blank<string>(count, '');
  const slots: SlotChange[] = [];
  /** Those that do not tell their steps, and since when there are some that do (ms). */
  const stepless: { readonly at: number; readonly time: number }[] = [];
  let stepsSince = Number.POSITIVE_INFINITY;
  lookAt(context, 'claim', ({ value, at, uri, fail }) => {
    task[at] = follow(context, value.task, { kind: 'task', from: uri, time: timeOf(value) });
    participant[at] = value.participant;
    isCreditable[at] = !NOT_CREDITABLE.includes(value.status);
    status[at] = value.steps === undefined ? '' : value.status;
    if (value.steps === undefined) stepless.push({ at, time: timeOf(value) });
    else stepsSince = Math.min(stepsSince, timeOf(value));
    const place = task[at] ?? NOWHERE;
    slots.push(...lookAtSteps({ value, fail }, place, times[place]));
    if (!isParticipant(value.participant)) {
      fail('participant-invalid', 'It names a person by something else than a participant id.');
    }
  });
  for (const { at: place, time } of stepless) {
    if (time <= stepsSince) continue;
    const uri = uriAt(context, 'claim', place);
    context.findings.add('claim-steps', uri, 'It does not tell its steps, as older ones do.');
  }
  checkSlots(
    slots,
    (at) => times[at],
    (at, sentence) => context.findings.add('claim-slots', uriAt(context, 'task', at), sentence),
  );
  return { task, participant, isCreditable, status };
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
