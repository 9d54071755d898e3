/**
 * Fills a new database from what is known of an old one, many rows to a statement. Rows come as
 * plain values and name what they refer to by public names; the numbers are looked up here. The
 * ledger's triggers check every transfer as they always do.
 */
import { sql } from 'drizzle-orm';
import { hashPieces } from '../lib/alike.ts';
import { CITY_DID } from './cursors.ts';
import type { Database } from './database.ts';
import type { PrivatePage } from './private-data.ts';

/** The person who stands where nobody knows any more who it was; never public, without address. */
const SOMEBODY = 'somebody';

type Value = string | number | null;

/** Inserts rows that are arrays of values: `$0` is the first value of a row. */
export type Insert = (rows: readonly (readonly Value[])[]) => void;

const GIVEN = /\$(\d+)/g;

/**
 * A statement over rows. One parameter holds any number of them: a Durable Object binds at most a
 * hundred, and each statement has its price.
 */
function over(db: Database, text: string): Insert {
  const [before = '', after = ''] = text
    .replace(GIVEN, (_found, at: string) => `(given.value ->> ${at})`)
    .split('@rows');
  return (rows) => {
    if (rows.length === 0) return;
    const given = sql`(select key, value from json_each(${JSON.stringify(rows)}))`;
    db.run(sql`${sql.raw(before)}${given} as given${sql.raw(after)}`);
  };
}

const id = (table: string, column: string, at: number): string =>
  `(select id from ${table} where ${column} = $${at})`;
const person = (at: number): string => id('persons', 'participant_id', at);
const SOMEBODY_ID = `(select id from persons where participant_id = '${SOMEBODY}')`;

/**
 * What the public record tells, in the order in which it has to be called. `finish` works out the
 * rest, after what a backup adds.
 */
