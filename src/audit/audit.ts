/**
 * Proves a city's public record from the outside: nothing here knows the program that wrote it, its
 * database or its keys. What it proves, rule by rule, is in `rules/`.
 */
import { type Clock, isoTime } from '../lib/clock.ts';
import { checkBlobs } from './blobs.ts';
import type { Bytes } from './bytes.ts';
import { isRecordCid } from './cids.ts';
import { type Opened, type OpenOptions, openRepository, type Where } from './fetch-repository.ts';
import { AuditError, type FindingCode, URI_MAX } from './findings.ts';
import { headOf, keysOfKind, parseHead } from './head.ts';
import { formerKeys } from './identity.ts';
import { CIVIC, KINDS, type Kind, kindOf, nsidOf } from './kinds.ts';
import { checkPosts } from './posts.ts';
import { cut, cutSentence } from './quote.ts';
import type { CreditTotals, EpochTotals, Report } from './report.ts';
import { NOWHERE, type Repository, uriOf } from './repository.ts';
import { lookAtActivities } from './rules/activities.ts';
import {
  COUNTRY,
  capKey,
  type Epoch,
  lookAtCity,
  lookAtEpochs,
  lookAtPartners,
  type Partner,
} from './rules/city.ts';
import { type Context, lookAt, type Note } from './rules/context.ts';
import { createIssues, type Issues } from './rules/issues.ts';
import { type Ledger, replay } from './rules/ledger.ts';
import { lookAtOffers, lookAtRedemptions } from './rules/redemptions.ts';
import { lookAtWork, type Work } from './rules/work.ts';
import { type Changes, compareWith, type Earlier } from './since.ts';

type AuditProgress = (
  step: 'fetch' | 'verify' | 'tree' | 'records' | 'posts' | 'blobs',
  done: number,
  total?: number,
) => void;

export type AuditOptions = Omit<OpenOptions, 'progress'> & {
  readonly clock: Clock;
  /** A head that was printed before, the CID of a transfer, or an earlier CAR. */
  readonly since?: string | { readonly car: Bytes };
  /** Also fetch every picture. */
  readonly withBlobs?: boolean;
  readonly progress?: AuditProgress;
};

/** How many notes are kept with their sentences; all are counted. */
const NOTES_KEPT = 1000;

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

/** Throws an `AuditError` when it could not be done; what is broken is in the report. */
export async function audit(where: Where, options: AuditOptions): Promise<Report> {
  const { progress = () => {} } = options;
  return await auditOpened(await openRepository(where, { ...options, progress }), options);
}

/** As `audit`, of a repository that is open already. */
export async function auditOpened(opened: Opened, options: AuditOptions): Promise<Report> {
  const { progress = () => {}, clock } = options;
  const { repository, findings, identity, isSigned } = opened;
  const notes: Note[] = [];
  let noteCount = 0;
  const noteCounts: Record<string, number> = {};
  const note = (code: string, uri: string, sentence: string): void => {
    noteCount += 1;
    noteCounts[code] = (noteCounts[code] ?? 0) + 1;
    if (notes.length < NOTES_KEPT) {
      notes.push({ code, uri: cut(uri, URI_MAX), sentence: cutSentence(sentence) });
    }
  };
  const isComplete = INCOMPLETE.every((code) => findings.counts()[code] === undefined);
  const context: Context = {
    repository,
    findings,
    note,
    country: COUNTRY,
    unknownFields: { count: 0 },
    looked: { count: 0 },
    progress: (done) => progress('records', done, repository.count),
  };
  if (isComplete && !isCity(repository) && findings.count() === 0) {
    throw new AuditError(`There is no city here: ${repository.did} has no record of one.`);
  }
  const proved = isComplete && isCity(repository) ? prove(context, options) : undefined;
  const posts = proved === undefined ? null : await lookOutside(proved.work, opened, options, note);
  const since = isComplete ? await changesSince(opened, options) : null;

  return {
    version: 1,
    ok: findings.count() === 0,
    first: findings.list()[0] ?? null,
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
    findings: { count: findings.count(), counts: findings.counts(), list: findings.list() },
    notes: { count: noteCount, counts: noteCounts, list: notes },
    since,
  };
}

const isCity = (repository: Repository): boolean =>
  CIVIC.some((kind) => keysOfKind(repository, kind).rkeys.length > 0);

type Proved = {
  readonly city: Report['city'];
  readonly partners: ReadonlyMap<number, Partner>;
  readonly epochs: readonly Epoch[];
  readonly work: Work;
  readonly ledger: Ledger;
  readonly issues: Issues;
  readonly honored: ReadonlyMap<number, number>;
};

/** Looks at every record, kind by kind: first what others rest on. */
function prove(context: Context, options: AuditOptions): Proved {
  const city = lookAtCity(context);
  const partners = lookAtPartners(context);
  const epochs = lookAtEpochs(context);
  const work = lookAtWork(context, { withBlobs: options.withBlobs === true });
  const offers = lookAtOffers(context);
  const issues = createIssues(context, work, epochs, partners);
  const ledger = replay(context, partners, offers, issues.check);
  issues.finish();
  const honored = lookAtRedemptions(context, ledger);
  lookAtActivities(context, work, issues);
  lookAt(context, 'event', () => {});
  lookAt(context, 'measurement', () => {});
  const known = city === undefined ? null : { name: city.name, operator: city.operator ?? null };
  return { city: known, partners, epochs, work, ledger, issues, honored };
}

