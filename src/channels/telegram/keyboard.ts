/** Choices as buttons under a message. */
import type { InlineKeyboardMarkup } from 'grammy/types';
import type { Choice } from '../../conversation/message.ts';
import type { Buttons } from './buttons.ts';

export type KeyboardOptions = {
  readonly buttons: Pick<Buttons, 'seal' | 'link'>;
  /** The bot's name, without `@`. */
  readonly username: () => Promise<string>;
  /** The label of the button that opens a chat with the bot, in this person's language. */
  readonly openLabel: (to: string) => string;
};

type Button = { readonly text: string } & (
  | { readonly callback_data: string }
  | { readonly url: string }
);

/**
 * One button under the other: labels are sentences as often as words. `to` is null where everybody
 * reads them; whoever `isToBeInvited` gets a button that opens a chat with the bot.
 */
export async function keyboardOf(
  options: KeyboardOptions,
  choices: readonly Choice[],
  { to, isToBeInvited }: { readonly to: string | null; readonly isToBeInvited: boolean },
): Promise<InlineKeyboardMarkup> {
  const rows: Button[][] = [];
  for (const choice of choices) rows.push([await buttonOf(options, choice, to)]);
  if (to !== null && isToBeInvited) {
    const url = `https://t.me/${await options.username()}`;
    rows.push([{ text: options.openLabel(to), url }]);
  }
  return { inline_keyboard: rows };
}

async function buttonOf(
  { buttons, username }: KeyboardOptions,
  choice: Choice,
  to: string | null,
): Promise<Button> {
  const text = choice.label;
  if (to !== null) return { text, callback_data: await buttons.seal(choice, to) };
  // In public everybody sees the same button: it leads each into a chat of their own.
  const payload = await buttons.link(choice.send);
  return { text, url: `https://t.me/${await username()}?start=${payload}` };
}
