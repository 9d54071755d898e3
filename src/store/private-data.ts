/**
 * What the public record does not tell, read for a backup. Each row names what it belongs to by
 * public names (participant ids, record keys, CIDs), since a rebuilt database numbers anew.
 */
import { and, asc, eq, gt, isNotNull, type SQL, sql } from 'drizzle-orm';
import { alias } from 'drizzle-orm/sqlite-core';
import type { Database } from './database.ts';
import {
  announcements,
  codeFailures,
  consents,
  cursors,
  delegations,
  evidence,
  evidencePictures,
  identities,
  invites,
  partners,
  persons,
  pictures,
  records,
  redemptions,
  reviews,
  tasks,
  transfers,
} from './schema/index.ts';

const PAGE = 500;

const hex = (column: unknown): SQL<string> => sql<string>`hex(${column})`;

/** One query for each kind of private data; `at` is where the next page begins. */
function queriesOf(db: Database) {
  const operator = alias(persons, 'operator');
  return {
    persons: (after: number) =>
      db
        .select({
          at: persons.id,
          participantId: persons.participantId,
          language: persons.language,
          languageChosen: persons.languageChosen,
          joinedAt: persons.joinedAt,
          publicEvidenceAt: persons.publicEvidenceAt,
          publicDid: persons.publicDid,
          createdAt: persons.createdAt,
        })
        .from(persons)
        .where(gt(persons.id, after))
        .orderBy(asc(persons.id))
        .limit(PAGE)
        .all(),
    identities: (after: number) =>
      db
        .select({
          at: identities.id,
          participantId: persons.participantId,
          channel: identities.channel,
          lookup: identities.lookup,
          keyId: identities.keyId,
          ciphertext: hex(identities.ciphertext),
          stoppedAt: identities.stoppedAt,
          alertsAt: identities.alertsAt,
          unreachableAt: identities.unreachableAt,
          wayOutAt: identities.optOutHintAt,
          createdAt: identities.createdAt,
        })
        .from(identities)
        .innerJoin(persons, eq(persons.id, identities.personId))
        .where(gt(identities.id, after))
        .orderBy(asc(identities.id))
        .limit(PAGE)
        .all(),
    consents: (after: number) =>
      db
        .select({
          at: consents.id,
          channel: identities.channel,
          lookup: identities.lookup,
          kind: consents.kind,
          wording: consents.wording,
          agreedAt: consents.at,
        })
        .from(consents)
        .innerJoin(identities, eq(identities.id, consents.identityId))
        .where(gt(consents.id, after))
        .orderBy(asc(consents.id))
        .limit(PAGE)
        .all(),
    delegations: (after: number) =>
      db
        .select({
          at: delegations.id,
          participantId: persons.participantId,
          partner: partners.rkey,
          role: delegations.role,
          createdAt: delegations.createdAt,
          expiresAt: delegations.expiresAt,
          revokedAt: delegations.revokedAt,
        })
        .from(delegations)
        .innerJoin(persons, eq(persons.id, delegations.personId))
        .leftJoin(partners, eq(partners.id, delegations.partnerId))
        .where(gt(delegations.id, after))
        .orderBy(asc(delegations.id))
        .limit(PAGE)
        .all(),
    invites: (after: number) =>
      db
        .select({
          at: invites.id,
          lookup: invites.lookup,
          role: invites.role,
          partner: partners.rkey,
          createdAt: invites.createdAt,
          expiresAt: invites.expiresAt,
          usedAt: invites.usedAt,
          usedBy: persons.participantId,
        })
        .from(invites)
        .leftJoin(partners, eq(partners.id, invites.partnerId))
        .leftJoin(persons, eq(persons.id, invites.usedBy))
        .where(gt(invites.id, after))
        .orderBy(asc(invites.id))
        .limit(PAGE)
        .all(),
    codes: (after: number) =>
      db
        .select({
          at: redemptions.id,
          number: redemptions.id,
          /** The CID of the transfer that holds the credits. */
          hold: transfers.cid,
          state: redemptions.state,
          codeLookup: redemptions.codeLookup,
          codeSeed: redemptions.codeSeed,
          day: redemptions.day,
          createdAt: redemptions.createdAt,
          expiresAt: redemptions.expiresAt,
          resolvedAt: redemptions.resolvedAt,
          honoredBy: operator.participantId,
        })
        .from(redemptions)
        .innerJoin(transfers, eq(transfers.id, redemptions.holdId))
        .leftJoin(operator, eq(operator.id, redemptions.honoredBy))
        .where(gt(redemptions.id, after))
        .orderBy(asc(redemptions.id))
        .limit(PAGE)
        .all(),
    codeFailures: (after: number) =>
      db
        .select({
          at: codeFailures.id,
          participantId: persons.participantId,
          failedAt: codeFailures.at,
        })
        .from(codeFailures)
        .innerJoin(persons, eq(persons.id, codeFailures.personId))
        .where(gt(codeFailures.id, after))
        .orderBy(asc(codeFailures.id))
        .limit(PAGE)
        .all(),
    announcers: (after: number) =>
      db
        .select({
          at: tasks.id,
          task: tasks.rkey,
          participantId: persons.participantId,
          closedAt: tasks.closedAt,
        })
        .from(tasks)
        .innerJoin(persons, eq(persons.id, tasks.createdBy))
        .where(gt(tasks.id, after))
        .orderBy(asc(tasks.id))
        .limit(PAGE)
        .all(),
    reviewers: (after: number) =>
      db
        .select({
          at: reviews.id,
          review: reviews.rkey,
          participantId: persons.participantId,
        })
        .from(reviews)
        .innerJoin(persons, eq(persons.id, reviews.reviewerId))
        .where(gt(reviews.id, after))
        .orderBy(asc(reviews.id))
        .limit(PAGE)
        .all(),
    /** A record that was never published leaves a gap in the numbers. */
    evidenceNumbers: (after: number) =>
      db
        .select({ at: evidence.id, evidence: evidence.rkey, number: evidence.id })
        .from(evidence)
        .where(gt(evidence.id, after))
        .orderBy(asc(evidence.id))
        .limit(PAGE)
        .all(),
    announcements: (after: number) =>
      db
        .select({
          at: sql<number>`${announcements}.rowid`,
          channel: announcements.channel,
          externalId: announcements.externalId,
          task: tasks.rkey,
          shown: announcements.shown,
        })
        .from(announcements)
        .innerJoin(tasks, eq(tasks.id, announcements.taskId))
        .where(sql`${announcements}.rowid > ${after}`)
        .orderBy(sql`${announcements}.rowid`)
        .limit(PAGE)
        .all(),
    looks: (after: number) =>
      db
        .select({
          at: pictures.id,
          cid: sql<string>`${pictures.cid}`,
          width: pictures.width,
          height: pictures.height,
          perceptualHash: pictures.perceptualHash,
        })
        .from(pictures)
        .where(
          and(
            gt(pictures.id, after),
            isNotNull(pictures.cid),
            sql`exists (select 1 from ${evidencePictures} where picture_id = ${pictures.id})`,
          ),
        )
        .orderBy(asc(pictures.id))
        .limit(PAGE)
        .all(),
    cursors: (after: number) =>
      db
        .select({
          at: sql<number>`${cursors}.rowid`,
          name: cursors.name,
          value: cursors.value,
        })
        .from(cursors)
        .where(sql`${cursors}.rowid > ${after}`)
        .orderBy(sql`${cursors}.rowid`)
        .limit(PAGE)
        .all(),
    /** Records that were not in the repository yet: by their keys one can tell if they ever were. */
    unpublished: (after: number) =>
      db
        .select({
          at: records.seq,
          collection: records.collection,
          rkey: records.rkey,
          cid: records.cid,
          hasPictures: sql<number>`instr(${records.value}, '"$type":"blob"') > 0`,
        })
        .from(records)
        .where(and(sql`${records.state} = 'staged'`, gt(records.seq, after)))
        .orderBy(asc(records.seq))
        .limit(PAGE)
        .all(),
  };
}

