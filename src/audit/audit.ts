/**
 * Proves a city's public record from the outside: nothing here knows the program that wrote it, its
 * database or its keys. The rules that it proves are in `rules/`.
 */
import { type Clock, isoTime } from '../lib/clock.ts';
import { checkBlobs } from './blobs.ts';
import { changesSince, type Since } from './earlier.ts';
import { type Opened, type OpenOptions, openRepository, type Where } from './fetch-repository.ts';
import { AuditError, createFindings, type FindingCode } from './findings.ts';
import { headOf } from './head.ts';
import { keysOfKind } from './keys.ts';
import { CIVIC } from './kinds.ts';
import { checkPosts } from './posts.ts';
import type { Report } from './report.ts';
import type { Repository } from './repository.ts';
import { lookAtActivities } from './rules/activities.ts';
import { createAuthority } from './rules/authority.ts';
import { checkCaps } from './rules/caps.ts';
import { lookAtCity, lookAtEpochs, lookAtPartners } from './rules/city.ts';
import type { Context } from './rules/context.ts';
import { checkEvaluations } from './rules/evaluations.ts';
import { createIssues } from './rules/issues.ts';
import { replay } from './rules/ledger.ts';
import { lookAt } from './rules/look.ts';
import { lookAtProjects } from './rules/project.ts';
import { lookAtOffers, lookAtRedemptions } from './rules/redemptions.ts';
import { checkReviewers } from './rules/reviewers.ts';
import { lookAtWork, type Work } from './rules/work.ts';
import { countRecords, partnersOf, totalsOf } from './totals.ts';

export type AuditOptions = OpenOptions & {
  readonly clock: Pick<Clock, 'now'>;
  readonly since?: Since;
  /** Also fetch every picture. */
  readonly withBlobs?: boolean;
};

/** With one of these, part of the repository is missing, and the rest would be judged unfairly. */
const INCOMPLETE: readonly FindingCode[] = [
  'car-malformed',
  'car-truncated',
  'commit-malformed',
  'tree-missing',
  'tree-damaged',
  'tree-malformed',
  'record-missing',
  'record-damaged',
];

/** Audits a city; the report says what is broken. Throws an `AuditError` when that could not be done. */
export async function audit(where: Where, options: AuditOptions): Promise<Report> {
  return await auditOpened(await openRepository(where, options), options);
}

/** As `audit`, of a repository that is open already. */
export async function auditOpened(opened: Opened, options: AuditOptions): Promise<Report> {
  const { progress = () => {}, clock } = options;
  const { repository, findings, identity, isSigned } = opened;
  const notes = createFindings<string>();
  const note = notes.add;
  const { counts } = findings.all();
  const isComplete = INCOMPLETE.every((code) => counts[code] === undefined);
  const context: Context = {
    repository,
    findings,
    note,
    unknownFields: { count: 0 },
    looked: { count: 0 },
    progress: (done) => progress('records', done, repository.count),
  };
  if (isComplete && !isCity(repository) && findings.count() === 0) {
    throw new AuditError(`There is no city here: ${repository.did} has no record of one.`);
  }
  const proved = isComplete && isCity(repository) ? prove(context, options) : undefined;
  const posts =
    proved === undefined ? null : await lookOutside(opened, { work: proved.work, note }, options);
  const { since } = options;
  const changes =
    isComplete && since !== undefined ? await changesSince(since, opened, options) : null;

  return {
    version: 1,
    ok: findings.count() === 0,
    first: findings.all().list[0] ?? null,
    did: repository.did,
    handle: identity?.handle ?? null,
    pds: identity?.pds ?? null,
    rev: repository.rev,
    commit: repository.commit,
    head: isComplete ? headOf(repository) : null,
    signature: isSigned === undefined ? 'unchecked' : isSigned ? 'verified' : 'invalid',
    complete: isComplete,
    checkedAt: isoTime(clock.now()),
    city: proved?.city ?? null,
    ...countRecords(repository),
    unknownFields: context.unknownFields.count,
    posts,
    totals: proved === undefined ? [] : totalsOf(proved.ledger),
    ...(proved === undefined
      ? { issuers: [], redeemers: [], epochs: [] }
      : partnersOf(context, proved)),
    findings: findings.all(),
    notes: notes.all(),
    since: changes,
  };
}

const isCity = (repository: Repository): boolean =>
  CIVIC.some((kind) => keysOfKind(repository, kind).rkeys.length > 0);

/** Looks at every record, kind by kind: first at those that others rest on. */
function prove(context: Context, options: AuditOptions) {
  const { city, admins } = lookAtCity(context);
  const partners = lookAtPartners(context);
  const authority = createAuthority(context, { admins, partners });
  const epochs = lookAtEpochs(context);
  checkCaps(context, epochs, authority);
  const work = lookAtWork(context, { withBlobs: options.withBlobs === true, authority });
  checkReviewers(context, work, authority);
  const offers = lookAtOffers(context, authority);
  const issues = createIssues(context, { work, epochs, partners, authority });
  const ledger = replay(context, { partners, offers, issued: issues.check, authority });
  issues.finish();
  const honored = lookAtRedemptions(context, ledger, authority);
  lookAtActivities(context, work, issues);
  checkEvaluations(context, work, issues);
  lookAtProjects(context);
  for (const kind of ['measurement', 'profile', 'organization'] as const) {
    lookAt(context, kind, () => {});
  }
  return { city, partners, epochs, work, ledger, issues, honored };
}

/** Looks into other repositories and on the server: at posts, and at pictures when asked for. */
async function lookOutside(
  { findings, identity, repository: { did } }: Opened,
  { work, note }: { readonly work: Work; readonly note: Context['note'] },
  options: AuditOptions,
): Promise<Report['posts']> {
  const { progress = () => {} } = options;
  const total = work.posts.length;
  if (options.isOffline === true) {
    for (const { uri, post } of work.posts) {
      note('post-unreachable', uri, `${post.uri} was not checked: nobody was asked.`);
    }
    if (options.withBlobs === true) throw new AuditError('Pictures cannot be fetched offline.');
    return { total, unchecked: total };
  }
  const unchecked = await checkPosts(work.posts, options, {
    findings,
    note,
    progress: (done) => progress('posts', done, total),
  });
  if (options.withBlobs !== true) return { total, unchecked };
  const pds = identity?.pds;
  if (pds === undefined) throw new AuditError(`The identity of ${did} names no server.`);
  await checkBlobs(work.blobs, { did, pds }, options, {
    findings,
    progress: (done) => progress('blobs', done, work.blobs.length),
  });
  return { total, unchecked };
}
