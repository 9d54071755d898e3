import { index, integer, primaryKey, sqliteTable, text } from 'drizzle-orm/sqlite-core';
import { evidence } from './civic.ts';
import { identities, persons } from './people.ts';

/** Links that open the desk once; only the HMAC of their token is kept. */
export const deskLinks = sqliteTable(
  'desk_links',
  {
    lookup: text().primaryKey(),
    personId: integer('person_id')
      .notNull()
      .references(() => persons.id),
    /** The address that LOGIN was said at: the session speaks as if from there. */
    identityId: integer('identity_id')
      .notNull()
      .references(() => identities.id),
    expiresAt: integer('expires_at').notNull(),
  },
  (table) => [
    index('desk_links_person').on(table.personId),
    index('desk_links_identity').on(table.identityId),
  ],
);

/** A browser that somebody opened the desk in; only the HMAC of its cookie is kept. */
export const deskSessions = sqliteTable(
  'desk_sessions',
  {
    id: integer().primaryKey(),
    lookup: text().notNull().unique(),
    personId: integer('person_id')
      .notNull()
      .references(() => persons.id),
    identityId: integer('identity_id')
      .notNull()
      .references(() => identities.id),
    createdAt: integer('created_at').notNull(),
    usedAt: integer('used_at').notNull(),
    /** The question of a command that is open in it, with its data, sealed; null for none. */
    question: text(),
    /** Until when that question can be answered (ms). */
    questionUntil: integer('question_until'),
  },
  (table) => [
    index('desk_sessions_person').on(table.personId),
    index('desk_sessions_identity').on(table.identityId),
  ],
);

/** What a form that was sent was answered with: sent twice, it is answered alike and does nothing. */
export const deskAnswers = sqliteTable(
  'desk_answers',
  {
    sessionId: integer('session_id')
      .notNull()
      .references(() => deskSessions.id, { onDelete: 'cascade' }),
    /** The token of the form. */
    form: text().notNull(),
    /** Sealed. */
    answer: text().notNull(),
    at: integer().notNull(),
  },
  (table) => [primaryKey({ columns: [table.sessionId, table.form] })],
);

/** Decisions about evidence that are not made yet: for a few seconds they can be taken back. */
export const heldDecisions = sqliteTable(
  'held_decisions',
  {
    id: integer().primaryKey(),
    evidenceId: integer('evidence_id')
      .notNull()
      .unique()
      .references(() => evidence.id),
    personId: integer('person_id')
      .notNull()
      .references(() => persons.id),
    identityId: integer('identity_id')
      .notNull()
      .references(() => identities.id),
    decision: text({ enum: ['approve', 'reject'] }).notNull(),
    /** Sealed. */
    words: text().notNull(),
    dueAt: integer('due_at').notNull(),
  },
  (table) => [
    index('held_decisions_due').on(table.dueAt),
    index('held_decisions_person').on(table.personId),
    index('held_decisions_identity').on(table.identityId),
  ],
);
