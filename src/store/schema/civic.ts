import { sql } from 'drizzle-orm';
import {
  check,
  index,
  integer,
  primaryKey,
  sqliteTable,
  text,
  uniqueIndex,
} from 'drizzle-orm/sqlite-core';
import { inbox } from './messages.ts';
import { partners, persons } from './people.ts';
import { claims } from './tasks.ts';

/** Words and pictures that a person sent as proof of work. Its id is the number reviewers say. */
export const evidence = sqliteTable(
  'evidence',
  {
    id: integer().primaryKey(),
    claimId: integer('claim_id')
      .notNull()
      .references(() => claims.id),
    inboxId: integer('inbox_id').references(() => inbox.id),
    /** The issuer who reviews it. */
    partnerId: integer('partner_id')
      .notNull()
      .references(() => partners.id),
    /** The person's words, masked as they are published. */
    text: text().notNull(),
    state: text({ enum: ['pending', 'approved', 'rejected', 'withdrawn'] }).notNull(),
    /**
     * The person's own public posts that are evidence, with a space between; null for none. Where
     * there is a version, the evidence began with the first.
     */
    postUri: text('post_uri'),
    postCid: text('post_cid'),
    submittedAt: integer('submitted_at').notNull(),
    rkey: text().notNull().unique(),
    cid: text().notNull(),
  },
  (table) => [
    uniqueIndex('evidence_pending').on(table.claimId).where(sql`${table.state} = 'pending'`),
    index('evidence_claim').on(table.claimId),
    index('evidence_inbox').on(table.inboxId).where(sql`${table.inboxId} is not null`),
    index('evidence_waiting').on(table.partnerId, table.id).where(sql`${table.state} = 'pending'`),
  ],
);

/** The pictures of a piece of evidence, in order. */
export const evidencePictures = sqliteTable(
  'evidence_pictures',
  {
    evidenceId: integer('evidence_id')
      .notNull()
      .references(() => evidence.id),
    pictureId: integer('picture_id').notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.evidenceId, table.pictureId] }),
    index('evidence_pictures_picture').on(table.pictureId),
  ],
);

/** A decision about a piece of evidence: one, and final. */
export const reviews = sqliteTable('reviews', {
  id: integer().primaryKey(),
  evidenceId: integer('evidence_id')
    .notNull()
    .unique()
    .references(() => evidence.id),
  reviewerId: integer('reviewer_id')
    .notNull()
    .references(() => persons.id),
  decision: text({ enum: ['approved', 'rejected'] }).notNull(),
  reasonCode: text('reason_code').notNull(),
  note: text().notNull(),
  at: integer().notNull(),
  rkey: text().notNull().unique(),
  cid: text().notNull(),
});

/** How much may be issued in an epoch, by the city or by one issuer, and how much was. */
export const caps = sqliteTable(
  'caps',
  {
    /** `city`, or the id of the issuer. */
    scope: text().notNull(),
    epoch: text().notNull(),
    amount: integer().notNull(),
    issued: integer().notNull().default(0),
    /** The epoch whose cap this was, where it was carried over; null where somebody decided it. */
    carriedFrom: text('carried_from'),
    /** When it was decided (ms), and by whom (participant id); the city's own comes from its settings. */
    decidedAt: integer('decided_at'),
    decidedBy: text('decided_by'),
  },
  (table) => [
    primaryKey({ columns: [table.scope, table.epoch] }),
    check('caps_issued', sql`${table.issued} between 0 and ${table.amount}`),
  ],
);

/** Something that a redeemer gives for credits. Its id is the number people say. */
export const offers = sqliteTable(
  'offers',
  {
    id: integer().primaryKey(),
    partnerId: integer('partner_id')
      .notNull()
      .references(() => partners.id),
    title: text().notNull(),
    credits: integer().notNull(),
    /** How many a day; null for no limit. */
    perDay: integer('per_day'),
    /** The price to come, and from when (ms); null for none. */
    nextCredits: integer('next_credits'),
    nextCreditsAt: integer('next_credits_at'),
    state: text({ enum: ['open', 'paused', 'closed'] }).notNull(),
    createdAt: integer('created_at').notNull(),
    rkey: text().notNull().unique(),
    cid: text().notNull(),
  },
  (table) => [
    index('offers_partner').on(table.partnerId),
    index('offers_next').on(table.nextCreditsAt).where(sql`${table.nextCreditsAt} is not null`),
    check('offers_credits', sql`${table.credits} > 0`),
  ],
);

/** How many of an offer are held or honored on one day of the city. */
export const offerDays = sqliteTable(
  'offer_days',
  {
    offerId: integer('offer_id')
      .notNull()
      .references(() => offers.id),
    day: text().notNull(),
    capacity: integer().notNull(),
    taken: integer().notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.offerId, table.day] }),
    check('offer_days_taken', sql`${table.taken} between 0 and ${table.capacity}`),
  ],
);

/** Credits held against a one-time code, and what became of them. */
export const redemptions = sqliteTable(
  'redemptions',
  {
    id: integer().primaryKey(),
    offerId: integer('offer_id')
      .notNull()
      .references(() => offers.id),
    /** The offer's redeemer, who alone may honor the code. */
    partnerId: integer('partner_id')
      .notNull()
      .references(() => partners.id),
    personId: integer('person_id')
      .notNull()
      .references(() => persons.id),
    credits: integer().notNull(),
    state: text({ enum: ['held', 'honored', 'undone', 'released', 'expired'] }).notNull(),
    /** HMAC of the code; the code itself is derived again for its holder alone. */
    codeLookup: text('code_lookup').notNull().unique(),
    codeSeed: text('code_seed').notNull(),
    holdId: text('hold_id').notNull(),
    day: text().notNull(),
    createdAt: integer('created_at').notNull(),
    expiresAt: integer('expires_at').notNull(),
    resolvedAt: integer('resolved_at'),
    honoredBy: integer('honored_by').references(() => persons.id),
  },
  (table) => [
    index('redemptions_held').on(table.expiresAt).where(sql`${table.state} = 'held'`),
    index('redemptions_person').on(table.personId).where(sql`${table.state} = 'held'`),
    index('redemptions_honored')
      .on(table.partnerId, table.resolvedAt)
      .where(sql`${table.state} in ('honored', 'undone')`),
  ],
);

/** A wrong code that an operator of a redeemer typed: it counts against the guess budget. */
export const codeFailures = sqliteTable(
  'code_failures',
  {
    id: integer().primaryKey(),
    personId: integer('person_id')
      .notNull()
      .references(() => persons.id),
    at: integer().notNull(),
  },
  (table) => [index('code_failures_person').on(table.personId, table.at)],
);
