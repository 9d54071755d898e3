import type { Context } from '../context.ts';

/** The task that a message in a channel's public place announced. */
export const findAnnouncedTask = (
  { tx }: Context,
  channel: string,
  externalId: string,
): number | undefined => tx.announcements.taskOf(channel, externalId);
