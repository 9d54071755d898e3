/**
 * Fills a new database from the public record of an old one. Rows come as plain values and name what
 * they refer to by public names; the numbers are looked up here. The ledger's triggers check every
 * transfer as they always do.
 */
import { sql } from 'drizzle-orm';
import { DAY_MS, HOUR_MS } from '../lib/clock.ts';
import { CITY_DID, RESTORED_AT } from './cursors.ts';
import type { Database } from './database.ts';
import { type OverRows, overRows, type Value } from './given-rows.ts';
import { NOBODY } from './nobody.ts';

/** The person who stands for everybody unknown: never public, and without an address. */
const SOMEBODY = 'somebody';

const id = (table: string, column: string, at: number): string =>
  `(select id from ${table} where ${column} = $${at})`;
const person = (at: number): string => id('persons', 'participant_id', at);
const SOMEBODY_ID = `(select id from persons where participant_id = '${SOMEBODY}')`;

/** Statements over rows of values, in the order in which they have to be called. */
const STATEMENTS = {
  /** seq, collection, rkey, cid, JSON, time (ms). */
  records: `insert into records
    (seq, collection, rkey, operation, cid, value, state, staged_at, published_at)
    select $0, $1, $2, 'create', $3, $4, 'published', $5, $5`,
  /** Participant id, language, time (ms) of their first record. Nobody is added twice. */
  persons: `insert or ignore into persons
    (participant_id, language, language_chosen, created_at) select $0, $1, 0, $2`,
  /** rkey, cid, kind, name, folded name, state, time (ms), onboarding, its reason. */
  partners: `insert into partners
      (rkey, cid, kind, name, folded, state, created_at, onboarding, onboarding_reason)
    select $0, $1, $2, $3, $4, $5, $6, $7, $8`,
  /** Partner (rkey), state, time (ms), who (participant id), reason. */
  standings: `insert into standings (partner_id, state, at, by, reason)
    select ${id('partners', 'rkey', 0)}, $1, $2, $3, $4`,
  /** Partner (rkey, or null for the city), participant id, role, since, until, ended, given by. */
  delegations: `insert or ignore into delegations
      (partner_id, person_id, role, created_at, expires_at, revoked_at, given_by)
    select ${id('partners', 'rkey', 0)}, ${person(1)}, $2, $3, $4, $5, $6`,
  /** rkey, cid, name, folded name, time (ms). */
  places: `insert into places (rkey, cid, name, folded, created_at)
    select $0, $1, $2, $3, $4`,
  /**
   * rkey, cid, number, issuer (rkey), title, place, credits, slots, start, end, state, created,
   * closed, location (rkey or null), post (address and version, or null), note, reason, area, without
   * a fixed time, changes, number of them, series (key or null), moved (ms or null).
   */
  tasks: `insert into tasks (rkey, cid, id, partner_id, title, place, credits, slots,
      starts_at, ends_at, state, created_by, created_at, closed_at, place_id, post_uri, post_cid,
      note, reason, area, is_any_time, changes, sequence, series_id, moved_at, next_at)
    select $0, $1, $2, ${id('partners', 'rkey', 3)}, $4, $5, $6, $7, $8, $9, $10,
      ${SOMEBODY_ID}, $11, $12, ${id('places', 'rkey', 13)}, $14, $15, $16, $17, $18, $19, $20, $21,
      ${id('series', 'key', 22)}, $23, case $10 when 'open' then 0 end`,
  /**
   * Key, issuer (rkey), title, place, credits, slots, note, minutes of its beginning and end, next date,
   * last date, time (ms). Of several dates the latest counts.
   */
  series: `insert into series (key, partner_id, created_by, title, place, credits, slots, note,
      start_minute, end_minute, next_day, last_day, created_at)
    select $0, ${id('partners', 'rkey', 1)}, ${SOMEBODY_ID}, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11
    from @rows where true order by given.key
    on conflict (key) do update set title = excluded.title, place = excluded.place,
      slots = excluded.slots, note = excluded.note, start_minute = excluded.start_minute,
      end_minute = excluded.end_minute, next_day = excluded.next_day, last_day = excluded.last_day
    where excluded.next_day > series.next_day`,
  /** Task (rkey), channel, id of the post. */
  announcements: `insert or ignore into announcements (channel, external_id, task_id)
    select $1, $2, ${id('tasks', 'rkey', 0)}`,
  /**
   * rkey, cid, redeemer (rkey), number, title, credits, per day, state, time (ms), price to come and
   * from when (ms).
   */
  offers: `insert into offers
    (rkey, cid, partner_id, id, title, credits, per_day, state, created_at, next_credits,
      next_credits_at)
    select $0, $1, ${id('partners', 'rkey', 2)}, $3, $4, $5, $6, $7, $8, $9, $10`,
  /** rkey, cid, task (rkey), participant id, state, time (ms), steps, guests, end of an offer (ms). */
  claims: `insert into claims
      (rkey, cid, task_id, person_id, state, created_at, steps, guests, offered_until, reminded)
    select $0, $1, ${id('tasks', 'rkey', 2)}, ${person(3)}, $4, $5, $6, $7, $8, 2`,
  /** rkey, cid, claim (rkey), text, time (ms), posts, version of the first. */
  evidence: `insert into evidence
      (id, rkey, cid, claim_id, partner_id, text, state, submitted_at, post_uri, post_cid)
    select (select number from temp.numbers where temp.numbers.rkey = $0), $0, $1,
      ${id('claims', 'rkey', 2)}, (select tasks.partner_id from claims
      join tasks on tasks.id = claims.task_id where claims.rkey = $2), $3, 'pending', $4, $5, $6`,
  /** CID, SHA-256 (hex), media type, size, number of the picture. */
  pictures: `insert into pictures
      (id, spool_key, state, cid, sha256, media_type, size_bytes)
    select $4, '', 'published', $0, $1, $2, $3`,
  /** Evidence (rkey), number of the picture. */
  evidencePictures: `insert into evidence_pictures (evidence_id, picture_id)
    select ${id('evidence', 'rkey', 0)}, $1`,
  /** rkey, cid, evidence (rkey), decision, reason code, note, time (ms), who (participant id or null). */
  reviews: `insert into reviews
      (rkey, cid, evidence_id, reviewer_id, decision, reason_code, note, at)
    select $0, $1, ${id('evidence', 'rkey', 2)}, coalesce((select persons.id from persons
      join temp.reviewers using (participant_id) where temp.reviewers.rkey = $0),
      ${person(7)}, ${SOMEBODY_ID}), $3, $4, $5, $6`,
  /** Name, kind, kind of credit; in the order in which they are first used. One that is there stays. */
  accounts: `insert or ignore into accounts (name, kind, credit_kind)
    select $0, $1, $2`,
  /**
   * Position, id (or null for an issue, and last of all the rkey of its review), kind, debit, credit,
   * kind of credit, amount, id of what it resolves, code, reference, time (µs), cid, previous cid.
   */
  transfers: `insert into transfers (position, id, kind, debit_account_id,
      credit_account_id, amount, resolves, code, reference, time_us, cid, previous_cid)
    select $0, coalesce($1, 'issue:' || (select evidence_id from reviews where rkey = $13),
        'issue:' || $13), $2,
      (select id from accounts where name = $3 and credit_kind = $5),
      (select id from accounts where name = $4 and credit_kind = $5),
      $6, $7, $8, $9, $10, $11, $12`,
  /** Number, offer (rkey), redeemer (rkey), participant id, credits, lookup, seed, day, time. */
  redemptions: `insert into redemptions (id, offer_id, partner_id, person_id, credits,
      state, code_lookup, code_seed, hold_id, day, created_at, expires_at)
    select $0, ${id('offers', 'rkey', 1)}, ${id('partners', 'rkey', 2)}, ${person(3)}, $4,
      'held', $5, $6, 'hold:' || $0, $7, $8, $8`,
  /** Number, state, time (ms). */
  resolutions:
    'update redemptions set state = $1, resolved_at = $2 from @rows where redemptions.id = $0',
  /**
   * Issuer (rkey, or null for the city), epoch, amount, issued, from which epoch it was carried over,
   * when it was decided (ms), by whom (participant id).
   */
  caps: `insert into caps (scope, epoch, amount, issued, carried_from, decided_at, decided_by)
    select case when $0 is null then 'city' else 'issuer:' || ${id('partners', 'rkey', 0)} end,
      $1, $2, $3, $4, $5, $6`,
  /** Task (rkey), part, rkey, cid, contributors, time (ms). */
  activities: `insert into activities
      (task_id, part, rkey, cid, contributors, created_at)
    select ${id('tasks', 'rkey', 0)}, $1, $2, $3, $4, $5`,
  /** Task (rkey), of how many decisions its evaluation tells. */
  evaluations: 'update tasks set evaluated = $1 from @rows where tasks.rkey = $0',
} as const;

