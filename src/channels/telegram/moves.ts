/** Groups that became supergroups and have another id since: what is meant for them goes there. */
import type { Memory } from '../channel.ts';

const nameOf = (chat: number | string): string => `telegram-moved-${chat}`;

export const followMove = (memory: Memory, from: number | string, to: number): Promise<void> =>
  memory.remember(nameOf(from), String(to));

/** The chat itself where it has not moved. */
export function whereNow(memory: Memory, chat: number | string): number | string {
  const moved = memory.recall(nameOf(chat));
  return moved === undefined ? chat : Number(moved);
}
