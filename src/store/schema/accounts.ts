/** Whose account is whose: recovery codes, moves to another address, and accounts that may be one person's. */
import { sql } from 'drizzle-orm';
import {
  index,
  integer,
  primaryKey,
  sqliteTable,
  text,
  uniqueIndex,
} from 'drizzle-orm/sqlite-core';
import { identities, persons } from './people.ts';

/** The code by which a person gets back to their account from another address. */
export const recoveryCodes = sqliteTable('recovery_codes', {
  personId: integer('person_id')
    .primaryKey()
    .references(() => persons.id),
  /** HMAC of the code. */
  lookup: text().notNull().unique(),
  createdAt: integer('created_at').notNull(),
});

/** An account that somebody wants to move to another address. */
export const moves = sqliteTable(
  'moves',
  {
    id: integer().primaryKey(),
    /** Whose account it is. */
    personId: integer('person_id')
      .notNull()
      .references(() => persons.id),
    /** The address that it moves to. */
    identityId: integer('identity_id')
      .notNull()
      .references(() => identities.id),
    /** The address that they named; null where they gave the code. */
    oldIdentityId: integer('old_identity_id').references(() => identities.id),
    /** `asked`: an admin has to allow it; `waiting`: the old addresses may still stop it. */
    state: text({ enum: ['asked', 'waiting', 'done', 'stopped'] }).notNull(),
    createdAt: integer('created_at').notNull(),
    /** When it happens (ms), unless somebody stops it; null while nobody has allowed it. */
    dueAt: integer('due_at'),
    /** The admin who allowed it, and why. */
    allowedBy: integer('allowed_by').references(() => persons.id),
    reason: text(),
  },
  (table) => [
    index('moves_open').on(table.personId).where(sql`${table.state} in ('asked', 'waiting')`),
    index('moves_due').on(table.dueAt).where(sql`${table.state} = 'waiting'`),
  ],
);

/**
 * Two accounts that may be one person's, or are close in another way. Where `verdict` is `same`, or
 * they share a phone, neither decides about the other's work.
 */
export const accountPairs = sqliteTable(
  'account_pairs',
  {
    id: integer().primaryKey(),
    /** The older of the two. */
    personId: integer('person_id')
      .notNull()
      .references(() => persons.id),
    otherId: integer('other_id')
      .notNull()
      .references(() => persons.id),
    /** Why they are a pair: what they have in common, or that they were one account. */
    basis: text({ enum: ['photos', 'times', 'places', 'linked', 'phone'] }).notNull(),
    /** How often that was seen. */
    times: integer().notNull(),
    verdict: text({ enum: ['open', 'same', 'different'] }).notNull(),
    reason: text(),
    decidedBy: integer('decided_by').references(() => persons.id),
    decidedAt: integer('decided_at'),
    createdAt: integer('created_at').notNull(),
  },
  (table) => [
    uniqueIndex('account_pairs_once').on(table.personId, table.otherId),
    index('account_pairs_other').on(table.otherId),
    index('account_pairs_open').on(table.id).where(sql`${table.verdict} = 'open'`),
  ],
);

/** The two people of an address that two share. The one whose turn it is, is the address's person. */
export const sharedPhones = sqliteTable(
  'shared_phones',
  {
    identityId: integer('identity_id')
      .notNull()
      .references(() => identities.id),
    /** 1 or 2. */
    turn: integer().notNull(),
    personId: integer('person_id')
      .notNull()
      .references(() => persons.id),
  },
  (table) => [
    primaryKey({ columns: [table.identityId, table.turn] }),
    uniqueIndex('shared_phones_person').on(table.personId, table.identityId),
  ],
);
