CREATE TABLE `broadcasts` (
	`id` integer PRIMARY KEY NOT NULL,
	`task_id` integer NOT NULL,
	`state` text NOT NULL,
	`total` integer NOT NULL,
	`last_identity_id` integer DEFAULT 0 NOT NULL,
	`queued` integer DEFAULT 0 NOT NULL,
	`created_at` integer NOT NULL,
	`ended_at` integer
) STRICT;
--> statement-breakpoint
CREATE INDEX `broadcasts_running` ON `broadcasts` (`id`) WHERE "broadcasts"."state" = 'running';--> statement-breakpoint
CREATE INDEX `broadcasts_task` ON `broadcasts` (`task_id`);--> statement-breakpoint
CREATE TABLE `follow_ups` (
	`identity_id` integer PRIMARY KEY NOT NULL,
	`rest` text,
	`choices` text,
	`expires_at` integer NOT NULL,
	FOREIGN KEY (`identity_id`) REFERENCES `identities`(`id`) ON UPDATE no action ON DELETE no action
) STRICT;
--> statement-breakpoint
CREATE TABLE `payloads` (
	`token` text PRIMARY KEY NOT NULL,
	`value` text NOT NULL,
	`expires_at` integer NOT NULL
) STRICT;
--> statement-breakpoint
CREATE INDEX `payloads_expiry` ON `payloads` (`expires_at`);--> statement-breakpoint
CREATE TABLE `link_codes` (
	`lookup` text PRIMARY KEY NOT NULL,
	`person_id` integer NOT NULL,
	`created_at` integer NOT NULL,
	`expires_at` integer NOT NULL,
	FOREIGN KEY (`person_id`) REFERENCES `persons`(`id`) ON UPDATE no action ON DELETE no action
) STRICT;
--> statement-breakpoint
ALTER TABLE `announcements` ADD `shown` text;--> statement-breakpoint
ALTER TABLE `evidence` ADD `post_uri` text;--> statement-breakpoint
ALTER TABLE `evidence` ADD `post_cid` text;--> statement-breakpoint
ALTER TABLE `tasks` ADD `post_uri` text;--> statement-breakpoint
ALTER TABLE `tasks` ADD `post_cid` text;--> statement-breakpoint
ALTER TABLE `inbox` ADD `place` text;--> statement-breakpoint
ALTER TABLE `inbox` ADD `post_uri` text;--> statement-breakpoint
ALTER TABLE `inbox` ADD `post_cid` text;--> statement-breakpoint
ALTER TABLE `inbox` ADD `segments` integer;--> statement-breakpoint
ALTER TABLE `outbox` ADD `bulk` integer DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE `outbox` ADD `broadcast_id` integer REFERENCES broadcasts(id);--> statement-breakpoint
ALTER TABLE `outbox` ADD `place` text;--> statement-breakpoint
ALTER TABLE `outbox` ADD `thread` text;--> statement-breakpoint
ALTER TABLE `outbox` ADD `segments` integer;--> statement-breakpoint
CREATE INDEX `outbox_in_turn` ON `outbox` (`channel`,`bulk`,`id`) WHERE "outbox"."state" = 'pending';--> statement-breakpoint
CREATE INDEX `outbox_in_public` ON `outbox` (`identity_id`,`created_at`) WHERE "outbox"."place" is not null;--> statement-breakpoint
CREATE UNIQUE INDEX `outbox_broadcast_once` ON `outbox` (`broadcast_id`,`identity_id`) WHERE "outbox"."broadcast_id" is not null;--> statement-breakpoint
ALTER TABLE `pictures` ADD `source` text;--> statement-breakpoint
ALTER TABLE `pictures` ADD `retry_at` integer DEFAULT 0 NOT NULL;--> statement-breakpoint
CREATE INDEX `pictures_remote` ON `pictures` (`id`) WHERE "pictures"."state" = 'remote';--> statement-breakpoint
CREATE INDEX `pictures_with_source` ON `pictures` (`id`) WHERE "pictures"."source" is not null and "pictures"."state" <> 'remote';--> statement-breakpoint
ALTER TABLE `identities` ADD `alerts_at` integer;--> statement-breakpoint
ALTER TABLE `identities` ADD `unreachable_at` integer;--> statement-breakpoint
ALTER TABLE `identities` ADD `way_out_at` integer;--> statement-breakpoint
CREATE INDEX `identities_alerts` ON `identities` (`id`) WHERE "identities"."alerts_at" is not null;--> statement-breakpoint
ALTER TABLE `persons` ADD `public_did` text;
