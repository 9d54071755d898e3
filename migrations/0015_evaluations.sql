ALTER TABLE `tasks` ADD `reviewed` integer DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE `tasks` ADD `evaluated` integer DEFAULT 0 NOT NULL;--> statement-breakpoint
CREATE INDEX `tasks_unevaluated` ON `tasks` (`id`) WHERE "tasks"."reviewed" > "tasks"."evaluated";--> statement-breakpoint
UPDATE `tasks` SET `reviewed` = (SELECT count(*) FROM `reviews` JOIN `evidence` ON `evidence`.`id` = `reviews`.`evidence_id` JOIN `claims` ON `claims`.`id` = `evidence`.`claim_id` WHERE `claims`.`task_id` = `tasks`.`id`);