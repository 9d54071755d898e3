import type { Context } from '../context.ts';

/** From now on a person is told on this channel, for as long as it reaches them. */
export const setNoticeChannel = ({ tx }: Context, personId: number, channel: string): void => {
  tx.people.setNoticeChannel(personId, channel);
};
