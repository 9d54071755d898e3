/** Whether a message in a group is for the bot, and its words without the address. */
import type { Message } from 'grammy/types';

const COMMAND = /^\s*\/([A-Za-z0-9_]{1,64})(?:@([A-Za-z0-9_]{1,64}))?(?=\s|$)/u;

const isSame = (one: string, other: string): boolean => one.toLowerCase() === other.toLowerCase();

/** `@bot` as a word of its own: `@bots` is somebody else. */
const mentionOf = (username: string, flags: string): RegExp =>
  new RegExp(`(?<![A-Za-z0-9_])@${username}(?![A-Za-z0-9_])`, flags);

/**
 * A command for it, a mention of it, or a reply to what it said; and a reply to a post of the
 * channel where Telegram has copied that, since it is about the post's task. What people say to one
 * another is theirs.
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
