/** All that is kept about one person, for that person. */
import { eq, sql } from 'drizzle-orm';
import type { Database } from './database.ts';
import { dataLinks } from './schema/index.ts';
import { get, given, placeholders, run } from './statements.ts';

/** A row as it is shown to the person: names of things, words, numbers and times (ms). */
export type ShownRow = Readonly<Record<string, string | number | null>>;

/** Whose the rows of a phone are that two share, nobody can tell: those are shown to neither. */
const ofTheirs = `in (select id from identities where person_id = $id
  and id not in (select identity_id from shared_phones))`;
const theirClaims = 'claims.person_id = $id';

/** The parts, each with the statement that reads it. Times end in `At`. */
const PARTS = {
  agreements: `select consents.kind, identities.channel, at as agreedAt, wording from consents
    join identities on identities.id = identity_id where identity_id ${ofTheirs} order by consents.id`,
  roles: `select role, coalesce(partners.name, 'city') as actsFor, delegations.created_at as sinceAt,
    expires_at as endsAt, revoked_at as revokedAt from delegations
    left join partners on partners.id = partner_id where person_id = $id order by delegations.id`,
  invitations: `select role, used_at as usedAt from invites where used_by = $id order by id`,
  tasks: `select tasks.id as task, tasks.title, claims.state, claims.created_at as joinedAt from claims
    join tasks on tasks.id = task_id where ${theirClaims} order by claims.id`,
  evidence: `select evidence.id as evidence, text, evidence.state, submitted_at as sentAt from evidence
    join claims on claims.id = claim_id where ${theirClaims} order by evidence.id`,
  reviews: `select evidence_id as evidence, decision, note, at as decidedAt from reviews
    where reviewer_id = $id order by id`,
  announced: `select id as task, title, created_at as announcedAt from tasks where created_by = $id
    order by id`,
  codes: `select offers.title, redemptions.credits, redemptions.state,
    redemptions.created_at as madeAt, redemptions.expires_at as expiresAt from redemptions
    join offers on offers.id = offer_id where redemptions.person_id = $id order by redemptions.id`,
  received: `select channel, state, coalesce(sent_at, received_at) as sentAt,
    json_extract(payload, '$.text') as words from inbox where identity_id ${ofTheirs} order by id`,
  sent: `select channel, kind, state, created_at as madeAt,
    json_extract(body, '$.text') as words from outbox where identity_id ${ofTheirs} order by id`,
  photos: `select state, width, height, added_at as addedAt from pictures
    where identity_id ${ofTheirs} order by id`,
  questions: `select command, step, expires_at as endsAt from sessions where identity_id ${ofTheirs}`,
  proofs: `select is_public as isPublic, created_at as madeAt from proofs where person_id = $id`,
  desk: `select channel, desk_sessions.created_at as openedAt, used_at as usedAt from desk_sessions
    join identities on identities.id = identity_id where desk_sessions.person_id = $id
    order by desk_sessions.id`,
  held: `select evidence_id as evidence, decision, due_at as dueAt from held_decisions
    where person_id = $id order by id`,
  recoveryCodes: `select created_at as madeAt from recovery_codes where person_id = $id`,
  moves: `select state, created_at as askedAt, due_at as dueAt, reason from moves
    where person_id = $id order by id`,
  alike: `select basis, times, verdict, reason, created_at as seenAt from account_pairs
    where $id in (person_id, other_id) order by id`,
  sharedPhones: `select channel, turn from shared_phones
    join identities on identities.id = identity_id where shared_phones.person_id = $id`,
  invited: `select role, created_at as invitedAt, used_at as usedAt from invites
    where invited_by = $id order by id`,
  guesses: `select at as wrongAt from code_failures where person_id = $id order by id`,
  limits: `select uses, ends_at as endsAt from budget_uses where subject = 'person:' || $id`,
} as const;

type DataPart = keyof typeof PARTS;
export const DATA_PARTS = Object.keys(PARTS) as readonly DataPart[];

export function myDataReads(db: Database) {
  return {
    /** The rows of one part of what is kept about a person. */
    part: (part: DataPart, personId: number): readonly ShownRow[] => {
      const texts = PARTS[part].split('$id');
      const query = sql.join(
        texts.map((text) => sql.raw(text)),
        sql`${personId}`,
      );
      return db.all<ShownRow>(query);
    },
  };
}

/** Links that show a person what is kept about them, written. */
export function myDataWrites(db: Database) {
  return {
    addLink: run(
      db.insert(dataLinks).values(placeholders('lookup', 'personId', 'expiresAt')),
      (link: typeof dataLinks.$inferSelect) => link,
    ),
    /** Ends the links of a person. */
    endLinks: run(
      db.delete(dataLinks).where(eq(dataLinks.personId, given('personId'))),
      (personId: number) => ({ personId }),
    ),
    /** Takes a link, which works once. */
    takeLink: get(
      db
        .delete(dataLinks)
        .where(eq(dataLinks.lookup, given('lookup')))
        .returning({ personId: dataLinks.personId, expiresAt: dataLinks.expiresAt }),
      (lookup: string) => ({ lookup }),
    ),
  };
}
