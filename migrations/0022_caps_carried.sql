ALTER TABLE `caps` ADD `carried_from` text;--> statement-breakpoint
ALTER TABLE `caps` ADD `decided_at` integer;--> statement-breakpoint
ALTER TABLE `caps` ADD `decided_by` text;