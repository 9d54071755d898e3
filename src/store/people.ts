import { and, desc, eq, lte, sql } from 'drizzle-orm';
import type { Database } from './database.ts';
import { given } from './given.ts';
import { consents, identities, persons, sessions } from './schema/index.ts';

const p = sql.placeholder;

export type Person = typeof persons.$inferSelect;
export type Identity = typeof identities.$inferSelect;
export type Session = typeof sessions.$inferSelect;

/** Persons, their identities and their sessions, read. */
export function peopleReads(db: Database) {
  const personById = db
    .select()
    .from(persons)
    .where(eq(persons.id, given('id')))
    .prepare();
  const identityById = db
    .select()
    .from(identities)
    .where(eq(identities.id, given('id')))
    .prepare();
  const identityId = db
    .select({ id: identities.id, unreachableAt: identities.unreachableAt })
    .from(identities)
    .where(and(eq(identities.channel, given('channel')), eq(identities.lookup, given('lookup'))))
    .prepare();
  const identitiesOf = db
    .select()
    .from(identities)
    .where(eq(identities.personId, given('personId')))
    .orderBy(identities.id)
    .prepare();
  const newestKey = db
    .select({ keyId: identities.keyId })
    .from(identities)
    .orderBy(desc(identities.id))
    .limit(1)
    .prepare();
  const session = db
    .select()
    .from(sessions)
    .where(eq(sessions.identityId, given('identityId')))
    .prepare();
  return {
    person: (id: number): Person | undefined => personById.get({ id }),
    identity: (id: number): Identity | undefined => identityById.get({ id }),
    /** The id of an identity by its HMAC. */
    identityId: (channel: string, lookup: string): number | undefined =>
      identityId.get({ channel, lookup })?.id,
    /** The same, with whether it can be reached. */
    identityFound: (channel: string, lookup: string) => identityId.get({ channel, lookup }),
    /** Which key the newest address is sealed with. */
    newestKeyId: (): string | undefined => newestKey.get()?.keyId,
    identitiesOf: (personId: number): Identity[] => identitiesOf.all({ personId }),
    session: (identityId: number): Session | undefined => session.get({ identityId }),
  };
}

/** Persons, their identities and their sessions, written. */
export function peopleWrites(db: Database) {
  const addPerson = db
    .insert(persons)
    .values({
      participantId: p('participantId'),
      language: p('language'),
      createdAt: p('createdAt'),
    })
    .returning({ id: persons.id })
    .prepare();
  const addIdentity = db
    .insert(identities)
    .values({
      channel: p('channel'),
      lookup: p('lookup'),
      keyId: p('keyId'),
      ciphertext: p('ciphertext'),
      personId: p('personId'),
      createdAt: p('createdAt'),
    })
    .returning({ id: identities.id })
    .prepare();
  const setLanguage = db
    .update(persons)
    .set({ language: sql`${p('language')}`, languageChosen: sql`${p('chosen')}` })
    .where(eq(persons.id, given('id')))
    .prepare();
  const setJoined = db
    .update(persons)
    .set({ joinedAt: sql`${p('at')}` })
    .where(eq(persons.id, given('id')))
    .prepare();
  const setPublicEvidence = db
    .update(persons)
    .set({ publicEvidenceAt: sql`${p('at')}` })
    .where(eq(persons.id, given('id')))
    .prepare();
  const setPublicDid = db
    .update(persons)
    .set({ publicDid: sql`${p('did')}` })
    .where(eq(persons.id, given('id')))
    .prepare();
  const setStopped = db
    .update(identities)
    .set({
      stoppedAt: sql`${p('at')}`,
      alertsAt: sql`case when ${p('at')} is null then ${identities.alertsAt} end`,
    })
    .where(eq(identities.id, given('id')))
    .prepare();
  const setAlerts = db
    .update(identities)
    .set({ alertsAt: sql`${p('at')}` })
    .where(eq(identities.id, given('id')))
    .prepare();
  const setWayOut = db
    .update(identities)
    .set({ wayOutAt: sql`${p('at')}` })
    .where(eq(identities.id, given('id')))
    .prepare();
  const setUnreachable = db
    .update(identities)
    .set({ unreachableAt: sql`${p('at')}` })
    .where(eq(identities.id, given('id')))
    .prepare();
  const addConsent = db
    .insert(consents)
    .values({
      identityId: p('identityId'),
      kind: p('kind'),
      wording: p('wording'),
      at: p('at'),
    })
    .prepare();
  const putSession = db
    .insert(sessions)
    .values({
      identityId: p('identityId'),
      command: p('command'),
      step: p('step'),
      data: p('data'),
      expiresAt: p('expiresAt'),
    })
    .onConflictDoUpdate({
      target: sessions.identityId,
      set: {
        command: sql`excluded.command`,
        step: sql`excluded.step`,
        data: sql`excluded.data`,
        expiresAt: sql`excluded.expires_at`,
      },
    })
    .prepare();
  const endSession = db
    .delete(sessions)
    .where(eq(sessions.identityId, given('identityId')))
    .prepare();
  const forgetSessions = db
    .delete(sessions)
    .where(lte(sessions.expiresAt, given('now')))
    .prepare();
  return {
    addPerson: (person: Pick<Person, 'participantId' | 'language' | 'createdAt'>): number =>
      (addPerson.get(person) as { id: number }).id,
    addIdentity: (
      identity: Pick<
        Identity,
        'channel' | 'lookup' | 'keyId' | 'ciphertext' | 'personId' | 'createdAt'
      >,
    ): number => (addIdentity.get(identity) as { id: number }).id,
    setLanguage: (id: number, language: Person['language'], isChosen: boolean) =>
      setLanguage.run({ id, language, chosen: isChosen ? 1 : 0 }),
    setJoined: (id: number, at: number) => setJoined.run({ id, at }),
    setPublicEvidence: (id: number, at: number) => setPublicEvidence.run({ id, at }),
    /** Remembers the DID under which a person agreed to be public. */
    setPublicDid: (id: number, did: string | null) => setPublicDid.run({ id, did }),
    /** Remembers STOP (a time in ms), which ends texts about new tasks too, or START (null). */
    setStopped: (identityId: number, at: number | null) => setStopped.run({ id: identityId, at }),
    /** Remembers that the channel cannot reach an address (a time in ms), or can (null). */
    setUnreachable: (identityId: number, at: number | null) =>
      setUnreachable.run({ id: identityId, at }),
    /** Remembers that somebody asked for texts about new tasks here (a time in ms), or not (null). */
    setAlerts: (identityId: number, at: number | null) => setAlerts.run({ id: identityId, at }),
    /** Remembers when a message that nobody asked for told the way out (ms). */
    setWayOut: (identityId: number, at: number) => setWayOut.run({ id: identityId, at }),
    addConsent: (consent: Omit<typeof consents.$inferSelect, 'id'>) => addConsent.run(consent),
    putSession: (session: Session) => putSession.run(session),
    endSession: (identityId: number) => endSession.run({ identityId }),
    /** Forgets the questions, with the words that they kept, that nobody can answer any more. */
    forgetSessions: (now: number) => forgetSessions.run({ now }),
  };
}
