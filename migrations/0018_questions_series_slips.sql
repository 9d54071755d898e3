CREATE TABLE `claim_slips` (
	`id` integer PRIMARY KEY NOT NULL,
	`code_lookup` text NOT NULL,
	`claim_id` integer NOT NULL,
	`expires_at` integer NOT NULL,
	FOREIGN KEY (`claim_id`) REFERENCES `claims`(`id`) ON UPDATE no action ON DELETE no action
) STRICT;
--> statement-breakpoint
CREATE UNIQUE INDEX `claim_slips_code_lookup_unique` ON `claim_slips` (`code_lookup`);--> statement-breakpoint
CREATE UNIQUE INDEX `claim_slips_claim_id_unique` ON `claim_slips` (`claim_id`);--> statement-breakpoint
CREATE TABLE `questions` (
	`id` integer PRIMARY KEY NOT NULL,
	`task_id` integer NOT NULL,
	`person_id` integer NOT NULL,
	`asked_at` integer NOT NULL,
	FOREIGN KEY (`task_id`) REFERENCES `tasks`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`person_id`) REFERENCES `persons`(`id`) ON UPDATE no action ON DELETE no action
) STRICT;
--> statement-breakpoint
CREATE INDEX `questions_person` ON `questions` (`person_id`);--> statement-breakpoint
CREATE TABLE `series` (
	`id` integer PRIMARY KEY NOT NULL,
	`key` text NOT NULL,
	`partner_id` integer NOT NULL,
	`created_by` integer NOT NULL,
	`title` text NOT NULL,
	`place` text NOT NULL,
	`credits` integer NOT NULL,
	`slots` integer NOT NULL,
	`start_minute` integer NOT NULL,
	`end_minute` integer,
	`next_day` text NOT NULL,
	`last_day` text NOT NULL,
	`created_at` integer NOT NULL,
	FOREIGN KEY (`partner_id`) REFERENCES `partners`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`created_by`) REFERENCES `persons`(`id`) ON UPDATE no action ON DELETE no action
) STRICT;
--> statement-breakpoint
CREATE UNIQUE INDEX `series_key_unique` ON `series` (`key`);--> statement-breakpoint
CREATE INDEX `series_next` ON `series` (`next_day`) WHERE "series"."next_day" <= "series"."last_day";--> statement-breakpoint
CREATE TABLE `series_people` (
	`series_id` integer NOT NULL,
	`person_id` integer NOT NULL,
	PRIMARY KEY(`series_id`, `person_id`),
	FOREIGN KEY (`series_id`) REFERENCES `series`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`person_id`) REFERENCES `persons`(`id`) ON UPDATE no action ON DELETE no action
) STRICT;
--> statement-breakpoint
CREATE INDEX `series_people_person` ON `series_people` (`person_id`);--> statement-breakpoint
ALTER TABLE `tasks` ADD `series_id` integer;