-- Which languages there are is not for the database to say: it keeps a tag. A Durable Object can
-- neither drop a CHECK nor go without foreign keys, so the table is made anew with every person
-- under the same id. What refers to them is counted, and has to be whole when the transaction ends.
PRAGMA defer_foreign_keys = ON;--> statement-breakpoint
-- Without these, each of the tables would be read once for every person.
CREATE INDEX `__link_codes` ON `link_codes` (`person_id`);--> statement-breakpoint
CREATE INDEX `__invites` ON `invites` (`used_by`);--> statement-breakpoint
CREATE INDEX `__tasks` ON `tasks` (`created_by`);--> statement-breakpoint
CREATE INDEX `__claims` ON `claims` (`person_id`);--> statement-breakpoint
CREATE INDEX `__reviews` ON `reviews` (`reviewer_id`);--> statement-breakpoint
CREATE INDEX `__redemptions` ON `redemptions` (`person_id`);--> statement-breakpoint
CREATE INDEX `__honored` ON `redemptions` (`honored_by`);--> statement-breakpoint
CREATE TABLE `__persons` AS SELECT * FROM `persons`;--> statement-breakpoint
DROP TABLE `persons`;--> statement-breakpoint
CREATE TABLE `persons` (
	`id` integer PRIMARY KEY NOT NULL,
	`participant_id` text NOT NULL,
	`language` text NOT NULL,
	`language_chosen` integer DEFAULT 1 NOT NULL,
	`joined_at` integer,
	`public_evidence_at` integer,
	`public_did` text,
	`created_at` integer NOT NULL
) STRICT;
--> statement-breakpoint
INSERT INTO `persons`("id", "participant_id", "language", "language_chosen", "joined_at", "public_evidence_at", "public_did", "created_at") SELECT "id", "participant_id", "language", "language_chosen", "joined_at", "public_evidence_at", "public_did", "created_at" FROM `__persons` ORDER BY "id";--> statement-breakpoint
CREATE UNIQUE INDEX `persons_participant_id_unique` ON `persons` (`participant_id`);--> statement-breakpoint
DROP TABLE `__persons`;--> statement-breakpoint
DROP INDEX `__link_codes`;--> statement-breakpoint
DROP INDEX `__invites`;--> statement-breakpoint
DROP INDEX `__tasks`;--> statement-breakpoint
DROP INDEX `__claims`;--> statement-breakpoint
DROP INDEX `__reviews`;--> statement-breakpoint
DROP INDEX `__redemptions`;--> statement-breakpoint
DROP INDEX `__honored`;--> statement-breakpoint
-- A Durable Object may go on in the same transaction.
PRAGMA defer_foreign_keys = OFF;
