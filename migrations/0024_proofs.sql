CREATE TABLE `proofs` (
	`person_id` integer PRIMARY KEY NOT NULL,
	`digest` text NOT NULL,
	`is_public` integer DEFAULT 0 NOT NULL,
	`created_at` integer NOT NULL,
	FOREIGN KEY (`person_id`) REFERENCES `persons`(`id`) ON UPDATE no action ON DELETE no action
) STRICT;
--> statement-breakpoint
CREATE UNIQUE INDEX `proofs_digest_unique` ON `proofs` (`digest`);