/** What a message is called outside Telegram, and where in public an answer belongs. */

/** Where a message in a group stands; `thread` only where a group has topics. */
export type Place = { readonly chat: number; readonly message: number; readonly thread?: number };

export const messageId = (chat: number | string, message: number): string => `${chat}/${message}`;

const MESSAGE = /^(-?\d{1,16})\/(\d{1,12})$/;

/** The chat and number behind an id of `messageId`; undefined for any other text. */
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
