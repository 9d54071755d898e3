CREATE TABLE `activities` (
	`task_id` integer NOT NULL,
	`part` integer NOT NULL,
	`rkey` text NOT NULL,
	`cid` text NOT NULL,
	`contributors` integer NOT NULL,
	`created_at` integer NOT NULL,
	PRIMARY KEY(`task_id`, `part`),
	FOREIGN KEY (`task_id`) REFERENCES `tasks`(`id`) ON UPDATE no action ON DELETE no action
) STRICT;
--> statement-breakpoint
CREATE UNIQUE INDEX `activities_rkey_unique` ON `activities` (`rkey`);--> statement-breakpoint
CREATE TABLE `places` (
	`id` integer PRIMARY KEY NOT NULL,
	`folded` text NOT NULL,
	`name` text NOT NULL,
	`rkey` text NOT NULL,
	`cid` text NOT NULL,
	`created_at` integer NOT NULL
) STRICT;
--> statement-breakpoint
CREATE UNIQUE INDEX `places_folded_unique` ON `places` (`folded`);--> statement-breakpoint
CREATE UNIQUE INDEX `places_rkey_unique` ON `places` (`rkey`);--> statement-breakpoint
CREATE TABLE `picture_bands` (
	`picture_id` integer NOT NULL,
	`band` integer NOT NULL,
	`value` integer NOT NULL,
	PRIMARY KEY(`band`, `value`, `picture_id`)
) STRICT, WITHOUT ROWID;
--> statement-breakpoint
-- No table refers to pictures, so it can be made anew: a picture may now come without a message.
CREATE TABLE `__new_pictures` (
	`id` integer PRIMARY KEY NOT NULL,
	`inbox_id` integer,
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
	`perceptual_hash` text,
	FOREIGN KEY (`inbox_id`) REFERENCES `inbox`(`id`) ON UPDATE no action ON DELETE no action
) STRICT;
--> statement-breakpoint
INSERT INTO `__new_pictures`("id", "inbox_id", "spool_key", "state", "attempts", "reason", "cid", "sha256", "media_type", "size_bytes", "width", "height") SELECT "id", "inbox_id", "spool_key", "state", "attempts", "reason", "cid", "sha256", "media_type", "size_bytes", "width", "height" FROM `pictures`;--> statement-breakpoint
DROP TABLE `pictures`;--> statement-breakpoint
ALTER TABLE `__new_pictures` RENAME TO `pictures`;--> statement-breakpoint
CREATE INDEX `pictures_inbox` ON `pictures` (`inbox_id`);--> statement-breakpoint
CREATE INDEX `pictures_cid` ON `pictures` (`cid`);--> statement-breakpoint
CREATE INDEX `pictures_raw` ON `pictures` (`id`) WHERE "pictures"."state" = 'raw';--> statement-breakpoint
CREATE INDEX `pictures_in_use` ON `pictures` (`id`) WHERE "pictures"."state" in ('raw', 'clean');--> statement-breakpoint
ALTER TABLE `tasks` ADD `place_id` integer REFERENCES places(id);--> statement-breakpoint
ALTER TABLE `tasks` ADD `verified` integer DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE `tasks` ADD `recorded` integer DEFAULT 0 NOT NULL;--> statement-breakpoint
CREATE INDEX `tasks_unrecorded` ON `tasks` (`id`) WHERE "tasks"."verified" > "tasks"."recorded";--> statement-breakpoint
-- The work that was approved before; its activities are recorded from here on.
UPDATE `tasks` SET `verified` = (SELECT count(*) FROM `claims` WHERE `task_id` = `tasks`.`id` AND `state` = 'verified');
