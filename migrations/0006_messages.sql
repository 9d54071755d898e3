CREATE TABLE `sms_months` (
	`month` text NOT NULL,
	`kind` text NOT NULL,
	`messages` integer NOT NULL,
	`segments` integer NOT NULL,
	PRIMARY KEY(`month`, `kind`)
) STRICT;
--> statement-breakpoint
ALTER TABLE `inbox` ADD `head` integer DEFAULT 0 NOT NULL;--> statement-breakpoint
-- What waits already: the first of each identity.
UPDATE `inbox` SET `head` = 1 WHERE `id` IN (SELECT min(`id`) FROM `inbox` WHERE `state` = 'received' GROUP BY `identity_id`);--> statement-breakpoint
CREATE INDEX `inbox_heads` ON `inbox` (`id`) WHERE "inbox"."state" = 'received' and "inbox"."head" = 1;--> statement-breakpoint
CREATE INDEX `evidence_inbox` ON `evidence` (`inbox_id`) WHERE "evidence"."inbox_id" is not null;--> statement-breakpoint
CREATE INDEX `outbox_answers` ON `outbox` (`inbox_id`) WHERE "outbox"."inbox_id" is not null;