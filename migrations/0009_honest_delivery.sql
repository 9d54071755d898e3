DROP INDEX `outbox_in_turn`;--> statement-breakpoint
ALTER TABLE `outbox` ADD `redemption_id` integer;--> statement-breakpoint
ALTER TABLE `outbox` ADD `reason` text;--> statement-breakpoint
ALTER TABLE `outbox` ADD `reported_at` integer;--> statement-breakpoint
CREATE INDEX `outbox_of_recipient` ON `outbox` (`channel`,`bulk`,(case when "identity_id" is null then 0 else "identity_id" end),`id`) WHERE "outbox"."state" = 'pending';--> statement-breakpoint
CREATE INDEX `outbox_code` ON `outbox` (`redemption_id`) WHERE "outbox"."redemption_id" is not null;--> statement-breakpoint
CREATE INDEX `outbox_about` ON `outbox` (`task_id`,`identity_id`,`id`) WHERE "outbox"."kind" = 'notice' and "outbox"."task_id" is not null;--> statement-breakpoint
CREATE INDEX `outbox_unreported` ON `outbox` (`id`) WHERE "outbox"."kind" = 'notice' and "outbox"."task_id" is not null
        and "outbox"."state" in ('failed', 'dead') and "outbox"."reported_at" is null;--> statement-breakpoint
ALTER TABLE `broadcasts` ADD `stopped` integer DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE `broadcasts` ADD `halted_for` text;--> statement-breakpoint
ALTER TABLE `broadcasts` ADD `reported_at` integer;--> statement-breakpoint
CREATE INDEX `broadcasts_unreported` ON `broadcasts` (`id`) WHERE "broadcasts"."state" <> 'running' and "broadcasts"."reported_at" is null;--> statement-breakpoint
-- Nobody waits any more to hear of what ended before.
UPDATE `broadcasts` SET `reported_at` = coalesce(`ended_at`, `created_at`) WHERE `state` <> 'running';--> statement-breakpoint
-- Agreeing that a record may link to one's own post counted as agreeing that words and photos become
-- public. The wordings that were agreed to are kept: who never agreed to that one is asked again.
UPDATE `persons` SET `public_evidence_at` = NULL WHERE `public_evidence_at` IS NOT NULL AND NOT EXISTS (SELECT 1 FROM `consents` JOIN `identities` ON `identities`.`id` = `consents`.`identity_id` WHERE `identities`.`person_id` = `persons`.`id` AND `consents`.`kind` = 'public-evidence');
