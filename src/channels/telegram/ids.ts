/** Names of messages outside of Telegram, and the places in public where answers belong. */
import { createMemo } from '../../lib/memo.ts';
import type { Memory } from '../channel.ts';

/** Where a message in a group stands; `thread` only where a group has topics. */
export type Place = { readonly chat: number; readonly message: number; readonly thread?: number };

/** Gives names to chats for the ids of messages, which the store keeps in the clear. */
export type ChatNames = (chat: number) => string;

const NAME_BYTES = 12;
const NAMES_KEPT = 10_000;
const TOKEN_LENGTH = 22;

/** A group or channel goes by its number; that of a private chat is a person's, so it is hidden. */
export const createChatNames = (derive: Memory['derive']): ChatNames =>
  createMemo(NAMES_KEPT, (chat: number) => {
    if (chat < 0) return String(chat);
    const bytes = derive(JSON.stringify(['telegram', 'chat', chat])).subarray(0, NAME_BYTES);
    return `p${Buffer.from(bytes).toString('base64url')}`;
  });

/** A token about something that it tells nobody: the store keeps it in the clear. */
export function hiddenToken(
  { derive }: Pick<Memory, 'derive'>,
  kind: 'album' | 'menu' | 'words',
  about: string,
): string {
  const hidden = Buffer.from(derive(JSON.stringify(['telegram', kind, about])));
  return `telegram:${kind}:${hidden.toString('base64url').slice(0, TOKEN_LENGTH)}`;
}

export const messageId = (chat: string, message: number): string => `${chat}/${message}`;

const MESSAGE = /^(-\d{1,16})\/(\d{1,12})$/;

/** The chat and number behind the id of a message in public; undefined for any other text. */
export function readMessageId(
  id: string,
): { readonly chat: number; readonly message: number } | undefined {
  const found = MESSAGE.exec(id);
  return found === null ? undefined : { chat: Number(found[1]), message: Number(found[2]) };
}

export const writePlace = (place: Place): string => JSON.stringify(place);

/** Throws for what `writePlace` did not write. */
export function readPlace(text: string): Place {
  const place: Place = JSON.parse(text);
  if (!Number.isSafeInteger(place.chat) || !Number.isSafeInteger(place.message)) {
    throw new Error('A place of Telegram has a chat and a message.');
  }
  return place;
}

const movedName = (chat: number | string): string => `telegram-moved-${chat}`;

/** Notes that a group became a supergroup: what is meant for it goes to its new id since. */
export const followMove = (memory: Memory, from: number | string, to: number): Promise<void> =>
  memory.remember(movedName(from), String(to));

/** The chat itself where it has not moved. */
export function whereNow(memory: Memory, chat: number | string): number | string {
  const moved = memory.recall(movedName(chat));
  return moved === undefined ? chat : Number(moved);
}
