/**
 * Forgets a person: their addresses, what they said and agreed to, and what hangs on them. What is on
 * the public record stays, under a participant id that belongs to nobody.
 */
import { and, eq, gte, inArray, lte, sql } from 'drizzle-orm';
import type { Database } from './database.ts';
import { nobodyWrites } from './nobody.ts';
import {
  accountPairs,
  budgetUses,
  claims,
  codeFailures,
  consents,
  dataLinks,
  delegations,
  deskLinks,
  deskSessions,
  followUps,
  forgotten,
  heldDecisions,
  identities,
  invites,
  leaving,
  linkCodes,
  moves,
  persons,
  proofs,
  recoveryCodes,
  sessions,
  sharedPhones,
} from './schema/index.ts';
import { sentWrites } from './sent.ts';
import { all, get, given, p, placeholders, replacing, row, run } from './statements.ts';

/** Somebody who was forgotten: the digest of an address or a participant id, and when (ms). */
export type Forgotten = typeof forgotten.$inferSelect;

const isOfPerson = given('personId');
/** Not those of a phone that two share: it is the other one's from then on. */
const ofTheirs = sql`in (select id from identities where person_id = ${isOfPerson}
  and id not in (select identity_id from shared_phones))`;

/** Who was forgotten, and who is about to be, read. */
export function forgettingReads(db: Database) {
  return {
    /** When somebody was forgotten, by their digest, and whether they had said STOP. */
    get: get(
      db
        .select()
        .from(forgotten)
        .where(eq(forgotten.digest, given('digest'))),
      (digest: string) => ({ digest }),
    ),
    /** Who was forgotten at a time (ms) or after it, the first first. */
    since: all(
      db
        .select()
        .from(forgotten)
        .where(gte(forgotten.at, given('at')))
        .orderBy(forgotten.at),
      (at: number) => ({ at }),
    ),
    /** Addresses whose receipt is on its way. */
    leaving: all(db.select().from(leaving)),
    /** What is kept about a person that goes with them. */
    counts: row(
      db
        .select({
          addresses: sql<number>`(select count(*) from identities where id ${ofTheirs})`,
          messages: sql<number>`(select count(*) from inbox where identity_id ${ofTheirs})
            + (select count(*) from outbox where identity_id ${ofTheirs})`,
          agreements: sql<number>`(select count(*) from consents where identity_id ${ofTheirs})`,
          pictures: sql<number>`(select count(*) from pictures where identity_id ${ofTheirs}
            and state in ('remote', 'raw', 'clean')
            and not exists (select 1 from evidence_pictures where picture_id = pictures.id))`,
        })
        .from(persons)
        .where(eq(persons.id, isOfPerson)),
      (personId: number) => ({ personId }),
    ),
    /** A person's work that is under way: joined, waiting for a spot, or for a review. */
    openClaims: all(
      db
        .select()
        .from(claims)
        .where(
          and(
            eq(claims.personId, isOfPerson),
            inArray(claims.state, [
              ...['joined', 'confirmed', 'standby', 'offered', 'checked-in', 'submitted'],
            ] as const),
          ),
        ),
      (personId: number) => ({ personId }),
    ),
  };
}