/** States, slots taken, people verified and days of offers, which follow from the rows. */
const CONCLUSIONS = [
  `update evidence set state = reviews.decision from reviews
    where reviews.evidence_id = evidence.id`,
  `update claims set state = case evidence.state
      when 'approved' then 'verified' when 'rejected' then 'rejected' else 'submitted' end
    from evidence where evidence.claim_id = claims.id
      and claims.steps = '[]' and claims.state not in ('left', 'closed')`,
  // Whoever left with evidence that waited took it back.
  `update evidence set state = 'withdrawn' from claims
    where claims.id = evidence.claim_id and evidence.state = 'pending' and claims.state = 'left'`,
  `update tasks set
    taken = min(slots, (select coalesce(sum(1 + claims.guests), 0) from claims where claims.task_id = tasks.id
      and claims.state not in ('standby', 'left', 'lapsed', 'closed', 'called-off'))),
    reviewed = (select count(*) from reviews join evidence on evidence.id = reviews.evidence_id
      join claims on claims.id = evidence.claim_id where claims.task_id = tasks.id),
    verified = (select count(*) from claims where claims.task_id = tasks.id
      and claims.state = 'verified'),
    recorded = (select coalesce(sum(contributors), 0) from activities
      where activities.task_id = tasks.id)`,
  `insert into offer_days (offer_id, day, capacity, taken)
    select offers.id, redemptions.day,
      max(offers.per_day, sum(redemptions.state in ('held', 'honored'))),
      sum(redemptions.state in ('held', 'honored'))
    from redemptions join offers on offers.id = redemptions.offer_id
    where offers.per_day is not null group by offers.id, redemptions.day`,
  'drop table temp.reviewers',
  'drop table temp.numbers',
  'drop table temp.told',
  `delete from persons where participant_id = '${SOMEBODY}'
    and not exists (select 1 from tasks where created_by = persons.id)
    and not exists (select 1 from reviews where reviewer_id = persons.id)
    and not exists (select 1 from series where created_by = persons.id)`,
];

