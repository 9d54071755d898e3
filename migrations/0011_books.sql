CREATE TABLE `books` (
	`id` integer PRIMARY KEY NOT NULL,
	`position` integer NOT NULL,
	`cid` text,
	`time_us` integer NOT NULL,
	`accounts_seen` integer NOT NULL,
	`links_seen` integer NOT NULL,
	`fault` text,
	`fault_at` integer,
	`is_told` integer NOT NULL
) STRICT;
--> statement-breakpoint
CREATE TABLE `books_accounts` (
	`account_id` integer PRIMARY KEY NOT NULL,
	`debits_posted` integer NOT NULL,
	`debits_pending` integer NOT NULL,
	`credits_posted` integer NOT NULL,
	`credits_pending` integer NOT NULL
) STRICT;
--> statement-breakpoint
CREATE TABLE `books_sums` (
	`credit_kind` text PRIMARY KEY NOT NULL,
	`issued` integer NOT NULL,
	`burned` integer NOT NULL,
	`expired` integer NOT NULL,
	`adjusted` integer NOT NULL,
	`people` integer NOT NULL,
	`held` integer NOT NULL
) STRICT;
--> statement-breakpoint
CREATE TABLE `corrections` (
	`id` integer PRIMARY KEY NOT NULL,
	`participant_id` text NOT NULL,
	`amount` integer NOT NULL,
	`reason` text NOT NULL,
	`asked_by` text NOT NULL,
	`asked_at` integer NOT NULL,
	`expires_at` integer NOT NULL,
	`agreed_by` text,
	`agreed_at` integer
) STRICT;
