import { eq } from 'drizzle-orm';
import type { Database } from './database.ts';
import { persons } from './schema/index.ts';
import { changes, get, given, insert, placeholders, run, value } from './statements.ts';

export type Person = typeof persons.$inferSelect;

const isThis = eq(persons.id, given('id'));

/** Persons, read. */
export function peopleReads(db: Database) {
  return {
    get: get(db.select().from(persons).where(isThis), (id: number) => ({ id })),
    idOf: value(
      db
        .select({ value: persons.id })
        .from(persons)
        .where(eq(persons.participantId, given('participantId'))),
      (participantId: string) => ({ participantId }),
    ),
  };
}

/** Persons, written. */
export function peopleWrites(db: Database) {
  return {
    add: insert(
      db
        .insert(persons)
        .values(placeholders('participantId', 'language', 'createdAt'))
        .returning({ id: persons.id }),
      (person: Pick<Person, 'participantId' | 'language' | 'createdAt'>) => person,
    ),
    setLanguage: run(
      db.update(persons).set(changes('language', 'languageChosen')).where(isThis),
      (id: number, language: Person['language'], isChosen: boolean) => ({
        id,
        language,
        languageChosen: isChosen ? 1 : 0,
      }),
    ),
    setJoined: run(
      db.update(persons).set(changes('joinedAt')).where(isThis),
      (id: number, joinedAt: number) => ({ id, joinedAt }),
    ),
    setPublicEvidence: run(
      db.update(persons).set(changes('publicEvidenceAt')).where(isThis),
      (id: number, publicEvidenceAt: number) => ({ id, publicEvidenceAt }),
    ),
    /** Remembers the DID under which a person agreed to be public. */
    setPublicDid: run(
      db.update(persons).set(changes('publicDid')).where(isThis),
      (id: number, publicDid: string | null) => ({ id, publicDid }),
    ),
    /** Remembers the channel on which a person wants to be told. */
    setNoticeChannel: run(
      db.update(persons).set(changes('noticeChannel')).where(isThis),
      (id: number, noticeChannel: string) => ({ id, noticeChannel }),
    ),
  };
}