export function publicRestore(db: Database) {
  const insert = (text: string) => over(db, `${text} from @rows order by given.key`);
  const run = (text: string): void => {
    db.run(sql.raw(text));
  };
  return {
    /** Before everything else. `language` is that of people whose own nobody knows. */
    begin: (did: string, language: string): void => {
      db.run(sql`insert into cursors (name, value) values (${CITY_DID}, ${did})`);
      db.run(sql`insert into persons (participant_id, language, language_chosen, created_at)
        values (${SOMEBODY}, ${language}, 0, 0)`);
      // Reviews are final, and evidence keeps its number: these are known before.
      run('create temp table reviewers (rkey text primary key, participant_id text) without rowid');
      run('create temp table numbers (rkey text primary key, number integer) without rowid');
    },
    /** Whether a record of this key is there. */
    hasRecord: (collection: string, rkey: string): boolean =>
      db.get(sql`select 1 from records where collection = ${collection} and rkey = ${rkey}`) !==
      undefined,
    /** seq, collection, rkey, cid, JSON, time (ms). */
    records: insert(`insert into records
      (seq, collection, rkey, operation, cid, value, state, staged_at, published_at)
      select $0, $1, $2, 'create', $3, $4, 'published', $5, $5`),
    /** Participant id, language, time (ms) of the first record of theirs. Who is there stays. */
    persons: insert(`insert or ignore into persons
      (participant_id, language, language_chosen, created_at) select $0, $1, 0, $2`),
    /** rkey, cid, kind, name, folded name, state, time (ms). */
    partners: insert(`insert into partners (rkey, cid, kind, name, folded, state, created_at)
      select $0, $1, $2, $3, $4, $5, $6`),
    /** rkey, cid, name, folded name, time (ms). */
    places: insert(`insert into places (rkey, cid, name, folded, created_at)
      select $0, $1, $2, $3, $4`),
    /**
     * rkey, cid, number, issuer (rkey), title, place, credits, slots, start, end, state, created,
     * closed, location (rkey or null), post (address and version, or null).
     */
    tasks: insert(`insert into tasks (rkey, cid, id, partner_id, title, place, credits, slots,
        starts_at, ends_at, state, created_by, created_at, closed_at, place_id, post_uri, post_cid)
      select $0, $1, $2, ${id('partners', 'rkey', 3)}, $4, $5, $6, $7, $8, $9, $10,
        ${SOMEBODY_ID}, $11, $12, ${id('places', 'rkey', 13)}, $14, $15`),
    /** Task (rkey), channel, id of the post. */
    announcements: insert(`insert or ignore into announcements (channel, external_id, task_id)
      select $1, $2, ${id('tasks', 'rkey', 0)}`),
    /** rkey, cid, redeemer (rkey), number, title, credits, per day, state, time (ms). */
    offers: insert(`insert into offers
      (rkey, cid, partner_id, id, title, credits, per_day, state, created_at)
      select $0, $1, ${id('partners', 'rkey', 2)}, $3, $4, $5, $6, $7, $8`),
    /** rkey, cid, task (rkey), participant id, state, time (ms). */
    claims: insert(`insert into claims (rkey, cid, task_id, person_id, state, created_at)
      select $0, $1, ${id('tasks', 'rkey', 2)}, ${person(3)}, $4, $5`),
    /** rkey, cid, claim (rkey), text, time (ms), posts, version of the first. */
    evidence: insert(`insert into evidence
        (id, rkey, cid, claim_id, partner_id, text, state, submitted_at, post_uri, post_cid)
      select (select number from temp.numbers where temp.numbers.rkey = $0), $0, $1,
        ${id('claims', 'rkey', 2)}, (select tasks.partner_id from claims
        join tasks on tasks.id = claims.task_id where claims.rkey = $2), $3, 'pending', $4, $5, $6`),
    /** CID, SHA-256 (hex), media type, size, number of the picture. */
    pictures: insert(`insert into pictures
        (id, spool_key, state, cid, sha256, media_type, size_bytes)
      select $4, '', 'published', $0, $1, $2, $3`),
    /** Evidence (rkey), number of the picture. */
    evidencePictures: insert(`insert into evidence_pictures (evidence_id, picture_id)
      select ${id('evidence', 'rkey', 0)}, $1`),
    /** rkey, cid, evidence (rkey), decision, reason code, note, time (ms). */
    reviews: insert(`insert into reviews
        (rkey, cid, evidence_id, reviewer_id, decision, reason_code, note, at)
      select $0, $1, ${id('evidence', 'rkey', 2)}, coalesce((select persons.id from persons
        join temp.reviewers using (participant_id) where temp.reviewers.rkey = $0),
        ${SOMEBODY_ID}), $3, $4, $5, $6`),
    /** Name, kind, kind of credit; in the order in which they are first used. Who is there stays. */
    accounts: insert(`insert or ignore into accounts (name, kind, credit_kind)
      select $0, $1, $2`),
    /**
     * Position, id (or null for an issue, and last of all the rkey of its review), kind, debit, credit,
     * kind of credit, amount, id of what it resolves, code, reference, time (µs), cid, previous cid.
     */
    transfers: insert(`insert into transfers (position, id, kind, debit_account_id,
        credit_account_id, amount, resolves, code, reference, time_us, cid, previous_cid)
      select $0, coalesce($1, 'issue:' || (select evidence_id from reviews where rkey = $13),
          'issue:' || $13), $2,
        (select id from accounts where name = $3 and credit_kind = $5),
        (select id from accounts where name = $4 and credit_kind = $5),
        $6, $7, $8, $9, $10, $11, $12`),
    /** Number, offer (rkey), redeemer (rkey), participant id, credits, lookup, seed, day, time. */
    redemptions: insert(`insert into redemptions (id, offer_id, partner_id, person_id, credits,
        state, code_lookup, code_seed, hold_id, day, created_at, expires_at)
      select $0, ${id('offers', 'rkey', 1)}, ${id('partners', 'rkey', 2)}, ${person(3)}, $4,
        'held', $5, $6, 'hold:' || $0, $7, $8, $8`),
    /** Number, state, time (ms). */
    resolutions: over(
      db,
      `update redemptions set state = $1, resolved_at = $2 from @rows where redemptions.id = $0`,
    ),
    /** Issuer (rkey, or null for the city), epoch, amount, issued. */
    caps: insert(`insert into caps (scope, epoch, amount, issued)
      select case when $0 is null then 'city' else 'issuer:' || ${id('partners', 'rkey', 0)} end,
        $1, $2, $3`),
    /** Task (rkey), part, rkey, cid, contributors, time (ms). */
    activities: insert(`insert into activities
        (task_id, part, rkey, cid, contributors, created_at)
      select ${id('tasks', 'rkey', 0)}, $1, $2, $3, $4, $5`),
    /** What follows from the rows: states, slots taken, people verified, days of offers. */
    finish: (): void => {
      run(`update evidence set state = reviews.decision from reviews
        where reviews.evidence_id = evidence.id`);
      run(`update claims set state = case evidence.state
          when 'approved' then 'verified' when 'rejected' then 'rejected' else 'submitted' end
        from evidence where evidence.claim_id = claims.id
          and claims.state not in ('dropped', 'closed')`);
      run(`update tasks set
        taken = min(slots, (select count(*) from claims where claims.task_id = tasks.id
          and claims.state in ('active', 'submitted', 'verified', 'rejected'))),
        verified = (select count(*) from claims where claims.task_id = tasks.id
          and claims.state = 'verified'),
        recorded = (select coalesce(sum(contributors), 0) from activities
          where activities.task_id = tasks.id)`);
      run(`insert into offer_days (offer_id, day, capacity, taken)
        select offers.id, redemptions.day,
          max(offers.per_day, sum(redemptions.state in ('held', 'honored'))),
          sum(redemptions.state in ('held', 'honored'))
        from redemptions join offers on offers.id = redemptions.offer_id
        where offers.per_day is not null group by offers.id, redemptions.day`);
      run('drop table temp.reviewers');
      run('drop table temp.numbers');
      run(`delete from persons where participant_id = '${SOMEBODY}'
        and not exists (select 1 from tasks where created_by = persons.id)
        and not exists (select 1 from reviews where reviewer_id = persons.id)`);
    },
  };
}

