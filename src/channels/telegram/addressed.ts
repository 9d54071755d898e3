/** Tells whether a message in a group is for the bot, and takes the address off its words. */
import type { Message } from 'grammy/types';

const COMMAND = /^\s*\/([A-Za-z0-9_]{1,64})(?:@([A-Za-z0-9_]{1,64}))?(?=\s|$)/u;

const isSame = (one: string, other: string): boolean => one.toLowerCase() === other.toLowerCase();

/** `@bot` as a word of its own: `@bots` is somebody else. */
const mentionOf = (username: string, flags: string): RegExp =>
  new RegExp(`(?<![A-Za-z0-9_])@${username}(?![A-Za-z0-9_])`, flags);

/** Is the bot named by its `@name`, or spoken to with a command? */
export const namesBot = (text: string, username: string): boolean =>
  COMMAND.test(text) || mentionOf(username, 'iu').test(text);

/**
 * True for a command, a mention, or a reply to one of its messages; and for a reply to Telegram's
 * copy of a post in the channel, since that is about the post's task. Whatever else people say in a
 * group they say to one another.
 */
export function isForUs(
  message: Message,
  us: { readonly id: number; readonly username: string },
): boolean {
  const text = message.text ?? message.caption ?? '';
  const command = COMMAND.exec(text);
  if (command !== null) return command[2] === undefined || isSame(command[2], us.username);
  if (mentionOf(us.username, 'iu').test(text)) return true;
  const answered = message.reply_to_message;
  if (answered === undefined || answered.forum_topic_created !== undefined) return false;
  return answered.from?.id === us.id || answered.is_automatic_forward === true;
}

/** `/join@bot 12` → `join 12`, `@bot join 12` → `join 12`, `/por_que` → `por que`. */
export function addressedText(text: string, username: string): string {
  const bare = text.replace(COMMAND, (_, word: string) => word.replaceAll('_', ' '));
  return bare.replace(mentionOf(username, 'giu'), '').trim();
}
