CREATE TABLE `budget_uses` (
	`subject` text PRIMARY KEY NOT NULL,
	`uses` text NOT NULL,
	`ends_at` integer NOT NULL
) STRICT;
--> statement-breakpoint
CREATE TABLE `sms_days` (
	`day` text PRIMARY KEY NOT NULL,
	`segments` integer NOT NULL,
	`told_at` integer
) STRICT;
--> statement-breakpoint
CREATE INDEX `outbox_alerts` ON `outbox` (`identity_id`,`created_at`) WHERE "outbox"."broadcast_id" is not null;