// What a city's database says, table by table, with the names that stay when it is rebuilt instead
// of the numbers that do not.
import { sql } from 'drizzle-orm';
import type { Database } from '../../src/store/database.ts';

/** What the public record has to bring back. Numbers that people say are compared as they are. */
const PUBLIC = {
  partners: `select rkey, cid, kind, name, folded, state, created_at from partners order by id`,
  places: `select rkey, cid, name, folded, created_at from places order by id`,
  tasks: `select tasks.id, partners.rkey as issuer, title, place, credits, slots, taken, starts_at,
    ends_at, tasks.state, tasks.created_at, closed_at, tasks.rkey, tasks.cid, verified, recorded,
    places.rkey as location, post_uri, post_cid
    from tasks join partners on partners.id = partner_id left join places on places.id = place_id
    order by tasks.id`,
  claims: `select claims.rkey, claims.cid, task_id, participant_id, state, claims.created_at
    from claims join persons on persons.id = person_id order by claims.id`,
  evidence: `select evidence.id, claims.rkey as claim, partners.rkey as issuer, text,
    evidence.state, submitted_at, evidence.rkey, evidence.cid, post_uri, post_cid
    from evidence join claims on claims.id = claim_id
    join partners on partners.id = evidence.partner_id order by evidence.id`,
  pictures: `select evidence_id, cid, sha256, media_type, size_bytes
    from evidence_pictures join pictures on pictures.id = picture_id
    order by evidence_id, picture_id`,
  reviews: `select evidence_id, decision, reason_code, note, at, rkey, cid from reviews order by id`,
  caps: `select coalesce(partners.rkey, scope) as scope, epoch, amount, issued,
      carried_from, decided_at, decided_by
    from caps left join partners on scope = 'issuer:' || partners.id order by 2, 1`,
  offers: `select offers.id, partners.rkey as redeemer, title, credits, per_day, offers.state,
    offers.created_at, offers.rkey, offers.cid
    from offers join partners on partners.id = partner_id order by offers.id`,
  standings: `select partners.rkey as partner, standings.state, at, by, reason from standings
    join partners on partners.id = partner_id order by partners.rkey, standings.id`,
  offerDays: `select offer_id, day, capacity, taken from offer_days order by 1, 2`,
  redemptions: `select redemptions.id, offer_id, partners.rkey as redeemer, participant_id, credits,
    case redemptions.state when 'expired' then 'released' else redemptions.state end as state,
    hold_id, day from redemptions join partners on partners.id = partner_id
    join persons on persons.id = person_id order by redemptions.id`,
  accounts: `select * from accounts order by id`,
  transfers: `select * from transfers order by position`,
  activities: `select * from activities order by task_id, part`,
  records: `select collection, rkey, cid from records as one where seq = (select max(seq)
    from records as other where other.collection = one.collection and other.rkey = one.rkey)
    order by 1, 2`,
} as const;

/** What only a backup can bring back. */
const PRIVATE = {
  persons: `select participant_id, language, language_chosen, public_evidence_at, public_did, notice_channel, created_at
    from persons where participant_id <> 'nobody' order by participant_id`,
  identities: `select channel, lookup, key_id, hex(ciphertext) as ciphertext, participant_id,
    stopped_at, alerts_at, unreachable_at, way_out_at, identities.created_at from identities join persons on persons.id = person_id
    where channel <> 'nobody' order by identities.id`,
  consents: `select channel, lookup, kind, wording, at from consents
    join identities on identities.id = identity_id order by consents.id`,
  delegations: `select participant_id, partners.rkey as partner, role, delegations.created_at,
    expires_at, revoked_at from delegations join persons on persons.id = person_id
    left join partners on partners.id = partner_id
    order by delegations.created_at, participant_id, partners.rkey`,
  /** An open one is void once the city is made again. */
  invites: `select lookup, role, partners.rkey as partner, invites.created_at, expires_at, used_at,
    participant_id as used_by from invites left join partners on partners.id = partner_id
    left join persons on persons.id = used_by where used_at is not null order by invites.id`,
  codes: `select redemptions.id, state, code_lookup, code_seed, redemptions.created_at, expires_at,
    resolved_at, participant_id as honored_by
    from redemptions left join persons on persons.id = honored_by order by redemptions.id`,
  codeFailures: `select participant_id, at from code_failures
    join persons on persons.id = person_id order by code_failures.id`,
  announcers: `select tasks.id, participant_id from tasks join persons on persons.id = created_by
    order by tasks.id`,
  reviewers: `select evidence_id, participant_id from reviews
    join persons on persons.id = reviewer_id order by evidence_id`,
  announcements: `select channel, external_id, task_id, shown from announcements order by 1, 2`,
  looks: `select evidence_id, width, height, perceptual_hash from evidence_pictures
    join pictures on pictures.id = picture_id order by evidence_id, picture_id`,
  bands: `select evidence_id, band, value from evidence_pictures
    join picture_bands using (picture_id) order by evidence_id, picture_id, band`,
  cursors: `select name, value from cursors
    where name not in ('city-did', 'restored-at', 'answering-since') order by name`,
} as const;

type Rows = readonly Readonly<Record<string, unknown>>[];
type Tables<T> = { readonly [K in keyof T]: Rows };

const read = <T extends Readonly<Record<string, string>>>(
  db: Pick<Database, 'all'>,
  queries: T,
): Tables<T> =>
  Object.fromEntries(
    Object.entries(queries).map(([name, query]) => [name, db.all(sql.raw(query))]),
  ) as unknown as Tables<T>;

export const publicTables = (db: Pick<Database, 'all'>) => read(db, PUBLIC);
export const privateTables = (db: Pick<Database, 'all'>) => read(db, PRIVATE);