type Statements = { readonly [Name in keyof typeof STATEMENTS]: OverRows };

/** Takes the public record. `begin` comes before everything else, and `finish` at the end. */
export function publicRestore(db: Database) {
  const statements = Object.fromEntries(
    Object.entries(STATEMENTS).map(([name, text]) => [
      name,
      overRows(db, text.includes('@rows') ? text : `${text} from @rows order by given.key`),
    ]),
  ) as Statements;
  return {
    ...statements,
    /** `language` is for people whose own is unknown. */
    begin: (did: string, language: string): void => {
      db.run(sql`insert into cursors (name, value) values (${CITY_DID}, ${did})`);
      db.run(sql`insert into persons (participant_id, language, language_chosen, created_at)
        values (${SOMEBODY}, ${language}, 0, 0)`);
      // Reviews are final, and evidence keeps its number: these are known before.
      db.run(sql`create temp table reviewers (rkey text primary key, participant_id text)
        without rowid`);
      db.run(sql`create temp table numbers (rkey text primary key, number integer) without rowid`);
      db.run(sql`create temp table told (partner text)`);
    },
    /** From here on nobody is added to those who act for a partner, or the city, that tells of somebody. */
    endRoles: (): void => {
      db.run(sql`insert into temp.told select distinct partners.rkey
        from delegations left join partners on partners.id = partner_id`);
    },
    /** Whether a record of this key is there. */
    hasRecord: (collection: Value, rkey: Value): boolean =>
      db.get(sql`select 1 from records where collection = ${collection} and rkey = ${rkey}`) !==
      undefined,
    /** `at` is when it is restored (ms): nothing that was sent before it is answered. */
    finish: (at: number): void => {
      for (const text of CONCLUSIONS) db.run(sql.raw(text));
      // Reminders that are still to come are sent.
      db.run(sql`update claims set reminded = case when tasks.starts_at - ${at} > ${DAY_MS} then 0
        when tasks.starts_at - ${at} > ${2 * HOUR_MS} then 1 else 2 end
        from tasks where tasks.id = claims.task_id`);
      db.run(
        sql`insert or replace into cursors (name, value) values (${RESTORED_AT}, ${String(at)})`,
      );
    },
  };
}

export type PublicRestore = ReturnType<typeof publicRestore>;

/** Counts what a rebuilt database has, and what it lacks. */
export const restoredFacts = (db: Database): RestoredFacts =>
  db.get<RestoredFacts>(sql`select
    (select count(*) from persons
      where participant_id not in (${SOMEBODY}, ${NOBODY})) as people,
    (select count(distinct person_id) from identities where channel <> ${NOBODY}) as reachable,
    (select count(*) from unanswered) as unanswered,
    (select count(*) from forgotten) as forgotten,
    (select count(*) from identities where stopped_at is not null) as stopped,
    (select count(*) from consents) as consents,
    (select count(*) from delegations where revoked_at is null
      and exists (select 1 from identities where person_id = delegations.person_id)) as roles,
    (select count(*) from redemptions where state = 'held') as holds,
    (select count(*) from redemptions where state = 'held' and expires_at > created_at) as codes,
    (select count(*) from tasks where created_by = ${sql.raw(SOMEBODY_ID)}) as announcersUnknown,
    (select count(*) from reviews where reviewer_id = ${sql.raw(SOMEBODY_ID)}) as reviewersUnknown,
    (select count(*) from pictures where cid is not null and perceptual_hash is null)
      as looksUnknown,
    (select count(*) from pictures where state = 'uploaded') as photos`);

export type RestoredFacts = {
  readonly people: number;
  /** People with an address on some channel. */
  readonly reachable: number;
  /** Messages that waited when the backup was made, and digests of who was forgotten. */
  readonly unanswered: number;
  readonly forgotten: number;
  /** Addresses that said STOP. */
  readonly stopped: number;
  readonly consents: number;
  readonly roles: number;
  /** Credits on hold, and those of them whose code still works. */
  readonly holds: number;
  readonly codes: number;
  readonly announcersUnknown: number;
  readonly reviewersUnknown: number;
  /** Pictures that cannot be recognized by what they look like. */
  readonly looksUnknown: number;
  /** Photos that the PDS is yet to give out. */
  readonly photos: number;
};
