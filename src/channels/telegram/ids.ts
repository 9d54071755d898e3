/** What a message is called outside Telegram, and where in public an answer belongs. */
import { createMemo } from '../../lib/memo.ts';

/** Where a message in a group stands; `thread` only where a group has topics. */
export type Place = { readonly chat: number; readonly message: number; readonly thread?: number };

/** What chats are called in ids of messages, which the store keeps in the clear. */
export type ChatNames = (chat: number) => string;

const NAME_BYTES = 12;
const NAMES_KEPT = 10_000;

/** A group or channel is called by its number. A private chat has that of a person: it is hidden. */
export const createChatNames = (derive: (seed: string) => Uint8Array): ChatNames =>
  createMemo(NAMES_KEPT, (chat: number) => {
    if (chat < 0) return String(chat);
    const bytes = derive(JSON.stringify(['telegram', 'chat', chat])).subarray(0, NAME_BYTES);
    return `p${Buffer.from(bytes).toString('base64url')}`;
  });

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
  const { chat, message, thread } = JSON.parse(text) as Partial<Place>;
  if (!Number.isSafeInteger(chat) || !Number.isSafeInteger(message)) {
    throw new Error('A place of Telegram has a chat and a message.');
  }
  return {
    chat: chat as number,
    message: message as number,
    ...(thread === undefined ? {} : { thread }),
  };
}
