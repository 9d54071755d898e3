import { sql } from 'drizzle-orm';
import { blob, index, integer, sqliteTable, text, uniqueIndex } from 'drizzle-orm/sqlite-core';

/** A resident or partner. Public only as `participantId`. */
export const persons = sqliteTable('persons', {
  id: integer().primaryKey(),
  participantId: text('participant_id').notNull().unique(),
  /** A language tag, as `en`. */
  language: text().notNull(),
  /** 0 where the language was guessed, until the person's first words decide it. */
  languageChosen: integer('language_chosen').notNull().default(1),
  /** When the person agreed to take part and to get messages (ms); null until then. */
  joinedAt: integer('joined_at'),
  /** When the person agreed that evidence becomes public (ms); null until then. */
  publicEvidenceAt: integer('public_evidence_at'),
  /** The person's own DID, if they agreed to be public under it. */
  publicDid: text('public_did'),
  /** The channel on which the person wants to be told; null for the first that reaches them. */
  noticeChannel: text('notice_channel'),
  createdAt: integer('created_at').notNull(),
});

/** An address on a channel: kept as ciphertext, found by HMAC. */
export const identities = sqliteTable(
  'identities',
  {
    id: integer().primaryKey(),
    channel: text().notNull(),
    lookup: text().notNull(),
    keyId: text('key_id').notNull(),
    ciphertext: blob({ mode: 'buffer' }).notNull().$type<Uint8Array>(),
    personId: integer('person_id')
      .notNull()
      .references(() => persons.id),
    /** When the person said STOP (ms); null while messages may be sent. */
    stoppedAt: integer('stopped_at'),
    /** When the person asked to be told of new tasks here (ms); null for somebody who did not. */
    alertsAt: integer('alerts_at'),
    /** Which tasks those are, as `domain/task-filter.ts` writes it; null for all. */
    alertsFilter: text('alerts_filter'),
    /** When the channel said that nothing can be sent here (ms); null once somebody writes again. */
    unreachableAt: integer('unreachable_at'),
    /** When a message that nobody asked for last told how to opt out (ms). */
    optOutHintAt: integer('way_out_at'),
    /** When something last came from here (ms), a day at most too early; null until something does. */
    heardAt: integer('heard_at'),
    /**
     * When it wrote again after so long that its number may have been given to somebody else (ms);
     * null once its person has shown that it is them.
     */
    returnedAt: integer('returned_at'),
    createdAt: integer('created_at').notNull(),
  },
  (table) => [
    uniqueIndex('identities_lookup').on(table.channel, table.lookup),
    index('identities_person').on(table.personId),
    index('identities_alerts').on(table.id).where(sql`${table.alertsAt} is not null`),
    index('identities_alert_filters')
      .on(table.alertsFilter)
      .where(sql`${table.alertsFilter} is not null`),
  ],
);

/** Proof of an agreement: its kind, its wording, when and where it was given. */
export const consents = sqliteTable('consents', {
  id: integer().primaryKey(),
  identityId: integer('identity_id')
    .notNull()
    .references(() => identities.id),
  kind: text({ enum: ['messages', 'public-evidence', 'alerts', 'public-did', 'stop'] }).notNull(),
  wording: text().notNull(),
  at: integer().notNull(),
});

/** A code by which a person shows on another channel that both are the same, and who agreed so far. */
export const linkCodes = sqliteTable('link_codes', {
  /** HMAC of the code. */
  lookup: text().primaryKey(),
  /** The first digits, which name the code: wrong guesses are charged to it. Null once it was said. */
  name: text().unique(),
  personId: integer('person_id')
    .notNull()
    .references(() => persons.id),
  /** The address that the code was made at. */
  identityId: integer('identity_id').references(() => identities.id),
  /** The address that said it; null until one does. */
  askerId: integer('asker_id').references(() => identities.id),
  /** Who has to agree now; null until the code was said. */
  step: text({ enum: ['asker', 'owner', 'asker-older', 'owner-older'] }),
  /** Wrong guesses by anybody. */
  wrong: integer().notNull().default(0),
  createdAt: integer('created_at').notNull(),
  expiresAt: integer('expires_at').notNull(),
});

