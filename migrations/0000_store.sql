CREATE TABLE `announcements` (
	`channel` text NOT NULL,
	`external_id` text NOT NULL,
	`task_id` integer NOT NULL,
	PRIMARY KEY(`channel`, `external_id`),
	FOREIGN KEY (`task_id`) REFERENCES `tasks`(`id`) ON UPDATE no action ON DELETE no action
) STRICT;
--> statement-breakpoint
CREATE TABLE `caps` (
	`scope` text NOT NULL,
	`epoch` text NOT NULL,
	`amount` integer NOT NULL,
	`issued` integer DEFAULT 0 NOT NULL,
	PRIMARY KEY(`scope`, `epoch`),
	CONSTRAINT "caps_issued" CHECK("caps"."issued" between 0 and "caps"."amount")
) STRICT;
--> statement-breakpoint
CREATE TABLE `claims` (
	`id` integer PRIMARY KEY NOT NULL,
	`task_id` integer NOT NULL,
	`person_id` integer NOT NULL,
	`state` text NOT NULL,
	`created_at` integer NOT NULL,
	`rkey` text NOT NULL,
	`cid` text NOT NULL,
	FOREIGN KEY (`task_id`) REFERENCES `tasks`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`person_id`) REFERENCES `persons`(`id`) ON UPDATE no action ON DELETE no action
) STRICT;
--> statement-breakpoint
CREATE UNIQUE INDEX `claims_rkey_unique` ON `claims` (`rkey`);--> statement-breakpoint
CREATE UNIQUE INDEX `claims_once` ON `claims` (`person_id`,`task_id`) WHERE "claims"."state" not in ('dropped', 'closed');--> statement-breakpoint
CREATE INDEX `claims_task` ON `claims` (`task_id`,`state`);--> statement-breakpoint
CREATE TABLE `code_failures` (
	`id` integer PRIMARY KEY NOT NULL,
	`person_id` integer NOT NULL,
	`at` integer NOT NULL,
	FOREIGN KEY (`person_id`) REFERENCES `persons`(`id`) ON UPDATE no action ON DELETE no action
) STRICT;
--> statement-breakpoint
CREATE INDEX `code_failures_person` ON `code_failures` (`person_id`,`at`);--> statement-breakpoint
CREATE TABLE `evidence` (
	`id` integer PRIMARY KEY NOT NULL,
	`claim_id` integer NOT NULL,
	`inbox_id` integer,
	`partner_id` integer NOT NULL,
	`text` text NOT NULL,
	`state` text NOT NULL,
	`submitted_at` integer NOT NULL,
	`rkey` text NOT NULL,
	`cid` text NOT NULL,
	FOREIGN KEY (`claim_id`) REFERENCES `claims`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`inbox_id`) REFERENCES `inbox`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`partner_id`) REFERENCES `partners`(`id`) ON UPDATE no action ON DELETE no action
) STRICT;
--> statement-breakpoint
CREATE UNIQUE INDEX `evidence_rkey_unique` ON `evidence` (`rkey`);--> statement-breakpoint
CREATE UNIQUE INDEX `evidence_pending` ON `evidence` (`claim_id`) WHERE "evidence"."state" = 'pending';--> statement-breakpoint
CREATE INDEX `evidence_claim` ON `evidence` (`claim_id`);--> statement-breakpoint
CREATE INDEX `evidence_waiting` ON `evidence` (`partner_id`,`id`) WHERE "evidence"."state" = 'pending';--> statement-breakpoint
CREATE TABLE `evidence_pictures` (
	`evidence_id` integer NOT NULL,
	`picture_id` integer NOT NULL,
	PRIMARY KEY(`evidence_id`, `picture_id`),
	FOREIGN KEY (`evidence_id`) REFERENCES `evidence`(`id`) ON UPDATE no action ON DELETE no action
) STRICT;
--> statement-breakpoint
CREATE INDEX `evidence_pictures_picture` ON `evidence_pictures` (`picture_id`);--> statement-breakpoint
CREATE TABLE `offer_days` (
	`offer_id` integer NOT NULL,
	`day` text NOT NULL,
	`capacity` integer NOT NULL,
	`taken` integer NOT NULL,
	PRIMARY KEY(`offer_id`, `day`),
	FOREIGN KEY (`offer_id`) REFERENCES `offers`(`id`) ON UPDATE no action ON DELETE no action,
	CONSTRAINT "offer_days_taken" CHECK("offer_days"."taken" between 0 and "offer_days"."capacity")
) STRICT;
--> statement-breakpoint
CREATE TABLE `offers` (
	`id` integer PRIMARY KEY NOT NULL,
	`partner_id` integer NOT NULL,
	`title` text NOT NULL,
	`credits` integer NOT NULL,
	`per_day` integer,
	`state` text NOT NULL,
	`created_at` integer NOT NULL,
	`rkey` text NOT NULL,
	`cid` text NOT NULL,
	FOREIGN KEY (`partner_id`) REFERENCES `partners`(`id`) ON UPDATE no action ON DELETE no action,
	CONSTRAINT "offers_credits" CHECK("offers"."credits" > 0)
) STRICT;
--> statement-breakpoint
CREATE UNIQUE INDEX `offers_rkey_unique` ON `offers` (`rkey`);--> statement-breakpoint
CREATE INDEX `offers_partner` ON `offers` (`partner_id`);--> statement-breakpoint
CREATE TABLE `redemptions` (
	`id` integer PRIMARY KEY NOT NULL,
	`offer_id` integer NOT NULL,
	`partner_id` integer NOT NULL,
	`person_id` integer NOT NULL,
	`credits` integer NOT NULL,
	`state` text NOT NULL,
	`code_lookup` text NOT NULL,
	`code_seed` text NOT NULL,
	`hold_id` text NOT NULL,
	`day` text NOT NULL,
	`created_at` integer NOT NULL,
	`expires_at` integer NOT NULL,
	`resolved_at` integer,
	`honored_by` integer,
	FOREIGN KEY (`offer_id`) REFERENCES `offers`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`partner_id`) REFERENCES `partners`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`person_id`) REFERENCES `persons`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`honored_by`) REFERENCES `persons`(`id`) ON UPDATE no action ON DELETE no action
) STRICT;
--> statement-breakpoint
CREATE UNIQUE INDEX `redemptions_code_lookup_unique` ON `redemptions` (`code_lookup`);--> statement-breakpoint
CREATE INDEX `redemptions_held` ON `redemptions` (`expires_at`) WHERE "redemptions"."state" = 'held';--> statement-breakpoint
CREATE INDEX `redemptions_person` ON `redemptions` (`person_id`) WHERE "redemptions"."state" = 'held';--> statement-breakpoint
CREATE TABLE `reviews` (
	`id` integer PRIMARY KEY NOT NULL,
	`evidence_id` integer NOT NULL,
	`reviewer_id` integer NOT NULL,
	`decision` text NOT NULL,
	`reason_code` text NOT NULL,
	`note` text NOT NULL,
	`at` integer NOT NULL,
	`rkey` text NOT NULL,
	`cid` text NOT NULL,
	FOREIGN KEY (`evidence_id`) REFERENCES `evidence`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`reviewer_id`) REFERENCES `persons`(`id`) ON UPDATE no action ON DELETE no action
) STRICT;
--> statement-breakpoint
CREATE UNIQUE INDEX `reviews_evidence_id_unique` ON `reviews` (`evidence_id`);--> statement-breakpoint
CREATE UNIQUE INDEX `reviews_rkey_unique` ON `reviews` (`rkey`);--> statement-breakpoint
CREATE TABLE `tasks` (
	`id` integer PRIMARY KEY NOT NULL,
	`partner_id` integer NOT NULL,
	`title` text NOT NULL,
	`place` text NOT NULL,
	`credits` integer NOT NULL,
	`slots` integer NOT NULL,
	`taken` integer DEFAULT 0 NOT NULL,
	`starts_at` integer NOT NULL,
	`ends_at` integer,
	`state` text NOT NULL,
	`created_by` integer NOT NULL,
	`created_at` integer NOT NULL,
	`closed_at` integer,
	`rkey` text NOT NULL,
	`cid` text NOT NULL,
	FOREIGN KEY (`partner_id`) REFERENCES `partners`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`created_by`) REFERENCES `persons`(`id`) ON UPDATE no action ON DELETE no action,
	CONSTRAINT "tasks_credits" CHECK("tasks"."credits" > 0),
	CONSTRAINT "tasks_taken" CHECK("tasks"."taken" between 0 and "tasks"."slots")
) STRICT;
--> statement-breakpoint
CREATE UNIQUE INDEX `tasks_rkey_unique` ON `tasks` (`rkey`);--> statement-breakpoint
CREATE INDEX `tasks_open` ON `tasks` (`starts_at`) WHERE "tasks"."state" = 'open';--> statement-breakpoint
CREATE INDEX `tasks_partner` ON `tasks` (`partner_id`);--> statement-breakpoint
CREATE TABLE `accounts` (
	`id` integer PRIMARY KEY NOT NULL,
	`name` text NOT NULL,
	`kind` text NOT NULL,
	`credit_kind` text NOT NULL,
	`debits_posted` integer DEFAULT 0 NOT NULL,
	`debits_pending` integer DEFAULT 0 NOT NULL,
	`credits_posted` integer DEFAULT 0 NOT NULL,
	`credits_pending` integer DEFAULT 0 NOT NULL,
	CONSTRAINT "accounts_not_negative" CHECK(min("accounts"."debits_posted", "accounts"."debits_pending", "accounts"."credits_posted", "accounts"."credits_pending") >= 0),
	CONSTRAINT "accounts_person_covered" CHECK("accounts"."kind" <> 'person' or "accounts"."credits_posted" - "accounts"."debits_posted" - "accounts"."debits_pending" >= 0)
) STRICT;
--> statement-breakpoint
CREATE UNIQUE INDEX `accounts_name` ON `accounts` (`name`,`credit_kind`);--> statement-breakpoint
CREATE TABLE `transfers` (
	`position` integer PRIMARY KEY NOT NULL,
	`id` text NOT NULL,
	`kind` text NOT NULL,
	`debit_account_id` integer NOT NULL,
	`credit_account_id` integer NOT NULL,
	`amount` integer NOT NULL,
	`resolves` text,
	`code` text NOT NULL,
	`reference` text,
	`time_us` integer NOT NULL,
	`cid` text NOT NULL,
	`previous_cid` text,
	FOREIGN KEY (`debit_account_id`) REFERENCES `accounts`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`credit_account_id`) REFERENCES `accounts`(`id`) ON UPDATE no action ON DELETE no action,
	CONSTRAINT "transfers_amount" CHECK("transfers"."amount" > 0),
	CONSTRAINT "transfers_two_sides" CHECK("transfers"."debit_account_id" <> "transfers"."credit_account_id"),
	CONSTRAINT "transfers_resolves" CHECK(("transfers"."kind" in ('post', 'void')) = ("transfers"."resolves" is not null))
) STRICT;
--> statement-breakpoint
CREATE UNIQUE INDEX `transfers_id_unique` ON `transfers` (`id`);--> statement-breakpoint
CREATE UNIQUE INDEX `transfers_resolved_once` ON `transfers` (`resolves`) WHERE "transfers"."resolves" is not null;--> statement-breakpoint
CREATE INDEX `transfers_debit` ON `transfers` (`debit_account_id`,`position`);--> statement-breakpoint
CREATE INDEX `transfers_credit` ON `transfers` (`credit_account_id`,`position`);--> statement-breakpoint
CREATE TABLE `cursors` (
	`name` text PRIMARY KEY NOT NULL,
	`value` text NOT NULL
) STRICT;
--> statement-breakpoint
CREATE TABLE `inbox` (
	`id` integer PRIMARY KEY NOT NULL,
	`channel` text NOT NULL,
	`external_id` text NOT NULL,
	`identity_id` integer NOT NULL,
	`payload` text,
	`state` text NOT NULL,
	`attempts` integer DEFAULT 0 NOT NULL,
	`retry_at` integer DEFAULT 0 NOT NULL,
	`error` text,
	`received_at` integer NOT NULL,
	`processed_at` integer,
	FOREIGN KEY (`identity_id`) REFERENCES `identities`(`id`) ON UPDATE no action ON DELETE no action
) STRICT;
--> statement-breakpoint
CREATE UNIQUE INDEX `inbox_external` ON `inbox` (`channel`,`external_id`);--> statement-breakpoint
CREATE INDEX `inbox_waiting` ON `inbox` (`id`) WHERE "inbox"."state" = 'received';--> statement-breakpoint
CREATE INDEX `inbox_parked` ON `inbox` (`id`) WHERE "inbox"."state" = 'parked';--> statement-breakpoint
CREATE INDEX `inbox_waiting_of` ON `inbox` (`identity_id`,`id`) WHERE "inbox"."state" = 'received';--> statement-breakpoint
CREATE TABLE `outbox` (
	`id` integer PRIMARY KEY NOT NULL,
	`channel` text NOT NULL,
	`identity_id` integer,
	`inbox_id` integer,
	`kind` text NOT NULL,
	`task_id` integer,
	`body` text,
	`state` text NOT NULL,
	`attempts` integer DEFAULT 0 NOT NULL,
	`not_before` integer NOT NULL,
	`lease_until` integer,
	`provider_id` text,
	`error` text,
	`created_at` integer NOT NULL,
	`sent_at` integer,
	FOREIGN KEY (`identity_id`) REFERENCES `identities`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`inbox_id`) REFERENCES `inbox`(`id`) ON UPDATE no action ON DELETE no action
) STRICT;
--> statement-breakpoint
CREATE INDEX `outbox_due` ON `outbox` (`channel`,`not_before`,`id`) WHERE "outbox"."state" = 'pending';--> statement-breakpoint
CREATE INDEX `outbox_leased` ON `outbox` (`channel`,`identity_id`) WHERE "outbox"."state" = 'leased';--> statement-breakpoint
CREATE INDEX `outbox_backing_off` ON `outbox` (`channel`,`identity_id`,`id`) WHERE "outbox"."state" = 'pending' and "outbox"."attempts" > 0;--> statement-breakpoint
CREATE INDEX `outbox_unsent_to` ON `outbox` (`identity_id`) WHERE "outbox"."state" in ('pending', 'leased');--> statement-breakpoint
CREATE INDEX `outbox_dead` ON `outbox` (`id`) WHERE "outbox"."state" = 'dead';--> statement-breakpoint
CREATE INDEX `outbox_provider` ON `outbox` (`channel`,`provider_id`);--> statement-breakpoint
CREATE TABLE `pictures` (
	`id` integer PRIMARY KEY NOT NULL,
	`inbox_id` integer NOT NULL,
	`spool_key` text NOT NULL,
	`state` text NOT NULL,
	`attempts` integer DEFAULT 0 NOT NULL,
	`reason` text,
	`cid` text,
	`sha256` text,
	`media_type` text,
	`size_bytes` integer,
	`width` integer,
	`height` integer,
	FOREIGN KEY (`inbox_id`) REFERENCES `inbox`(`id`) ON UPDATE no action ON DELETE no action
) STRICT;
--> statement-breakpoint
CREATE INDEX `pictures_inbox` ON `pictures` (`inbox_id`);--> statement-breakpoint
CREATE INDEX `pictures_cid` ON `pictures` (`cid`);--> statement-breakpoint
CREATE INDEX `pictures_raw` ON `pictures` (`id`) WHERE "pictures"."state" = 'raw';--> statement-breakpoint
CREATE INDEX `pictures_in_use` ON `pictures` (`id`) WHERE "pictures"."state" in ('raw', 'clean');--> statement-breakpoint
CREATE TABLE `consents` (
	`id` integer PRIMARY KEY NOT NULL,
	`identity_id` integer NOT NULL,
	`kind` text NOT NULL,
	`wording` text NOT NULL,
	`at` integer NOT NULL,
	FOREIGN KEY (`identity_id`) REFERENCES `identities`(`id`) ON UPDATE no action ON DELETE no action
) STRICT;
--> statement-breakpoint
CREATE TABLE `delegations` (
	`id` integer PRIMARY KEY NOT NULL,
	`person_id` integer NOT NULL,
	`partner_id` integer,
	`role` text NOT NULL,
	`created_at` integer NOT NULL,
	`expires_at` integer,
	`revoked_at` integer,
	FOREIGN KEY (`person_id`) REFERENCES `persons`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`partner_id`) REFERENCES `partners`(`id`) ON UPDATE no action ON DELETE no action
) STRICT;
--> statement-breakpoint
CREATE INDEX `delegations_person` ON `delegations` (`person_id`);--> statement-breakpoint
CREATE INDEX `delegations_partner` ON `delegations` (`partner_id`);--> statement-breakpoint
CREATE UNIQUE INDEX `delegations_live` ON `delegations` (`person_id`,`partner_id`) WHERE "delegations"."revoked_at" is null;--> statement-breakpoint
CREATE UNIQUE INDEX `delegations_live_city` ON `delegations` (`person_id`) WHERE "delegations"."partner_id" is null and "delegations"."revoked_at" is null;--> statement-breakpoint
CREATE TABLE `identities` (
	`id` integer PRIMARY KEY NOT NULL,
	`channel` text NOT NULL,
	`lookup` text NOT NULL,
	`key_id` text NOT NULL,
	`ciphertext` blob NOT NULL,
	`person_id` integer NOT NULL,
	`stopped_at` integer,
	`created_at` integer NOT NULL,
	FOREIGN KEY (`person_id`) REFERENCES `persons`(`id`) ON UPDATE no action ON DELETE no action
) STRICT;
--> statement-breakpoint
CREATE UNIQUE INDEX `identities_lookup` ON `identities` (`channel`,`lookup`);--> statement-breakpoint
CREATE INDEX `identities_person` ON `identities` (`person_id`);--> statement-breakpoint
CREATE TABLE `invites` (
	`id` integer PRIMARY KEY NOT NULL,
	`lookup` text NOT NULL,
	`role` text NOT NULL,
	`partner_id` integer,
	`created_at` integer NOT NULL,
	`expires_at` integer NOT NULL,
	`used_at` integer,
	`used_by` integer,
	FOREIGN KEY (`partner_id`) REFERENCES `partners`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`used_by`) REFERENCES `persons`(`id`) ON UPDATE no action ON DELETE no action
) STRICT;
--> statement-breakpoint
CREATE UNIQUE INDEX `invites_lookup_unique` ON `invites` (`lookup`);--> statement-breakpoint
CREATE TABLE `partners` (
	`id` integer PRIMARY KEY NOT NULL,
	`kind` text NOT NULL,
	`name` text NOT NULL,
	`folded` text NOT NULL,
	`state` text NOT NULL,
	`rkey` text NOT NULL,
	`cid` text NOT NULL,
	`created_at` integer NOT NULL
) STRICT;
--> statement-breakpoint
CREATE UNIQUE INDEX `partners_rkey_unique` ON `partners` (`rkey`);--> statement-breakpoint
CREATE UNIQUE INDEX `partners_folded` ON `partners` (`kind`,`folded`);--> statement-breakpoint
CREATE TABLE `persons` (
	`id` integer PRIMARY KEY NOT NULL,
	`participant_id` text NOT NULL,
	`language` text NOT NULL,
	`language_chosen` integer DEFAULT 1 NOT NULL,
	`joined_at` integer,
	`public_evidence_at` integer,
	`created_at` integer NOT NULL,
	CONSTRAINT "persons_language" CHECK("persons"."language" in ('en', 'es'))
) STRICT;
--> statement-breakpoint
CREATE UNIQUE INDEX `persons_participant_id_unique` ON `persons` (`participant_id`);--> statement-breakpoint
CREATE TABLE `sessions` (
	`identity_id` integer PRIMARY KEY NOT NULL,
	`command` text NOT NULL,
	`step` text NOT NULL,
	`data` text NOT NULL,
	`expires_at` integer NOT NULL,
	FOREIGN KEY (`identity_id`) REFERENCES `identities`(`id`) ON UPDATE no action ON DELETE no action
) STRICT;
--> statement-breakpoint
CREATE TABLE `records` (
	`seq` integer PRIMARY KEY NOT NULL,
	`collection` text NOT NULL,
	`rkey` text NOT NULL,
	`operation` text NOT NULL,
	`cid` text NOT NULL,
	`value` text NOT NULL,
	`state` text NOT NULL,
	`staged_at` integer NOT NULL,
	`published_at` integer
) STRICT;
--> statement-breakpoint
CREATE INDEX `records_staged` ON `records` (`seq`) WHERE "records"."state" = 'staged';--> statement-breakpoint
CREATE INDEX `records_key` ON `records` (`collection`,`rkey`);--> statement-breakpoint
CREATE UNIQUE INDEX `records_created_once` ON `records` (`collection`,`rkey`) WHERE "records"."operation" = 'create';