/** Groups that became supergroups and have another id since: what is meant for them goes there. */
import type { ChannelDesk } from '../channel.ts';

type Memory = Pick<ChannelDesk, 'recall' | 'remember'>;

const nameOf = (chat: number | string): string => `telegram-moved-${chat}`;

export const followMove = (desk: Memory, from: number | string, to: number): Promise<void> =>
  desk.remember(nameOf(from), String(to));

/** The chat itself where it has not moved. */
export function whereNow(desk: Memory, chat: number | string): number | string {
  const moved = desk.recall(nameOf(chat));
  return moved === undefined ? chat : Number(moved);
}
