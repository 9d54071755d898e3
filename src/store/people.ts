import { and, desc, eq, lte, sql } from 'drizzle-orm';
import type { Database } from './database.ts';
import { consents, identities, persons, sessions } from './schema/index.ts';
import { all, changes, get, given, insert, p, placeholders, run } from './statements.ts';

export type Person = typeof persons.$inferSelect;
export type Identity = typeof identities.$inferSelect;
export type Session = typeof sessions.$inferSelect;

/** Persons, their identities and their sessions, read. */
export function peopleReads(db: Database) {
  const identityId = db
    .select({ id: identities.id, unreachableAt: identities.unreachableAt })
    .from(identities)
    .where(and(eq(identities.channel, given('channel')), eq(identities.lookup, given('lookup'))))
    .prepare();
  const newestKey = db
    .select({ keyId: identities.keyId })
    .from(identities)
    .orderBy(desc(identities.id))
    .limit(1)
    .prepare();
  return {
    person: get(
      db
        .select()
        .from(persons)
        .where(eq(persons.id, given('id'))),
      (id: number) => ({ id }),
    ),
    identity: get(
      db
        .select()
        .from(identities)
        .where(eq(identities.id, given('id'))),
      (id: number) => ({ id }),
    ),
    /** The id of an identity by its HMAC. */
    identityId: (channel: string, lookup: string): number | undefined =>
      identityId.get({ channel, lookup })?.id,
    /** The same, with whether it can be reached. */
    identityFound: (channel: string, lookup: string) => identityId.get({ channel, lookup }),
    /** Which key the newest address is sealed with. */
    newestKeyId: (): string | undefined => newestKey.get()?.keyId,
    identitiesOf: all(
      db
        .select()
        .from(identities)
        .where(eq(identities.personId, given('personId')))
        .orderBy(identities.id),
      (personId: number) => ({ personId }),
    ),
    session: get(
      db
        .select()
        .from(sessions)
        .where(eq(sessions.identityId, given('identityId'))),
      (identityId: number) => ({ identityId }),
    ),
  };
}

/** Persons, their identities and their sessions, written. */
export function peopleWrites(db: Database) {
  return {
    addPerson: insert(
      db
        .insert(persons)
        .values(placeholders('participantId', 'language', 'createdAt'))
        .returning({ id: persons.id }),
      (person: Pick<Person, 'participantId' | 'language' | 'createdAt'>) => person,
    ),
    addIdentity: insert(
      db
        .insert(identities)
        .values(placeholders('channel', 'lookup', 'keyId', 'ciphertext', 'personId', 'createdAt'))
        .returning({ id: identities.id }),
      (
        identity: Pick<
          Identity,
          'channel' | 'lookup' | 'keyId' | 'ciphertext' | 'personId' | 'createdAt'
        >,
      ) => identity,
    ),
    setLanguage: run(
      db
        .update(persons)
        .set({ ...changes('language'), languageChosen: sql`${p('chosen')}` })
        .where(eq(persons.id, given('id'))),
      (id: number, language: Person['language'], isChosen: boolean) => ({
        id,
        language,
        chosen: isChosen ? 1 : 0,
      }),
    ),
    setJoined: run(
      db
        .update(persons)
        .set({ joinedAt: sql`${p('at')}` })
        .where(eq(persons.id, given('id'))),
      (id: number, at: number) => ({ id, at }),
    ),
    setPublicEvidence: run(
      db
        .update(persons)
        .set({ publicEvidenceAt: sql`${p('at')}` })
        .where(eq(persons.id, given('id'))),
      (id: number, at: number) => ({ id, at }),
    ),
    /** Remembers the DID under which a person agreed to be public. */
    setPublicDid: run(
      db
        .update(persons)
        .set({ publicDid: sql`${p('did')}` })
        .where(eq(persons.id, given('id'))),
      (id: number, did: string | null) => ({ id, did }),
    ),
    /** Remembers STOP (a time in ms), which ends texts about new tasks too, or START (null). */
    setStopped: run(
      db
        .update(identities)
        .set({
          stoppedAt: sql`${p('at')}`,
          alertsAt: sql`case when ${p('at')} is null then ${identities.alertsAt} end`,
        })
        .where(eq(identities.id, given('id'))),
      (identityId: number, at: number | null) => ({ id: identityId, at }),
    ),
    /** Remembers that the channel cannot reach an address (a time in ms), or can (null). */
    setUnreachable: run(
      db
        .update(identities)
        .set({ unreachableAt: sql`${p('at')}` })
        .where(eq(identities.id, given('id'))),
      (identityId: number, at: number | null) => ({ id: identityId, at }),
    ),
    /** Remembers that somebody asked for texts about new tasks here (a time in ms), or not (null). */
    setAlerts: run(
      db
        .update(identities)
        .set({ alertsAt: sql`${p('at')}` })
        .where(eq(identities.id, given('id'))),
      (identityId: number, at: number | null) => ({ id: identityId, at }),
    ),
    /** Remembers when a message that nobody asked for told the way out (ms). */
    setWayOut: run(
      db
        .update(identities)
        .set({ wayOutAt: sql`${p('at')}` })
        .where(eq(identities.id, given('id'))),
      (identityId: number, at: number) => ({ id: identityId, at }),
    ),
    addConsent: run(
      db.insert(consents).values(placeholders('identityId', 'kind', 'wording', 'at')),
      (consent: Omit<typeof consents.$inferSelect, 'id'>) => consent,
    ),
    putSession: run(
      db
        .insert(sessions)
        .values(placeholders('identityId', 'command', 'step', 'data', 'expiresAt'))
        .onConflictDoUpdate({
          target: sessions.identityId,
          set: {
            command: sql`excluded.command`,
            step: sql`excluded.step`,
            data: sql`excluded.data`,
            expiresAt: sql`excluded.expires_at`,
          },
        }),
      (session: Session) => session,
    ),
    endSession: run(
      db.delete(sessions).where(eq(sessions.identityId, given('identityId'))),
      (identityId: number) => ({ identityId }),
    ),
    /** Forgets the questions, with the words that they kept, that nobody can answer any more. */
    forgetSessions: run(
      db.delete(sessions).where(lte(sessions.expiresAt, given('now'))),
      (now: number) => ({ now }),
    ),
  };
}
