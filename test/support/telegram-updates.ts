// Updates in the shape in which the Bot API sends them.
import type { CallbackQuery, Message, Update, User } from 'grammy/types';

export const ANA_ID = 7000141;
export const GROUP_ID = -1001500000001;
export const CHANNEL_ID = -1001600000001;

let lastUpdate = 500_000_000;
let lastMessage = 1;
let lastQuery = 1;

/** A person, with the fields that an app fills in. */
export const user = (id: number, more: Partial<User> = {}): User => ({
  id,
  is_bot: false,
  first_name: 'Ana',
  last_name: 'López',
  username: 'ana_lopez',
  language_code: 'es',
  ...more,
});

const next = (): number => {
  lastUpdate += 1;
  return lastUpdate;
};

const nextMessageId = (): number => {
  lastMessage += 1;
  return lastMessage;
};

const asUpdate = <Kind extends keyof Update>(kind: Kind, value: unknown): Update =>
  ({ update_id: next(), [kind]: value }) as unknown as Update;

const privateChat = (from: User) => ({
  id: from.id,
  first_name: from.first_name,
  type: 'private',
});
const group = { id: GROUP_ID, title: 'Vecinos', type: 'supergroup' } as const;
export const channel = {
  id: CHANNEL_ID,
  title: 'City/Sync',
  username: 'citysync_test',
  type: 'channel',
} as const;

/** Apps mark commands and mentions; the bot reads the words themselves. */
const entitiesOf = (text: string) => {
  const found = /^\/\w+(?:@\w+)?/.exec(text);
  return found === null
    ? {}
    : { entities: [{ type: 'bot_command', offset: 0, length: found[0].length }] };
};

const message = (from: User | undefined, chat: object, more: object): object => ({
  message_id: nextMessageId(),
  ...(from === undefined ? {} : { from }),
  chat,
  date: 1_795_543_200,
  ...more,
});

export const says = (from: User, text: string, more: object = {}): Update =>
  asUpdate('message', message(from, privateChat(from), { text, ...entitiesOf(text), ...more }));

export const sends = (from: User, more: object): Update =>
  asUpdate('message', message(from, privateChat(from), more));

export const edits = (from: User, messageId: number, more: object): Update =>
  asUpdate('edited_message', {
    ...message(from, privateChat(from), { edit_date: 1_795_543_260, ...more }),
    message_id: messageId,
  });

export const saysInGroup = (from: User, text: string, more: object = {}): Update =>
  asUpdate('message', message(from, group, { text, ...entitiesOf(text), ...more }));

export const posts = (text: string, more: object = {}): Update =>
  asUpdate('channel_post', message(undefined, channel, { text, sender_chat: channel, ...more }));

/** Telegram copies a post of the channel into the group. */
export const copiedPost = (postId: number, text: string): object =>
  message({ id: 777000, is_bot: false, first_name: 'Telegram' } as User, group, {
    sender_chat: channel,
    is_automatic_forward: true,
    forward_origin: { type: 'channel', chat: channel, message_id: postId, date: 1_795_543_100 },
    text,
  });

export const copies = (copy: object): Update => asUpdate('message', copy);

/** A picture in the sizes that Telegram makes of it, in no order. */
export const photo = (id: string, more: object = {}): object => ({
  photo: [
    { file_id: `${id}-m`, file_unique_id: `um${id}`, width: 320, height: 240, file_size: 20_000 },
    { file_id: id, file_unique_id: `ul${id}`, width: 1280, height: 960, file_size: 200_000 },
    { file_id: `${id}-s`, file_unique_id: `us${id}`, width: 90, height: 67, file_size: 1500 },
  ],
  ...more,
});

export const presses = (
  from: User,
  data: string,
  under: { readonly id: number; readonly chat?: object } = { id: 1 },
  id?: string,
): Update => {
  lastQuery += 1;
  const query = {
    id: id ?? String(4_382_000_000_000 + lastQuery),
    from,
    chat_instance: '-3500000000000000001',
    message: {
      message_id: under.id,
      date: 1_795_543_200,
      chat: under.chat ?? privateChat(from),
      text: '…',
    } as unknown as Message,
    data,
  } satisfies CallbackQuery;
  return asUpdate('callback_query', query);
};

export const moves = (from: number, to: number): Update =>
  asUpdate(
    'message',
    message(
      user(ANA_ID),
      { id: from, title: 'Vecinos', type: 'group' },
      { migrate_to_chat_id: to },
    ),
  );

export const standing = (status: string, mayPost: boolean): Update =>
  asUpdate('my_chat_member', {
    chat: channel,
    from: user(ANA_ID),
    date: 1_795_543_200,
    old_chat_member: { user: { id: 1 }, status: 'left' },
    new_chat_member: { user: { id: 1 }, status, can_post_messages: mayPost },
  });