/** A question that waits for the person's next message on this identity. */
export const sessions = sqliteTable('sessions', {
  identityId: integer('identity_id')
    .primaryKey()
    .references(() => identities.id),
  command: text().notNull(),
  step: text().notNull(),
  /** Sealed, since it may hold what the person said; its shape belongs to the command. */
  data: text().notNull(),
  expiresAt: integer('expires_at').notNull(),
});

/** An organization that issues or redeems credits. */
export const partners = sqliteTable(
  'partners',
  {
    id: integer().primaryKey(),
    kind: text({ enum: ['issuer', 'redeemer'] }).notNull(),
    name: text().notNull(),
    /** The name folded for comparison; one partner of a kind has it. */
    folded: text().notNull(),
    /** `invited` until somebody takes up the first invitation. */
    state: text({ enum: ['invited', 'pending', 'approved', 'deferred', 'suspended'] }).notNull(),
    /** How the city took it on: yellow has half the cap, red is deferred for the reason. */
    onboarding: text({ enum: ['green', 'yellow', 'red'] })
      .notNull()
      .default('green'),
    onboardingReason: text('onboarding_reason').notNull().default(''),
    rkey: text().notNull().unique(),
    cid: text().notNull(),
    createdAt: integer('created_at').notNull(),
  },
  (table) => [uniqueIndex('partners_folded').on(table.kind, table.folded)],
);

/** Where a partner stood with the city, each time that this was decided. */
export const standings = sqliteTable(
  'standings',
  {
    id: integer().primaryKey(),
    partnerId: integer('partner_id')
      .notNull()
      .references(() => partners.id),
    state: text({ enum: ['invited', 'pending', 'approved', 'deferred', 'suspended'] }).notNull(),
    at: integer().notNull(),
    /** The participant id of the admin who decided it; null where nobody is known. */
    by: text(),
    /** Their words, as they are public; empty for none. */
    reason: text().notNull(),
  },
  (table) => [index('standings_partner').on(table.partnerId)],
);

/** Who may act for whom. Without a partner it is the city itself. */
export const delegations = sqliteTable(
  'delegations',
  {
    id: integer().primaryKey(),
    personId: integer('person_id')
      .notNull()
      .references(() => persons.id),
    partnerId: integer('partner_id').references(() => partners.id),
    role: text({ enum: ['admin', 'owner', 'manager', 'reviewer', 'counter'] }).notNull(),
    createdAt: integer('created_at').notNull(),
    /** Null for a delegation without an end. */
    expiresAt: integer('expires_at'),
    revokedAt: integer('revoked_at'),
    /** The participant id of who gave it; null for the operator, and where nobody is known. */
    givenBy: text('given_by'),
    /** When the person last chose to act for this partner (ms); null for never. */
    chosenAt: integer('chosen_at'),
  },
  (table) => [
    index('delegations_person').on(table.personId),
    index('delegations_partner').on(table.partnerId),
    // One live delegation for a partner, and one for the city, whose partner is null.
    uniqueIndex('delegations_live')
      .on(table.personId, table.partnerId)
      .where(sql`${table.revokedAt} is null`),
    uniqueIndex('delegations_live_city')
      .on(table.personId)
      .where(sql`${table.partnerId} is null and ${table.revokedAt} is null`),
  ],
);

/** A single-use invitation to a role; only the HMAC of its token is kept. */
export const invites = sqliteTable('invites', {
  id: integer().primaryKey(),
  lookup: text().notNull().unique(),
  role: text({ enum: ['admin', 'owner', 'manager', 'reviewer', 'counter'] }).notNull(),
  partnerId: integer('partner_id').references(() => partners.id),
  createdAt: integer('created_at').notNull(),
  expiresAt: integer('expires_at').notNull(),
  usedAt: integer('used_at'),
  usedBy: integer('used_by').references(() => persons.id),
  /** Who invites; null for the operator, and for invitations from before this was kept. */
  invitedBy: integer('invited_by').references(() => persons.id),
  /** When the role ends (ms); null for no end. */
  endsAt: integer('ends_at'),
});
