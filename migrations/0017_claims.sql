CREATE TABLE `notices` (
	`id` integer PRIMARY KEY NOT NULL,
	`person_id` integer NOT NULL,
	`task_id` integer NOT NULL,
	`kind` text NOT NULL,
	`facts` text NOT NULL,
	`due_at` integer NOT NULL,
	`created_at` integer NOT NULL,
	FOREIGN KEY (`person_id`) REFERENCES `persons`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`task_id`) REFERENCES `tasks`(`id`) ON UPDATE no action ON DELETE no action
) STRICT;
--> statement-breakpoint
CREATE INDEX `notices_due` ON `notices` (`due_at`);--> statement-breakpoint
CREATE INDEX `notices_person` ON `notices` (`person_id`,`task_id`);--> statement-breakpoint
CREATE INDEX `notices_task` ON `notices` (`task_id`);--> statement-breakpoint
DROP INDEX `claims_once`;--> statement-breakpoint
-- The words of the public record are the words here.
UPDATE `claims` SET `state` = 'joined' WHERE `state` = 'active';--> statement-breakpoint
UPDATE `claims` SET `state` = 'left' WHERE `state` = 'dropped';--> statement-breakpoint
ALTER TABLE `claims` ADD `steps` text DEFAULT '[]' NOT NULL;--> statement-breakpoint
ALTER TABLE `claims` ADD `guests` integer DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE `claims` ADD `offered_until` integer;--> statement-breakpoint
ALTER TABLE `claims` ADD `reminded` integer DEFAULT 0 NOT NULL;--> statement-breakpoint
CREATE INDEX `claims_offered` ON `claims` (`offered_until`) WHERE "claims"."offered_until" is not null;--> statement-breakpoint
CREATE INDEX `claims_stepless` ON `claims` (`id`) WHERE "claims"."steps" = '[]';--> statement-breakpoint
CREATE UNIQUE INDEX `claims_once` ON `claims` (`person_id`,`task_id`) WHERE "claims"."state" not in ('left', 'lapsed', 'closed', 'called-off');--> statement-breakpoint
ALTER TABLE `tasks` ADD `note` text DEFAULT '' NOT NULL;--> statement-breakpoint
ALTER TABLE `tasks` ADD `reason` text DEFAULT '' NOT NULL;--> statement-breakpoint
ALTER TABLE `tasks` ADD `area` text;--> statement-breakpoint
ALTER TABLE `tasks` ADD `sequence` integer DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE `tasks` ADD `changes` text DEFAULT '[]' NOT NULL;--> statement-breakpoint
ALTER TABLE `tasks` ADD `moved_at` integer;--> statement-breakpoint
ALTER TABLE `tasks` ADD `tells` integer DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE `tasks` ADD `is_any_time` integer DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE `tasks` ADD `next_at` integer;--> statement-breakpoint
CREATE INDEX `tasks_next` ON `tasks` (`next_at`) WHERE "tasks"."next_at" is not null;--> statement-breakpoint
-- What is due on a task is looked for once, and then when it becomes due.
UPDATE `tasks` SET `next_at` = 0 WHERE `state` = 'open';
