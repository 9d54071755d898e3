DROP INDEX `pictures_in_use`;--> statement-breakpoint
CREATE INDEX `pictures_uploaded` ON `pictures` (`id`) WHERE "pictures"."state" = 'uploaded';--> statement-breakpoint
CREATE INDEX `pictures_in_use` ON `pictures` (`id`) WHERE "pictures"."state" in ('raw', 'clean', 'uploaded');