/** The desk: links that open it, browsers that it is open in, and what was answered there. */
import { and, eq, lte, sql } from 'drizzle-orm';
import type { Database } from './database.ts';
import { deskAnswers, deskLinks, deskSessions, identities } from './schema/index.ts';
import { all, changes, get, given, insert, placeholders, run } from './statements.ts';

export type DeskLink = typeof deskLinks.$inferSelect;
export type DeskSession = typeof deskSessions.$inferSelect;
type DeskAnswer = typeof deskAnswers.$inferSelect;

const isThis = eq(deskSessions.id, given('id'));
const isAnswer = and(
  eq(deskAnswers.sessionId, given('sessionId')),
  eq(deskAnswers.form, given('form')),
);

export function deskReads(db: Database) {
  return {
    /** The session of a cookie, with the address that it speaks from. */
    session: get(
      db
        .select({
          session: deskSessions,
          channel: identities.channel,
          /** Whose that address is now. */
          heldBy: identities.personId,
          returnedAt: identities.returnedAt,
        })
        .from(deskSessions)
        .innerJoin(identities, eq(identities.id, deskSessions.identityId))
        .where(eq(deskSessions.lookup, given('lookup'))),
      (lookup: string) => ({ lookup }),
    ),
    /** The sessions of a person, the one used last first. */
    sessionsOf: all(
      db
        .select()
        .from(deskSessions)
        .where(eq(deskSessions.personId, given('personId')))
        .orderBy(sql`${deskSessions.usedAt} desc, ${deskSessions.id} desc`),
      (personId: number) => ({ personId }),
    ),
    /** The question that is open in a session, sealed, and until when (ms). */
    question: get(
      db
        .select({
          question: deskSessions.question,
          questionUntil: deskSessions.questionUntil,
        })
        .from(deskSessions)
        .where(isThis),
      (id: number) => ({ id }),
    ),
    answer: get(
      db.select().from(deskAnswers).where(isAnswer),
      (sessionId: number, form: string) => ({ sessionId, form }),
    ),
  };
}

export function deskWrites(db: Database) {
  return {
    addLink: run(
      db.insert(deskLinks).values(placeholders('lookup', 'personId', 'identityId', 'expiresAt')),
      (link: DeskLink) => link,
    ),
    /** Ends the links of a person that nobody opened. */
    endLinks: run(
      db.delete(deskLinks).where(eq(deskLinks.personId, given('personId'))),
      (personId: number) => ({ personId }),
    ),
    /** Takes a link, which works once. */
    takeLink: get(
      db
        .delete(deskLinks)
        .where(eq(deskLinks.lookup, given('lookup')))
        .returning(),
      (lookup: string) => ({ lookup }),
    ),
    addSession: insert(
      db
        .insert(deskSessions)
        .values(placeholders('lookup', 'personId', 'identityId', 'createdAt', 'usedAt'))
        .returning({ id: deskSessions.id }),
      (session: Omit<DeskSession, 'id' | 'question' | 'questionUntil'>) => session,
    ),
    setUsed: run(
      db.update(deskSessions).set(changes('usedAt')).where(isThis),
      (id: number, usedAt: number) => ({ id, usedAt }),
    ),
    setQuestion: run(
      db.update(deskSessions).set(changes('question', 'questionUntil')).where(isThis),
      (id: number, question: string | null, questionUntil: number | null) => ({
        ...{ id, question, questionUntil },
      }),
    ),
    /** Ends one session of a person. */
    endSession: run(
      db.delete(deskSessions).where(and(isThis, eq(deskSessions.personId, given('personId')))),
      (id: number, personId: number) => ({ id, personId }),
    ),
    endSessions: run(
      db.delete(deskSessions).where(eq(deskSessions.personId, given('personId'))),
      (personId: number) => ({ personId }),
    ),
    addAnswer: run(
      db.insert(deskAnswers).values(placeholders('sessionId', 'form', 'answer', 'at')),
      (answer: DeskAnswer) => answer,
    ),
    ...forgettingOf(db),
  };
}

/** Which of them are over (ms). */
type Over = {
  readonly now: number;
  readonly usedBefore: number;
  readonly createdBefore: number;
  readonly answeredBefore: number;
};

function forgettingOf(db: Database) {
  const values = (over: Over) => over;
  const steps = [
    db.delete(deskLinks).where(lte(deskLinks.expiresAt, given('now'))),
    db.delete(deskSessions).where(
      sql`${deskSessions.usedAt} <= ${given('usedBefore')}
          or ${deskSessions.createdAt} <= ${given('createdBefore')}`,
    ),
    db.delete(deskAnswers).where(lte(deskAnswers.at, given('answeredBefore'))),
  ].map((step) => run(step, values));
  return {
    /** Forgets links and sessions that are over, and what forms were answered with. */
    forget: (over: Over): void => {
      for (const step of steps) step(over);
    },
  };
}
