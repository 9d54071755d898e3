ALTER TABLE `identities` ADD `alerts_filter` text;--> statement-breakpoint
CREATE INDEX `identities_alert_filters` ON `identities` (`alerts_filter`) WHERE "identities"."alerts_filter" is not null;