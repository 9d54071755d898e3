import { sql } from 'drizzle-orm';
import { check, index, integer, sqliteTable, text, uniqueIndex } from 'drizzle-orm/sqlite-core';
import type { AccountName, TransferCode, TransferKind } from '../../domain/ledger.ts';

/**
 * The accounts of the ledger with their balances, which only the triggers on `transfers` move
 * (migrations/0001_ledger.sql). A person's account never goes below zero, holds counted.
 */
export const accounts = sqliteTable(
  'accounts',
  {
    id: integer().primaryKey(),
    /** The name in the public record: `issuance:<issuer>`, `person:<participant>`, … */
    name: text().notNull(),
    kind: text().notNull().$type<AccountName['kind']>(),
    creditKind: text('credit_kind').notNull(),
    debitsPosted: integer('debits_posted').notNull().default(0),
    debitsPending: integer('debits_pending').notNull().default(0),
    creditsPosted: integer('credits_posted').notNull().default(0),
    creditsPending: integer('credits_pending').notNull().default(0),
  },
  (table) => [
    uniqueIndex('accounts_name').on(table.name, table.creditKind),
    check(
      'accounts_not_negative',
      sql`min(${table.debitsPosted}, ${table.debitsPending}, ${table.creditsPosted}, ${table.creditsPending}) >= 0`,
    ),
    check(
      'accounts_person_covered',
      sql`${table.kind} <> 'person' or ${table.creditsPosted} - ${table.debitsPosted} - ${table.debitsPending} >= 0`,
    ),
  ],
);

/** Append-only: the triggers refuse UPDATE and DELETE, gaps in the chain and wrong resolutions. */
export const transfers = sqliteTable(
  'transfers',
  {
    /** The position in the chain, from 1. */
    position: integer().primaryKey(),
    /** The idempotency key. */
    id: text().notNull().unique(),
    kind: text().notNull().$type<TransferKind>(),
    debitAccountId: integer('debit_account_id')
      .notNull()
      .references(() => accounts.id),
    creditAccountId: integer('credit_account_id')
      .notNull()
      .references(() => accounts.id),
    amount: integer().notNull(),
    /** The pending transfer that a post or void resolves. */
    resolves: text(),
    code: text().notNull().$type<TransferCode>(),
    /** The `at://` address of the record that this transfer rests on. */
    reference: text(),
    /** Microseconds since 1970; grows with every transfer. */
    timeUs: integer('time_us').notNull(),
    cid: text().notNull(),
    previousCid: text('previous_cid'),
  },
  (table) => [
    check('transfers_amount', sql`${table.amount} > 0`),
    check('transfers_two_sides', sql`${table.debitAccountId} <> ${table.creditAccountId}`),
    check(
      'transfers_resolves',
      sql`(${table.kind} in ('post', 'void')) = (${table.resolves} is not null)`,
    ),
    uniqueIndex('transfers_resolved_once')
      .on(table.resolves)
      .where(sql`${table.resolves} is not null`),
    index('transfers_debit').on(table.debitAccountId, table.position),
    index('transfers_credit').on(table.creditAccountId, table.position),
  ],
);
