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
    /** The series that it is a date of; null for one by itself. */
    seriesId: integer('series_id'),
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

/** Somebody's question about a task, for its organizer. Its id is the number that organizers say. */
export const questions = sqliteTable(
  'questions',
  {
    id: integer().primaryKey(),
    taskId: integer('task_id')
      .notNull()
      .references(() => tasks.id),
    personId: integer('person_id')
      .notNull()
      .references(() => persons.id),
    askedAt: integer('asked_at').notNull(),
  },
  (table) => [index('questions_person').on(table.personId)],
);

/**
 * A task that comes again every week, as it is announced for each date. Its dates are tasks of their
 * own, which tell of the series in their records.
 */
export const series = sqliteTable(
  'series',
  {
    id: integer().primaryKey(),
    /** By what the records of its tasks name it. */
    key: text().notNull().unique(),
    partnerId: integer('partner_id')
      .notNull()
      .references(() => partners.id),
    createdBy: integer('created_by')
      .notNull()
      .references(() => persons.id),
    title: text().notNull(),
    place: text().notNull(),
    credits: integer().notNull(),
    slots: integer().notNull(),
    /** What else people should know of its dates. */
    note: text().notNull().default(''),
    /** Minutes of the city's day at which it begins and ends; no end where nobody said one. */
    startMinute: integer('start_minute').notNull(),
    endMinute: integer('end_minute'),
    /** The next date that is not announced yet, and the last of all, `YYYY-MM-DD`. */
    nextDay: text('next_day').notNull(),
    lastDay: text('last_day').notNull(),
    createdAt: integer('created_at').notNull(),
  },
  (table) => [
    index('series_next').on(table.nextDay).where(sql`${table.nextDay} <= ${table.lastDay}`),
  ],
);

/** Somebody who joined a series, and so each of its dates. */
export const seriesPeople = sqliteTable(
  'series_people',
  {
    seriesId: integer('series_id')
      .notNull()
      .references(() => series.id),
    personId: integer('person_id')
      .notNull()
      .references(() => persons.id),
  },
  (table) => [
    primaryKey({ columns: [table.seriesId, table.personId] }),
    index('series_people_person').on(table.personId),
  ],
);

/**
 * What a person without an account has of their part in a task: whoever sends the code of the slip
 * brings it into their account.
 */
export const claimSlips = sqliteTable('claim_slips', {
  id: integer().primaryKey(),
  /** HMAC of the code. */
  codeLookup: text('code_lookup').notNull().unique(),
  claimId: integer('claim_id')
    .notNull()
    .unique()
    .references(() => claims.id),
  expiresAt: integer('expires_at').notNull(),
});
