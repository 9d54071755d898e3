ALTER TABLE `pictures` ADD `identity_id` integer REFERENCES identities(id);--> statement-breakpoint
ALTER TABLE `pictures` ADD `added_at` integer;--> statement-breakpoint
CREATE INDEX `pictures_sender` ON `pictures` (`identity_id`,`added_at`);--> statement-breakpoint
-- Whose the pictures are that wait: each is fetched in its sender's turn.
UPDATE `pictures` SET
  `identity_id` = (SELECT `identity_id` FROM `inbox` WHERE `inbox`.`id` = `inbox_id`),
  `added_at` = (SELECT `received_at` FROM `inbox` WHERE `inbox`.`id` = `inbox_id`)
WHERE `state` IN ('remote', 'raw');