/** The pieces by which pictures that look alike are found: CID, place of the piece, its value. */
const bandsOf = (cid: string, hash: string | null): [string, number, number][] =>
  hash === null ? [] : hashPieces(hash).map((value, band) => [cid, band, value]);

/**
 * Takes the pages of a backup. Nobody is taken to have agreed to messages: who said STOP after the
 * backup was made must not get any, so everybody is asked again when they next write; only then are
 * those told of new tasks who had asked for it. Questions
 * that were open are not in a backup: they name messages by numbers that begin again.
 */
export function privateRestore(db: Database): (page: PrivatePage) => void {
  const insert = (text: string) => over(db, `${text} from @rows order by given.key`);
  const identity = '(select id from identities where channel = $0 and lookup = $1)';
  const isKnown = (table: string, at: number): string =>
    `($${at} is null or exists (select 1 from ${table} where rkey = $${at}))`;
  const addPersons = over(
    db,
    `insert into persons
      (participant_id, language, language_chosen, public_evidence_at, public_did, created_at)
      select $0, $1, $2, $3, $4, $5 from @rows where true order by given.key
      on conflict (participant_id) do update set language = excluded.language,
        language_chosen = excluded.language_chosen, created_at = excluded.created_at,
        public_evidence_at = excluded.public_evidence_at, public_did = excluded.public_did`,
  );
  const addIdentities = insert(`insert into identities
    (channel, lookup, key_id, ciphertext, person_id, stopped_at, alerts_at, unreachable_at,
      way_out_at, created_at)
    select $0, $1, $2, unhex($3), ${person(4)}, $5, $6, $7, $8, $9`);
  const addConsents = insert(`insert into consents (identity_id, kind, wording, at)
    select ${identity}, $2, $3, $4`);
  const addFailures = insert(`insert into code_failures (person_id, at) select ${person(0)}, $1`);
  const addReviewers = insert('insert into temp.reviewers (rkey, participant_id) select $0, $1');
  const addNumbers = insert('insert into temp.numbers (rkey, number) select $0, $1');
  const addCursors = insert('insert or replace into cursors (name, value) select $0, $1');
  const addDelegations = over(
    db,
    `insert or ignore into delegations
      (person_id, partner_id, role, created_at, expires_at, revoked_at)
      select ${person(0)}, ${id('partners', 'rkey', 1)}, $2, $3, $4, $5 from @rows
      where ${isKnown('partners', 1)} order by given.key`,
  );
  const addInvites = over(
    db,
    `insert into invites (lookup, role, partner_id, created_at, expires_at, used_at, used_by)
      select $0, $1, ${id('partners', 'rkey', 2)}, $3, $4, $5, ${person(6)} from @rows
      where ${isKnown('partners', 2)} order by given.key`,
  );
  // A code is live again only if the backup and the public record both say that it is. The public
  // record does not tell a code that was given back from one that expired; the backup does.
  const addCodes = over(
    db,
    `update redemptions set code_lookup = $3, code_seed = $4, day = $5, created_at = $6,
      expires_at = $7, honored_by = ${person(9)},
      resolved_at = case redemptions.state when 'held' then null
        else coalesce($8, redemptions.resolved_at) end,
      state = case when redemptions.state = 'released' and $2 = 'expired' then 'expired'
        else redemptions.state end
      from @rows
      where redemptions.id = $0 and (redemptions.state <> 'held' or $2 = 'held')
        and exists (select 1 from transfers where id = redemptions.hold_id and cid = $1)`,
  );
  const setAnnouncers = over(
    db,
    `update tasks set created_by = ${person(1)},
      closed_at = case state when 'closed' then coalesce($2, closed_at) end
      from @rows where tasks.rkey = $0`,
  );
  const addAnnouncements = over(
    db,
    `insert into announcements (channel, external_id, task_id, shown)
      select $0, $1, ${id('tasks', 'rkey', 2)}, $3 from @rows
      where ${isKnown('tasks', 2)} order by given.key
      on conflict (channel, external_id) do update set shown = excluded.shown`,
  );
  const setLooks = over(
    db,
    `update pictures set width = $1, height = $2, perceptual_hash = $3
      from @rows where pictures.cid = $0`,
  );
  const addBands = over(
    db,
    `insert or ignore into picture_bands (picture_id, band, value)
      select pictures.id, $1, $2 from @rows join pictures on pictures.cid = $0`,
  );
  return (page) => {
    switch (page.kind) {
      case 'persons':
        return addPersons(
          page.rows.map((row) => [
            row.participantId,
            row.language,
            row.languageChosen,
            row.publicEvidenceAt,
            // A backup that was made before there were these does not have them.
            row.publicDid ?? null,
            row.createdAt,
          ]),
        );
      case 'identities':
        return addIdentities(
          page.rows.map((row) => [
            row.channel,
            row.lookup,
            row.keyId,
            row.ciphertext,
            row.participantId,
            row.stoppedAt,
            row.alertsAt ?? null,
            row.unreachableAt ?? null,
            row.wayOutAt ?? null,
            row.createdAt,
          ]),
        );
      case 'consents':
        return addConsents(
          page.rows.map((row) => [row.channel, row.lookup, row.kind, row.wording, row.agreedAt]),
        );
      case 'codeFailures':
        return addFailures(page.rows.map((row) => [row.participantId, row.failedAt]));
      case 'reviewers':
        return addReviewers(page.rows.map((row) => [row.review, row.participantId]));
      case 'evidenceNumbers':
        return addNumbers(page.rows.map((row) => [row.evidence, row.number]));
      case 'cursors':
        return addCursors(page.rows.map((row) => [row.name, row.value]));
      case 'delegations':
        return addDelegations(
          page.rows.map((row) => [
            row.participantId,
            row.partner,
            row.role,
            row.createdAt,
            row.expiresAt,
            row.revokedAt,
          ]),
        );
      case 'invites':
        return addInvites(
          page.rows.map((row) => [
            row.lookup,
            row.role,
            row.partner,
            row.createdAt,
            row.expiresAt,
            row.usedAt,
            row.usedBy,
          ]),
        );
      case 'codes':
        return addCodes(
          page.rows.map((row) => [
            row.number,
            row.hold,
            row.state,
            row.codeLookup,
            row.codeSeed,
            row.day,
            row.createdAt,
            row.expiresAt,
            row.resolvedAt,
            row.honoredBy,
          ]),
        );
      case 'announcers':
        return setAnnouncers(page.rows.map((row) => [row.task, row.participantId, row.closedAt]));
      case 'announcements':
        return addAnnouncements(
          page.rows.map((row) => [row.channel, row.externalId, row.task, row.shown ?? null]),
        );
      case 'looks':
        setLooks(page.rows.map((row) => [row.cid, row.width, row.height, row.perceptualHash]));
        return addBands(page.rows.flatMap((row) => bandsOf(row.cid, row.perceptualHash)));
      case 'unpublished':
        return undefined;
    }
  };
}

