CREATE TABLE `standings` (
	`id` integer PRIMARY KEY NOT NULL,
	`partner_id` integer NOT NULL,
	`state` text NOT NULL,
	`at` integer NOT NULL,
	`by` text,
	`reason` text NOT NULL,
	FOREIGN KEY (`partner_id`) REFERENCES `partners`(`id`) ON UPDATE no action ON DELETE no action
) STRICT;
--> statement-breakpoint
CREATE INDEX `standings_partner` ON `standings` (`partner_id`);--> statement-breakpoint
ALTER TABLE `delegations` ADD `given_by` text;--> statement-breakpoint
ALTER TABLE `delegations` ADD `chosen_at` integer;--> statement-breakpoint
ALTER TABLE `invites` ADD `invited_by` integer REFERENCES persons(id);--> statement-breakpoint
ALTER TABLE `invites` ADD `ends_at` integer;--> statement-breakpoint
ALTER TABLE `partners` ADD `onboarding` text DEFAULT 'green' NOT NULL;--> statement-breakpoint
ALTER TABLE `partners` ADD `onboarding_reason` text DEFAULT '' NOT NULL;--> statement-breakpoint
-- Written by hand: the second person of a business confirmed codes as a reviewer, and where partners stood.
UPDATE `delegations` SET `role` = 'counter' WHERE `role` = 'reviewer'
  AND `partner_id` IN (SELECT `id` FROM `partners` WHERE `kind` = 'redeemer');--> statement-breakpoint
UPDATE `invites` SET `role` = 'counter' WHERE `role` = 'reviewer'
  AND `partner_id` IN (SELECT `id` FROM `partners` WHERE `kind` = 'redeemer');--> statement-breakpoint
INSERT INTO `standings` (`partner_id`, `state`, `at`, `reason`)
  SELECT `id`, CASE `state` WHEN 'pending' THEN 'invited' WHEN 'suspended' THEN 'approved' ELSE `state` END, `created_at`, ''
  FROM `partners`;--> statement-breakpoint
INSERT INTO `standings` (`partner_id`, `state`, `at`, `reason`)
  SELECT `id`, `state`, unixepoch() * 1000, '' FROM `partners` WHERE `state` = 'suspended';--> statement-breakpoint
UPDATE `partners` SET `state` = 'invited' WHERE `state` = 'pending';
