ALTER TABLE `offers` ADD `next_credits` integer;--> statement-breakpoint
ALTER TABLE `offers` ADD `next_credits_at` integer;--> statement-breakpoint
CREATE INDEX `offers_next` ON `offers` (`next_credits_at`) WHERE "offers"."next_credits_at" is not null;--> statement-breakpoint
CREATE INDEX `redemptions_honored` ON `redemptions` (`partner_id`,`resolved_at`) WHERE "redemptions"."state" in ('honored', 'undone');