type Queries = ReturnType<typeof queriesOf>;
export type PrivateKind = keyof Queries;
/** The rows of each kind, as a backup has them. */
type PrivateRows = {
  readonly [K in PrivateKind]: readonly Omit<ReturnType<Queries[K]>[number], 'at'>[];
};
/** Some rows of one kind, one after the other. */
export type PrivatePage = {
  readonly [K in PrivateKind]: { readonly kind: K; readonly rows: PrivateRows[K] };
}[PrivateKind];

/**
 * In this order a backup has them, and a rebuilt database takes them: first what can stand without
 * the public record, then what is about records.
 */
const KINDS = {
  alone: [
    'persons',
    'identities',
    'consents',
    'codeFailures',
    'reviewers',
    'evidenceNumbers',
    'cursors',
  ],
  aboutRecords: [
    'delegations',
    'invites',
    'codes',
    'announcers',
    'announcements',
    'looks',
    'unpublished',
  ],
} as const satisfies Readonly<Record<string, readonly PrivateKind[]>>;

/** What a backup tells of these can only be put in once the public record is. */
export const isAboutRecords = (kind: PrivateKind): boolean =>
  (KINDS.aboutRecords as readonly PrivateKind[]).includes(kind);

/** All private data of a database, a page at a time. Give it one that stands still: a snapshot. */
export function* privatePages(db: Database): Generator<PrivatePage> {
  const queries = queriesOf(db);
  for (const kind of [...KINDS.alone, ...KINDS.aboutRecords]) {
    let after = 0;
    for (;;) {
      const found = queries[kind](after);
      const last = found.at(-1);
      if (last === undefined) break;
      yield { kind, rows: found.map(({ at: _at, ...row }) => row) } as unknown as PrivatePage;
      after = last.at;
    }
  }
}
