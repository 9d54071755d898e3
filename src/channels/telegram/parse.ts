/** Tells what an update of the Bot API means here. Never throws: strangers write updates. */
import type { CallbackQuery, Message, Update } from 'grammy/types';
import { SECOND_MS } from '../../lib/clock.ts';
import type { Coordinates } from '../../lib/coordinates.ts';
import { addressedText, isForUs, namesBot } from './addressed.ts';
import { contentOf, type Unread } from './content.ts';
import { type ChatNames, messageId, type Place } from './ids.ts';

/** The bot, and the channel where it announces. */
export type Surroundings = {
  readonly id: number;
  readonly username: string;
  /** `@name` or `-100…`. */
  readonly channel: string | undefined;
  readonly nameOf: ChatNames;
  /** Words that begin an announcement in the channel, with their languages. */
  readonly announceWords: ReadonlyMap<string, string>;
};

/** A post of the channel and the copy of it that Telegram put into the discussion group. */
type Copied = { readonly post: string; readonly copy: string };

/** A message of a person. */
export type Said = {
  readonly kind: 'said';
  readonly externalId: string;
  readonly sender: string;
  /** When it was sent (ms); undefined for a part of an album that an older version held. */
  readonly sentAt?: number;
  /** It has other words than a message that was sent so long (ms) before, or the same. */
  readonly changedAfterMs?: number;
  /** It names the bot. */
  readonly namesUs?: true;
  /** The language of the person's app, such as `es-MX`. */
  readonly languageCode: string | undefined;
  /** The chat and the message as ids call them, and as Telegram does. */
  readonly chat: string;
  readonly message: number;
  readonly text: string;
  /** The word after `/start`; undefined where that was not said. */
  readonly start: { readonly payload: string } | undefined;
  /** File ids. */
  readonly pictures: readonly string[];
  /** False for a part of an album in a group: its first part may tell whether all of it is for us. */
  readonly isAddressed: boolean;
  /** The album that it is a part of. */
  readonly album: string | undefined;
  /** It holds something of this kind, which nobody here can read. */
  readonly unread: Unread | undefined;
  /** The location that they shared. */
  readonly location?: Coordinates;
  /** The number of the sender's own phone, which they shared. */
  readonly sharedNumber?: string;
  readonly replyTo: string | null;
  readonly thread: string | undefined;
  /** The post of the channel whose copy in the group it replies to. */
  readonly comments: Copied | undefined;
  /** Null for a private message. */
  readonly place: Place | null;
};

/** A button that a person pressed. */
export type Pressed = {
  readonly kind: 'pressed';
  readonly queryId: string;
  readonly sender: string;
  readonly languageCode: string | undefined;
  readonly data: string;
  /** The message under which the button stands; undefined when it is too old to be told. */
  readonly under: { readonly chat: number; readonly message: number } | undefined;
  readonly place: Place | null;
};

/** An announcement that somebody wrote into the channel itself. */
export type Posted = {
  readonly kind: 'posted';
  readonly externalId: string;
  readonly chat: number;
  readonly text: string;
  readonly language: string;
  /** When it was sent (ms). */
  readonly sentAt: number;
  readonly signature: string | undefined;
};

export type Parsed =
  | Said
  | Pressed
  /** Telegram copied a post of the channel into its discussion group. */
  | ({ readonly kind: 'copied' } & Copied)
  | Posted
  /** A group became a supergroup and has another id. */
  | { readonly kind: 'moved'; readonly from: number; readonly to: number }
  /** Whether the bot may post in the channel changed. */
  | { readonly kind: 'standing'; readonly mayPost: boolean }
  | { readonly kind: 'nothing' };

/** The kinds of update that `parse` understands, as Telegram is asked for them. */
export const ALLOWED_UPDATES = [
  'message',
  'edited_message',
  'channel_post',
  'callback_query',
  'my_chat_member',
] as const satisfies readonly (keyof Update)[];

const NOTHING = { kind: 'nothing' } as const;
const COMMAND = /^\/([^\s@]+)(?:@(\w+))?(?=\s|$)\s*/u;
const START = /^start(?:\s+([A-Za-z0-9_-]{1,64}))?\s*$/iu;

/** A field that Telegram says is a text: what is none counts as missing, or it would fail for ever. */
const textOf = (value: unknown): string | undefined =>
  typeof value === 'string' ? value : undefined;

const isNumber = (value: unknown): value is number => Number.isSafeInteger(value);

const isChannel = (
  chat: { readonly id: number; readonly username?: string | undefined },
  { channel }: Surroundings,
): boolean =>
  channel !== undefined &&
  (String(chat.id) === channel ||
    `@${chat.username ?? ''}`.toLowerCase() === channel.toLowerCase());

/** Whatever is not for the bot is `nothing`. */
export function parse(update: Update, around: Surroundings): Parsed {
  if (update.message !== undefined) return parseMessage(update.message, around);
  if (update.edited_message !== undefined) return parseEdited(update.edited_message, around);
  if (update.callback_query !== undefined) return parsePress(update.callback_query);
  if (update.channel_post !== undefined) return parsePost(update.channel_post, around);
  if (update.my_chat_member !== undefined) {
    const { chat, new_chat_member: now } = update.my_chat_member;
    if (!isChannel(chat, around)) return NOTHING;
    const mayPost = now.status === 'administrator' && now.can_post_messages === true;
    return { kind: 'standing', mayPost };
  }
  return NOTHING;
}