/** What lies in other repositories and on the server: posts, and pictures when asked for. */
async function lookOutside(
  work: Work,
  { findings, identity, repository: { did } }: Opened,
  options: AuditOptions,
  note: Context['note'],
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

async function changesSince(now: Opened, options: AuditOptions): Promise<Changes | null> {
  const { since } = options;
  if (since === undefined) return null;
  const earlier: Earlier =
    typeof since === 'string' ? earlierOf(since) : await earlierRepository(since, now, options);
  return compareWith(now.repository, earlier, now.findings);
}

function earlierOf(text: string): Earlier {
  const head = parseHead(text);
  if (head !== undefined) return { head };
  if (isRecordCid(text)) return { cid: text };
  throw new AuditError('What comes after --since is neither a head, nor a CID, nor a .car file.');
}

/** An earlier CAR proves as much as its own signature, with a key of now or of then. */
async function earlierRepository(
  where: { readonly car: Bytes },
  now: Opened,
  options: AuditOptions,
): Promise<Earlier> {
  const { progress: _, ...rest } = options;
  const then = await openRepository(where, rest);
  const { did } = then.repository;
  const keys = then.isSigned === false ? await formerKeys(did, options) : [];
  const isOld = (await Promise.all(keys.map(then.isSignedWith))).includes(true);
  const faults = then.findings.list().filter(({ code }) => code !== 'signature' || !isOld);
  const [first] = faults;
  if (first !== undefined) {
    throw new AuditError(`The earlier file proves nothing: ${first.sentence} (${first.uri})`);
  }
  if (then.isSigned === undefined && now.isSigned !== undefined) {
    throw new AuditError('The signature of the earlier file could not be checked.');
  }
  return { repository: then.repository };
}

function countRecords(repository: Repository): Pick<Report, 'records' | 'otherRecords'> {
  const records: Partial<Record<Kind, number>> = {};
  const otherRecords: Record<string, number> = {};
  for (const kind of KINDS) {
    const { rkeys } = keysOfKind(repository, kind);
    if (rkeys.length > 0) records[kind] = rkeys.length;
  }
  for (const [collection, { rkeys }] of repository.collections) {
    if (kindOf(collection) === undefined) otherRecords[collection] = rkeys.length;
  }
  return { records, otherRecords };
}

/** The totals are what the accounts have; `issued` and the corrections are sums of transfers. */
function totalsOf({ book, totals }: Ledger): CreditTotals[] {
  const sums = new Map<
    string,
    { held: number; onHold: number; redeemed: number; expired: number }
  >();
  for (const { name, creditKind, posted, held } of book.accounts()) {
    const sum = sums.get(creditKind) ?? { held: 0, onHold: 0, redeemed: 0, expired: 0 };
    sums.set(creditKind, sum);
    if (name.startsWith('redeemed:')) sum.redeemed += posted;
    if (name === 'expired') sum.expired += posted;
    if (!name.startsWith('person:')) continue;
    sum.held += posted;
    sum.onHold += held;
  }
  return [...totals].map(([creditKind, { issued, adjustedIn, adjustedOut }]) => ({
    creditKind,
    issued,
    ...(sums.get(creditKind) ?? { held: 0, onHold: 0, redeemed: 0, expired: 0 }),
    adjusted: adjustedIn - adjustedOut,
    adjustedIn,
    adjustedOut,
  }));
}

function partnersOf(
  context: Context,
  { partners, epochs, issues, ledger, honored }: Proved,
): Pick<Report, 'issuers' | 'redeemers' | 'epochs'> {
  const { did } = context.repository;
  const issued = issues.issued();
  const epochsOf = (issuer: number): EpochTotals[] =>
    issued
      .filter((sum) => sum.issuer === issuer)
      .map(({ epoch, creditKind, amount }) => ({
        epoch: epochs[epoch]?.name ?? '',
        creditKind,
        issued: amount,
        cap: epochs[epoch]?.caps.get(capKey(creditKind, issuer)) ?? 0,
      }));
  const listed = [...partners].map(([at, { name, kind, rkey }]) => ({
    at,
    name,
    kind,
    uri: uriOf(did, nsidOf('partner'), rkey),
  }));
  return {
    issuers: listed
      .filter(({ kind }) => kind === 'issuer')
      .map(({ at, uri, name }) => ({ uri, name, epochs: epochsOf(at) })),
    redeemers: listed
      .filter(({ kind }) => kind === 'redeemer')
      .map(({ at, uri, name }) => ({
        uri,
        name,
        burned: [...ledger.totals.keys()].flatMap((creditKind) => {
          const amount = ledger.burned.get(`${at} ${creditKind}`);
          return amount === undefined ? [] : [{ creditKind, amount }];
        }),
        redemptions: honored.get(at) ?? 0,
      })),
    epochs: epochsOf(NOWHERE),
  };
}