export type PublicRestore = ReturnType<typeof publicRestore>;

/** What a rebuilt database has, and what it lacks. */
export const restoredFacts = (db: Database): RestoredFacts =>
  db.get<RestoredFacts>(sql`select
    (select count(*) from persons where participant_id <> ${SOMEBODY}) as people,
    (select count(distinct person_id) from identities) as reachable,
    (select count(*) from identities where stopped_at is not null) as stopped,
    (select count(*) from consents) as consents,
    (select count(*) from delegations where revoked_at is null) as roles,
    (select count(*) from invites where used_at is null) as invites,
    (select count(*) from redemptions where state = 'held') as holds,
    (select count(*) from redemptions where state = 'held' and expires_at > created_at) as codes,
    (select count(*) from tasks where created_by = ${sql.raw(SOMEBODY_ID)}) as announcersUnknown,
    (select count(*) from reviews where reviewer_id = ${sql.raw(SOMEBODY_ID)}) as reviewersUnknown,
    (select count(*) from pictures where cid is not null and perceptual_hash is null)
      as looksUnknown`);

export type RestoredFacts = {
  readonly people: number;
  /** People with an address on some channel. */
  readonly reachable: number;
  /** Addresses that said STOP. */
  readonly stopped: number;
  readonly consents: number;
  readonly roles: number;
  readonly invites: number;
  /** Credits on hold, and those of them whose code still works. */
  readonly holds: number;
  readonly codes: number;
  readonly announcersUnknown: number;
  readonly reviewersUnknown: number;
  /** Pictures that cannot be recognized by what they look like. */
  readonly looksUnknown: number;
};
