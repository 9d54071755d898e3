import { index, integer, sqliteTable, text } from 'drizzle-orm/sqlite-core';
import { identities, persons } from './people.ts';

/**
 * Who was forgotten: keyed digests of their addresses and of their participant ids, by which an older
 * backup is cleaned when it is restored. They tell nothing without the city's key.
 */
export const forgotten = sqliteTable('forgotten', {
  digest: text().primaryKey(),
  /** What was known before this time (ms) is forgotten. */
  at: integer().notNull(),
  /** When the address had said STOP (ms), which counts for ever; null for one that had not. */
  stoppedAt: integer('stopped_at'),
});

/** Addresses of people who were forgotten, until the receipt that they get was sent. */
export const leaving = sqliteTable('leaving', {
  identityId: integer('identity_id')
    .primaryKey()
    .references(() => identities.id),
  /** The person that it was of. */
  personId: integer('person_id')
    .notNull()
    .references(() => persons.id),
  /** The message that asked for it. */
  inboxId: integer('inbox_id').notNull(),
  at: integer().notNull(),
});

/** A link that shows a person once what is kept about them; only the HMAC of its token is kept. */
export const dataLinks = sqliteTable(
  'data_links',
  {
    lookup: text().primaryKey(),
    personId: integer('person_id')
      .notNull()
      .references(() => persons.id),
    expiresAt: integer('expires_at').notNull(),
  },
  (table) => [index('data_links_person').on(table.personId)],
);

/** Messages from before the database was restored, which nobody answers. */
export const unanswered = sqliteTable('unanswered', {
  id: integer().primaryKey(),
  channel: text().notNull(),
  /** When it was sent (ms). */
  sentAt: integer('sent_at').notNull(),
});

/** A page that shows what a person did, until they end it; only the hash of its token is kept. */
export const proofs = sqliteTable('proofs', {
  personId: integer('person_id')
    .primaryKey()
    .references(() => persons.id),
  /** SHA-256 of a token that nobody can guess: it outlives every key. */
  digest: text().notNull().unique(),
  /** 1 once its person made it public. */
  isPublic: integer('is_public').notNull().default(0),
  createdAt: integer('created_at').notNull(),
});
