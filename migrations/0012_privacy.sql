CREATE TABLE `data_links` (
	`lookup` text PRIMARY KEY NOT NULL,
	`person_id` integer NOT NULL,
	`expires_at` integer NOT NULL,
	FOREIGN KEY (`person_id`) REFERENCES `persons`(`id`) ON UPDATE no action ON DELETE no action
) STRICT;
--> statement-breakpoint
CREATE INDEX `data_links_person` ON `data_links` (`person_id`);--> statement-breakpoint
CREATE TABLE `forgotten` (
	`digest` text PRIMARY KEY NOT NULL,
	`at` integer NOT NULL,
	`stopped_at` integer
) STRICT;
--> statement-breakpoint
CREATE TABLE `leaving` (
	`identity_id` integer PRIMARY KEY NOT NULL,
	`person_id` integer NOT NULL,
	`inbox_id` integer NOT NULL,
	`at` integer NOT NULL,
	FOREIGN KEY (`identity_id`) REFERENCES `identities`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`person_id`) REFERENCES `persons`(`id`) ON UPDATE no action ON DELETE no action
) STRICT;
--> statement-breakpoint
CREATE TABLE `unanswered` (
	`id` integer PRIMARY KEY NOT NULL,
	`channel` text NOT NULL,
	`sent_at` integer NOT NULL
) STRICT;