function parseMessage(message: Message, around: Surroundings): Parsed {
  const { chat } = message;
  const { migrate_to_chat_id: movedTo } = message;
  if (movedTo !== undefined) {
    const isMove = isNumber(chat.id) && isNumber(movedTo);
    return isMove ? { kind: 'moved', from: chat.id, to: movedTo } : NOTHING;
  }
  if (message.is_automatic_forward === true) {
    const copied = copiedFrom(message, around);
    return copied === undefined ? NOTHING : { kind: 'copied', ...copied };
  }
  return said(message, around, messageId(around.nameOf(chat.id), message.message_id));
}

function copiedFrom(
  message: Pick<Message, 'is_automatic_forward' | 'forward_origin' | 'chat' | 'message_id'>,
  around: Surroundings,
): Copied | undefined {
  const origin = message.forward_origin;
  if (message.is_automatic_forward !== true || origin?.type !== 'channel') return undefined;
  if (!isChannel(origin.chat, around)) return undefined;
  return {
    post: messageId(around.nameOf(origin.chat.id), origin.message_id),
    copy: messageId(around.nameOf(message.chat.id), message.message_id),
  };
}

/**
 * Words that were changed, or the same ones: Telegram tells so of a reaction and of a preview as well.
 * A picture stays as it was, and only its words are new: it was taken already, and so was an album.
 */
function parseEdited(message: Message, around: Surroundings): Parsed {
  const words = message.text ?? message.caption;
  if (message.chat.type !== 'private' || words === undefined) return NOTHING;
  if (message.media_group_id !== undefined) return NOTHING;
  const id = messageId(around.nameOf(message.chat.id), message.message_id);
  const changed = said(message, around, id);
  if (changed.kind !== 'said') return NOTHING;
  const seconds = Math.max(0, (message.edit_date ?? message.date) - message.date);
  const taken = { pictures: [], unread: undefined };
  return { ...changed, ...taken, changedAfterMs: seconds * SECOND_MS };
}

function said(message: Message, around: Surroundings, externalId: string): Parsed {
  const { chat, from } = message;
  // Anonymous admins, and channels that write in a group, are not people.
  if (from === undefined || from.is_bot || message.sender_chat !== undefined) return NOTHING;
  const isPrivate = chat.type === 'private';
  const isAddressed = isPrivate || isForUs(message, around);
  if (!isAddressed && message.media_group_id === undefined) return NOTHING;
  const content = contentOf(message);
  if (content === undefined) return NOTHING;
  const isNamed = !isPrivate && namesBot(content.text, around.username);
  const text = addressedText(content.text, around.username);
  const started = START.exec(text);
  const isCommand = content.text.trimStart().startsWith('/');
  const threadId = message.message_thread_id;
  const name = around.nameOf(chat.id);
  return {
    kind: 'said',
    externalId,
    sender: String(from.id),
    sentAt: (message.edit_date ?? message.date) * SECOND_MS,
    languageCode: textOf(from.language_code),
    chat: name,
    message: message.message_id,
    text,
    start: isCommand && started !== null ? { payload: started[1] ?? '' } : undefined,
    pictures: content.pictures,
    isAddressed,
    ...(isNamed ? { namesUs: true } : {}),
    album: message.media_group_id,
    unread: content.unread,
    ...(content.location === undefined ? {} : { location: content.location }),
    ...(content.sharedNumber === undefined ? {} : { sharedNumber: content.sharedNumber }),
    replyTo: repliesTo(message, name),
    thread: isPrivate || threadId === undefined ? undefined : messageId(name, threadId),
    comments:
      message.reply_to_message === undefined
        ? undefined
        : copiedFrom(message.reply_to_message, around),
    place: isPrivate ? null : placeOf(message),
  };
}

/** In a group with topics, a message that answers nobody replies to the one that made the topic. */
function repliesTo({ reply_to_message: answered }: Message, chat: string): string | null {
  if (answered === undefined || answered.forum_topic_created !== undefined) return null;
  return messageId(chat, answered.message_id);
}

const placeOf = (
  message: Pick<Message, 'chat' | 'message_id' | 'is_topic_message' | 'message_thread_id'>,
): Place => ({
  chat: message.chat.id,
  message: message.message_id,
  ...(message.is_topic_message === true && message.message_thread_id !== undefined
    ? { thread: message.message_thread_id }
    : {}),
});

function parsePress(query: CallbackQuery): Parsed {
  const { message } = query;
  const isPublic = message !== undefined && message.chat.type !== 'private';
  return {
    kind: 'pressed',
    queryId: query.id,
    sender: String(query.from.id),
    languageCode: textOf(query.from.language_code),
    data: textOf(query.data) ?? '',
    under:
      isNumber(message?.chat.id) && isNumber(message.message_id)
        ? { chat: message.chat.id, message: message.message_id }
        : undefined,
    place: isPublic ? placeOf(message) : null,
  };
}

function parsePost(post: Message, around: Surroundings): Parsed {
  const found = COMMAND.exec(post.text ?? '');
  const language = around.announceWords.get(found?.[1]?.toLowerCase() ?? '');
  if (found === null || language === undefined || !isChannel(post.chat, around)) return NOTHING;
  const isOthers =
    found[2] !== undefined && found[2].toLowerCase() !== around.username.toLowerCase();
  if (isOthers) return NOTHING;
  return {
    kind: 'posted',
    externalId: messageId(around.nameOf(post.chat.id), post.message_id),
    chat: post.chat.id,
    text: (post.text ?? '').slice(found[0].length).trim(),
    language,
    sentAt: post.date * SECOND_MS,
    signature: post.author_signature,
  };
}
