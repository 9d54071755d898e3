CREATE TABLE `account_pairs` (
	`id` integer PRIMARY KEY NOT NULL,
	`person_id` integer NOT NULL,
	`other_id` integer NOT NULL,
	`basis` text NOT NULL,
	`times` integer NOT NULL,
	`verdict` text NOT NULL,
	`reason` text,
	`decided_by` integer,
	`decided_at` integer,
	`created_at` integer NOT NULL,
	FOREIGN KEY (`person_id`) REFERENCES `persons`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`other_id`) REFERENCES `persons`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`decided_by`) REFERENCES `persons`(`id`) ON UPDATE no action ON DELETE no action
) STRICT;
--> statement-breakpoint
CREATE UNIQUE INDEX `account_pairs_once` ON `account_pairs` (`person_id`,`other_id`);--> statement-breakpoint
CREATE INDEX `account_pairs_other` ON `account_pairs` (`other_id`);--> statement-breakpoint
CREATE INDEX `account_pairs_open` ON `account_pairs` (`id`) WHERE "account_pairs"."verdict" = 'open';--> statement-breakpoint
CREATE TABLE `moves` (
	`id` integer PRIMARY KEY NOT NULL,
	`person_id` integer NOT NULL,
	`identity_id` integer NOT NULL,
	`old_identity_id` integer,
	`state` text NOT NULL,
	`created_at` integer NOT NULL,
	`due_at` integer,
	`allowed_by` integer,
	`reason` text,
	FOREIGN KEY (`person_id`) REFERENCES `persons`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`identity_id`) REFERENCES `identities`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`old_identity_id`) REFERENCES `identities`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`allowed_by`) REFERENCES `persons`(`id`) ON UPDATE no action ON DELETE no action
) STRICT;
--> statement-breakpoint
CREATE INDEX `moves_open` ON `moves` (`person_id`) WHERE "moves"."state" in ('asked', 'waiting');--> statement-breakpoint
CREATE INDEX `moves_due` ON `moves` (`due_at`) WHERE "moves"."state" = 'waiting';--> statement-breakpoint
CREATE TABLE `recovery_codes` (
	`person_id` integer PRIMARY KEY NOT NULL,
	`lookup` text NOT NULL,
	`created_at` integer NOT NULL,
	FOREIGN KEY (`person_id`) REFERENCES `persons`(`id`) ON UPDATE no action ON DELETE no action
) STRICT;
--> statement-breakpoint
CREATE UNIQUE INDEX `recovery_codes_lookup_unique` ON `recovery_codes` (`lookup`);--> statement-breakpoint
CREATE TABLE `shared_phones` (
	`identity_id` integer NOT NULL,
	`turn` integer NOT NULL,
	`person_id` integer NOT NULL,
	PRIMARY KEY(`identity_id`, `turn`),
	FOREIGN KEY (`identity_id`) REFERENCES `identities`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`person_id`) REFERENCES `persons`(`id`) ON UPDATE no action ON DELETE no action
) STRICT;
--> statement-breakpoint
CREATE UNIQUE INDEX `shared_phones_person` ON `shared_phones` (`person_id`,`identity_id`);--> statement-breakpoint
ALTER TABLE `identities` ADD `heard_at` integer;--> statement-breakpoint
ALTER TABLE `identities` ADD `returned_at` integer;--> statement-breakpoint
ALTER TABLE `link_codes` ADD `name` text;--> statement-breakpoint
ALTER TABLE `link_codes` ADD `identity_id` integer REFERENCES identities(id);--> statement-breakpoint
ALTER TABLE `link_codes` ADD `asker_id` integer REFERENCES identities(id);--> statement-breakpoint
ALTER TABLE `link_codes` ADD `step` text;--> statement-breakpoint
ALTER TABLE `link_codes` ADD `wrong` integer DEFAULT 0 NOT NULL;--> statement-breakpoint
CREATE UNIQUE INDEX `link_codes_name_unique` ON `link_codes` (`name`);--> statement-breakpoint
-- A code lives for ten minutes, and the old ones have no name.
DELETE FROM `link_codes`;
