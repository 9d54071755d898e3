CREATE TABLE `desk_answers` (
	`session_id` integer NOT NULL,
	`form` text NOT NULL,
	`answer` text NOT NULL,
	`at` integer NOT NULL,
	PRIMARY KEY(`session_id`, `form`),
	FOREIGN KEY (`session_id`) REFERENCES `desk_sessions`(`id`) ON UPDATE no action ON DELETE cascade
) STRICT;
--> statement-breakpoint
CREATE TABLE `desk_links` (
	`lookup` text PRIMARY KEY NOT NULL,
	`person_id` integer NOT NULL,
	`identity_id` integer NOT NULL,
	`expires_at` integer NOT NULL,
	FOREIGN KEY (`person_id`) REFERENCES `persons`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`identity_id`) REFERENCES `identities`(`id`) ON UPDATE no action ON DELETE no action
) STRICT;
--> statement-breakpoint
CREATE INDEX `desk_links_person` ON `desk_links` (`person_id`);--> statement-breakpoint
CREATE INDEX `desk_links_identity` ON `desk_links` (`identity_id`);--> statement-breakpoint
CREATE TABLE `desk_sessions` (
	`id` integer PRIMARY KEY NOT NULL,
	`lookup` text NOT NULL,
	`person_id` integer NOT NULL,
	`identity_id` integer NOT NULL,
	`created_at` integer NOT NULL,
	`used_at` integer NOT NULL,
	`question` text,
	`question_until` integer,
	FOREIGN KEY (`person_id`) REFERENCES `persons`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`identity_id`) REFERENCES `identities`(`id`) ON UPDATE no action ON DELETE no action
) STRICT;
--> statement-breakpoint
CREATE UNIQUE INDEX `desk_sessions_lookup_unique` ON `desk_sessions` (`lookup`);--> statement-breakpoint
CREATE INDEX `desk_sessions_person` ON `desk_sessions` (`person_id`);--> statement-breakpoint
CREATE INDEX `desk_sessions_identity` ON `desk_sessions` (`identity_id`);--> statement-breakpoint
CREATE TABLE `held_decisions` (
	`id` integer PRIMARY KEY NOT NULL,
	`evidence_id` integer NOT NULL,
	`person_id` integer NOT NULL,
	`identity_id` integer NOT NULL,
	`decision` text NOT NULL,
	`words` text NOT NULL,
	`due_at` integer NOT NULL,
	FOREIGN KEY (`evidence_id`) REFERENCES `evidence`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`person_id`) REFERENCES `persons`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`identity_id`) REFERENCES `identities`(`id`) ON UPDATE no action ON DELETE no action
) STRICT;
--> statement-breakpoint
CREATE UNIQUE INDEX `held_decisions_evidence_id_unique` ON `held_decisions` (`evidence_id`);--> statement-breakpoint
CREATE INDEX `held_decisions_due` ON `held_decisions` (`due_at`);--> statement-breakpoint
CREATE INDEX `held_decisions_person` ON `held_decisions` (`person_id`);--> statement-breakpoint
CREATE INDEX `held_decisions_identity` ON `held_decisions` (`identity_id`);