import { integer, sqliteTable, text } from 'drizzle-orm/sqlite-core';

/** How far the books were checked, and what does not agree in them: one row, with the id 1. */
export const books = sqliteTable('books', {
  id: integer().primaryKey(),
  /** The last link of the chain that was checked; its CID is null before the first. */
  position: integer().notNull(),
  cid: text(),
  timeUs: integer('time_us').notNull(),
  /** Up to where accounts and older links were looked at again: each check takes the next ones. */
  accountsSeen: integer('accounts_seen').notNull(),
  linksSeen: integer('links_seen').notNull(),
  /** What does not agree, in a sentence; null while everything does. Credits stay where they are. */
  fault: text(),
  /** Since when (ms). */
  faultAt: integer('fault_at'),
  /** Whether the admins were told of the fault, and not yet that it is over. */
  isTold: integer('is_told', { mode: 'boolean' }).notNull(),
});

/** What the links of the chain add up to in each account: kept apart from the account's own balance. */
export const booksAccounts = sqliteTable('books_accounts', {
  accountId: integer('account_id').primaryKey(),
  debitsPosted: integer('debits_posted').notNull(),
  debitsPending: integer('debits_pending').notNull(),
  creditsPosted: integer('credits_posted').notNull(),
  creditsPending: integer('credits_pending').notNull(),
});

/** What they add up to for each kind of credit. */
export const booksSums = sqliteTable('books_sums', {
  creditKind: text('credit_kind').primaryKey(),
  issued: integer().notNull(),
  burned: integer().notNull(),
  expired: integer().notNull(),
  /** What corrections gave to people, less what they took from them. */
  adjusted: integer().notNull(),
  /** What people have, with what is held. */
  people: integer().notNull(),
  held: integer().notNull(),
});

/** Corrections of people's credits: an admin asks, another agrees. People go by participant ids. */
export const corrections = sqliteTable('corrections', {
  id: integer().primaryKey(),
  participantId: text('participant_id').notNull(),
  /** Credits to give; to take where it is below zero. */
  amount: integer().notNull(),
  /** In public words. */
  reason: text().notNull(),
  askedBy: text('asked_by').notNull(),
  askedAt: integer('asked_at').notNull(),
  expiresAt: integer('expires_at').notNull(),
  agreedBy: text('agreed_by'),
  agreedAt: integer('agreed_at'),
});
