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
import type { ClaimState, ClaimStep } from '../../domain/claim.ts';
import type { TaskTimes } from '../../domain/task.ts';
import { json } from './json.ts';
import { inbox } from './messages.ts';
import { partners, persons } from './people.ts';

/** A place by the words people use for it, and its public record. */
export const places = sqliteTable('places', {
  id: integer().primaryKey(),
  /** The words folded for comparison. */
  folded: text().notNull().unique(),
  name: text().notNull(),
  rkey: text().notNull().unique(),
  cid: text().notNull(),
  createdAt: integer('created_at').notNull(),
});

/** Work that an issuer asks for. Its id is the number people say. */
export const tasks = sqliteTable(
  'tasks',
  {
    id: integer().primaryKey(),
    partnerId: integer('partner_id')
      .notNull()
      .references(() => partners.id),
    title: text().notNull(),
    place: text().notNull(),
    /** Whole credits for each person whose evidence is approved. */
    credits: integer().notNull(),
    slots: integer().notNull(),
    /** Slots that are taken; the database refuses more than there are. */
    taken: integer().notNull().default(0),
    startsAt: integer('starts_at').notNull(),
    endsAt: integer('ends_at'),
    state: text({ enum: ['open', 'closed', 'called-off'] }).notNull(),
    createdBy: integer('created_by')
      .notNull()
      .references(() => persons.id),
    createdAt: integer('created_at').notNull(),
    closedAt: integer('closed_at'),
    rkey: text().notNull().unique(),
    cid: text().notNull(),
    /** Null for a task that was announced before places had records. */
    placeId: integer('place_id').references(() => places.id),
    /** The Bluesky post that announces it; null while there is none. */
    postUri: text('post_uri'),
    postCid: text('post_cid'),
    /** People whose evidence was approved, and those of them whom the activity's record names. */
    verified: integer().notNull().default(0),
    recorded: integer().notNull().default(0),
    /** Pieces of evidence that were decided about, and how many of them the public evaluation tells of. */
    reviewed: integer().notNull().default(0),
    evaluated: integer().notNull().default(0),
    /** What else people should know, as it was changed; empty for nothing. */
    note: text().notNull().default(''),
    /** Why it was called off; empty where it was not. */
    reason: text().notNull().default(''),
    /** The area of the city that it is in; null where nobody knows. */
    area: text(),
    /** How often it was changed since it was announced. */
    sequence: integer().notNull().default(0),
    /** When and where it was to be before each change, the oldest first. */
    changes: json<readonly TaskTimes[]>().notNull().default([]),
    /** When its time moved by an hour or more, or its place changed, last (ms); null for never. */
    movedAt: integer('moved_at'),
    /** How often everybody who joined was told something. */
    tells: integer().notNull().default(0),
    /** 1 for a task without a fixed time: it can be done whenever until it ends. */
    isAnyTime: integer('is_any_time').notNull().default(0),
    /** When the next thing becomes due on it (ms); null when nothing will. */
    nextAt: integer('next_at'),
  },
  (table) => [
    index('tasks_next').on(table.nextAt).where(sql`${table.nextAt} is not null`),
    index('tasks_open').on(table.startsAt).where(sql`${table.state} = 'open'`),
    index('tasks_partner').on(table.partnerId),
    index('tasks_unrecorded').on(table.id).where(sql`${table.verified} > ${table.recorded}`),
    index('tasks_unevaluated').on(table.id).where(sql`${table.reviewed} > ${table.evaluated}`),
    check('tasks_credits', sql`${table.credits} > 0`),
    check('tasks_taken', sql`${table.taken} between 0 and ${table.slots}`),
  ],
);

/** The public record of the work done on a task: one for each part of its contributors. */
export const activities = sqliteTable(
  'activities',
  {
    taskId: integer('task_id')
      .notNull()
      .references(() => tasks.id),
    /** From 1. */
    part: integer().notNull(),
    rkey: text().notNull().unique(),
    cid: text().notNull(),
    contributors: integer().notNull(),
    createdAt: integer('created_at').notNull(),
  },
  (table) => [primaryKey({ columns: [table.taskId, table.part] })],
);

/** A task as it was announced in one channel's public place. */
export const announcements = sqliteTable(
  'announcements',
  {
    channel: text().notNull(),
    externalId: text('external_id').notNull(),
    taskId: integer('task_id')
      .notNull()
      .references(() => tasks.id),
    /** A digest of what it shows of the task now; null where it cannot be changed. */
    shown: text(),
  },
  (table) => [primaryKey({ columns: [table.channel, table.externalId] })],
);

/** A person's part in a task. */
export const claims = sqliteTable(
  'claims',
  {
    id: integer().primaryKey(),
    taskId: integer('task_id')
      .notNull()
      .references(() => tasks.id),
    personId: integer('person_id')
      .notNull()
      .references(() => persons.id),
    state: text().notNull().$type<ClaimState>(),
    createdAt: integer('created_at').notNull(),
    rkey: text().notNull().unique(),
    cid: text().notNull(),
    /** Every step so far; none for a claim of an older version whose record is yet to tell them. */
    steps: json<readonly ClaimStep[]>().notNull().default([]),
    /** People without a phone whom the person brings: each takes a slot. */
    guests: integer().notNull().default(0),
    /** Until when an offered slot is kept for the person (ms); null for one that is not offered. */
    offeredUntil: integer('offered_until'),
    /** The reminders that the person got, or need not get any more: 1 for the day before, 2 for both. */
    reminded: integer().notNull().default(0),
  },
  (table) => [
    uniqueIndex('claims_once')
      .on(table.personId, table.taskId)
      .where(sql`${table.state} not in ('left', 'lapsed', 'closed', 'called-off')`),
    index('claims_offered').on(table.offeredUntil).where(sql`${table.offeredUntil} is not null`),
    index('claims_stepless').on(table.id).where(sql`${table.steps} = '[]'`),
    index('claims_task').on(table.taskId, table.state),
    // All of a person, those they left too, when accounts are compared.
    index('claims_person').on(table.personId),
  ],
);

/** What a person is to be told about a task that they take part in, until it is time to say it. */
export const notices = sqliteTable(
  'notices',
  {
    id: integer().primaryKey(),
    personId: integer('person_id')
      .notNull()
      .references(() => persons.id),
    taskId: integer('task_id')
      .notNull()
      .references(() => tasks.id),
    /** A line of the table of notices. */
    kind: text().notNull(),
    facts: json<Readonly<Record<string, string | number>>>().notNull(),
    /** It is said at this time (ms) or later. */
    dueAt: integer('due_at').notNull(),
    createdAt: integer('created_at').notNull(),
  },
  (table) => [
    index('notices_due').on(table.dueAt),
    index('notices_person').on(table.personId, table.taskId),
    index('notices_task').on(table.taskId),
  ],
);

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
    state: text({ enum: ['open', 'closed'] }).notNull(),
    createdAt: integer('created_at').notNull(),
    rkey: text().notNull().unique(),
    cid: text().notNull(),
  },
  (table) => [
    index('offers_partner').on(table.partnerId),
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
    state: text({ enum: ['held', 'honored', 'released', 'expired'] }).notNull(),
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