/** Who was forgotten, written. */
export function forgettingWrites(db: Database) {
  const { forgetTo } = sentWrites(db);
  const { hand } = nobodyWrites(db);
  const isThis = given('identityId');
  const ofIdentity = [
    ...[consents, sessions, followUps, leaving, sharedPhones].map((table) =>
      db.delete(table).where(eq(table.identityId, isThis)),
    ),
    ...[deskLinks, deskSessions, heldDecisions].map((table) =>
      db.delete(table).where(eq(table.identityId, isThis)),
    ),
    db.delete(linkCodes).where(sql`${isThis} in (${linkCodes.identityId}, ${linkCodes.askerId})`),
    db.delete(moves).where(sql`${isThis} in (${moves.identityId}, ${moves.oldIdentityId})`),
  ].map((step) => run(step, (identityId: number) => ({ identityId })));
  const removeIdentity = run(
    db.delete(identities).where(eq(identities.id, given('identityId'))),
    (identityId: number) => ({ identityId }),
  );
  return {
    ...personWrites(db),
    ...nobodyWrites(db),
    /** Remembers that somebody was forgotten, and whether STOP holds: the last time counts. */
    add: run(
      db
        .insert(forgotten)
        .values(placeholders('digest', 'at', 'stoppedAt'))
        .onConflictDoUpdate({
          target: forgotten.digest,
          set: replacing(forgotten, 'at', 'stoppedAt'),
        }),
      (one: Forgotten) => one,
    ),
    addLeaving: run(
      db.insert(leaving).values(placeholders('identityId', 'personId', 'inboxId', 'at')),
      (one: typeof leaving.$inferSelect) => one,
    ),
    endLeaving: run(
      db.delete(leaving).where(eq(leaving.identityId, given('identityId'))),
      (identityId: number) => ({ identityId }),
    ),
    /** What an address said and was told, and what it agreed to. */
    emptyIdentity: (identityId: number): void => {
      for (const remove of ofIdentity) remove(identityId);
      forgetTo(identityId);
    },
    /** Removes an address with all that hangs on it; its messages are nobody's then. */
    removeIdentity: (identityId: number, messages: Parameters<typeof hand>[1]): void => {
      for (const remove of ofIdentity) remove(identityId);
      forgetTo(identityId);
      hand(identityId, messages);
      removeIdentity(identityId);
    },
  };
}

const usesOf = (db: Database) =>
  db.delete(budgetUses).where(sql`${budgetUses.subject} = 'person:' || ${isOfPerson}`);

function personWrites(db: Database) {
  const values = (personId: number) => ({ personId });
  const removePerson = run(db.delete(persons).where(eq(persons.id, isOfPerson)), values);
  const steps = [
    ...[codeFailures, linkCodes, dataLinks, proofs, recoveryCodes, sharedPhones, moves].map(
      (table) => db.delete(table).where(eq(table.personId, isOfPerson)),
    ),
    ...[deskLinks, deskSessions, heldDecisions].map((table) =>
      db.delete(table).where(eq(table.personId, isOfPerson)),
    ),
    db
      .delete(accountPairs)
      .where(sql`${isOfPerson} in (${accountPairs.personId}, ${accountPairs.otherId})`),
    db.update(accountPairs).set({ decidedBy: null }).where(eq(accountPairs.decidedBy, isOfPerson)),
    db.update(moves).set({ allowedBy: null }).where(eq(moves.allowedBy, isOfPerson)),
    // What they invited to is nobody's invitation any more.
    db
      .delete(invites)
      .where(sql`${invites.invitedBy} = ${isOfPerson} and ${invites.usedAt} is null`),
    db.update(invites).set({ invitedBy: null }).where(eq(invites.invitedBy, isOfPerson)),
    db.update(invites).set({ usedBy: null }).where(eq(invites.usedBy, isOfPerson)),
    usesOf(db),
    db
      .update(persons)
      .set({
        joinedAt: null,
        publicEvidenceAt: null,
        publicDid: null,
        languageChosen: 0,
        noticeChannel: null,
      })
      .where(eq(persons.id, isOfPerson)),
  ].map((step) => run(step, values));
  return {
    /** What hangs on a person, whatever their addresses. */
    emptyPerson: (personId: number): void => {
      for (const step of steps) step(personId);
    },
    /** Ends all that a person may act for (ms). */
    revokeAll: run(
      db
        .update(delegations)
        .set({ revokedAt: sql`max(${delegations.createdAt}, ${p('at')})` })
        .where(and(eq(delegations.personId, isOfPerson), sql`${delegations.revokedAt} is null`)),
      (personId: number, at: number) => ({ personId, at }),
    ),
    /** An address is a new stranger's from now on (ms). */
    renew: run(
      db
        .update(identities)
        .set({
          personId: sql`${p('personId')}`,
          createdAt: sql`${p('at')}`,
          alertsAt: null,
          alertsFilter: null,
          optOutHintAt: null,
        })
        .where(eq(identities.id, given('identityId'))),
      (identityId: number, personId: number, at: number) => ({ identityId, personId, at }),
    ),
    /** Removes a person who never was more than a stranger. */
    removeStranger: (personId: number): void => {
      for (const step of steps) step(personId);
      removePerson(personId);
    },
    /** Links to one's data that nobody followed by `now` (ms). */
    forgetLinks: run(
      db.delete(dataLinks).where(lte(dataLinks.expiresAt, given('now'))),
      (now: number) => ({ now }),
    ),
  };
}
