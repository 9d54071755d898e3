/** Choices as buttons under a message. */
import type { InlineKeyboardButton, InlineKeyboardMarkup, ReplyKeyboardMarkup } from 'grammy/types';
import type { Choice } from '../../conversation/message.ts';
import type { Parts } from './parts.ts';
import { wordsIn } from './settings.ts';

/**
 * One button under the other: labels are sentences as often as words. `to` is null where everybody
 * reads them; whoever `isToBeInvited` gets a button that opens a chat with the bot.
 */
export async function keyboardOf(
  parts: Parts,
  choices: readonly Choice[],
  { to, isToBeInvited }: { readonly to: string | null; readonly isToBeInvited: boolean },
): Promise<InlineKeyboardMarkup> {
  const rows: InlineKeyboardButton[][] = [];
  for (const choice of choices) rows.push([await buttonOf(parts, choice, to)]);
  if (to !== null && isToBeInvited) {
    const { texts, talkerOf } = parts;
    const { openChat } = wordsIn(texts, talkerOf(to)?.language ?? texts.first);
    rows.push([{ text: openChat, url: await chatAddress(parts) }]);
  }
  return { inline_keyboard: rows };
}

/** One button in the place of the keys, which sends the person's own card. */
export const numberKeyboard = (text: string): ReplyKeyboardMarkup => ({
  keyboard: [[{ text, request_contact: true }]],
  one_time_keyboard: true,
  resize_keyboard: true,
});

async function buttonOf(
  parts: Parts,
  choice: Choice,
  to: string | null,
): Promise<InlineKeyboardButton> {
  const { label: text, send } = choice;
  if (to !== null) return { text, callback_data: await parts.buttons.seal(choice, to) };
  // In public everybody sees the same button: it leads each into a chat of their own.
  const payload = await parts.buttons.link(send);
  return { text, url: `${await chatAddress(parts)}?start=${payload}` };
}

/** Where the QR picture of a task's code leads: `messages.ts` reads what comes of it. */
export const checkInLink = async (parts: Parts, code: string): Promise<string> =>
  `${await chatAddress(parts)}?start=here-${code}`;

const chatAddress = async ({ connection }: Parts): Promise<string> =>
  `https://t.me/${(await connection.me()).username}`;
