/** Sends one delivery: to a person, into the thread of a group, or to the channel. */

import type { InlineKeyboardMarkup, Message, ReplyParameters } from 'grammy/types';
import type { Api } from 'grammy/web';
import type { Reply } from '../../conversation/message.ts';
import { MINUTE_MS } from '../../lib/clock.ts';
import { BoundedMap } from '../../lib/memo.ts';
import { splitText } from '../../lib/split-text.ts';
import type { Channel, Delivery, SendError, SendOutcome } from '../channel.ts';
import { type Audience, hasNoText, isNotModified, movedTo, sendErrorOf } from './errors.ts';
import { followMove, messageId, readMessageId, readPlace, whereNow } from './ids.ts';
import { checkInLink, keyboardOf, numberKeyboard } from './keyboard.ts';
import type { Parts } from './parts.ts';
import { loadPhotos, sendAlbum, sendPhoto, type WithPhotos } from './photos.ts';
import { CAPTION_LENGTH_MAX, type Rendered, render, TEXT_LENGTH_MAX } from './render.ts';

type State = Parts & {
  /** Deliveries that broke off, by their ids: they go on where they stopped. */
  readonly halves: BoundedMap<number, Half>;
  /** People who never opened a chat with the bot: in public they get a button for that. */
  readonly closed: BoundedMap<string, true>;
};

/** The messages that are out, and how many parts of the reply they are. */
type Half = { readonly messages: readonly Message[]; readonly parts: number };

/** Where the messages of one delivery go. */
type Target = {
  readonly audience: Audience;
  /** The person, where it is one. */
  readonly to: string | null;
  readonly chat: number | string;
  readonly extra: {
    readonly message_thread_id?: number;
    readonly reply_parameters?: ReplyParameters;
  };
};

const HALVES_KEPT = 1000;
const CLOSED_KEPT = 1000;
const TOO_MUCH: SendError = { kind: 'retry', detail: 'the pace of the chat', isUntried: true };
const MOVED: SendError = { kind: 'retry', detail: 'the group has another id', isUntried: true };
const NO_CHANNEL: SendError = { kind: 'rejected', detail: 'there is no channel to announce in' };
const NO_ANNOUNCEMENT: SendError = { kind: 'rejected', detail: 'no announcement' };

export function createSender(parts: Parts): Channel['send'] {
  const state: State = {
    ...parts,
    halves: new BoundedMap(HALVES_KEPT),
    closed: new BoundedMap(CLOSED_KEPT),
  };
  return async (delivery) => {
    const target = targetOf(state, delivery);
    if (target === undefined) return refused(NO_CHANNEL);
    const pause = state.pace.take(target.audience === 'person' ? null : String(target.chat));
    if (pause > 0) return refused({ ...TOO_MUCH, retryAfterMs: Math.min(pause, MINUTE_MS) });
    return delivery.kind === 'update' ? update(state, delivery) : sendAll(state, delivery, target);
  };
}

const refused = (error: SendError): SendOutcome => ({ ok: false, error });

function targetOf({ memory, settings }: State, { to, place }: Delivery): Target | undefined {
  if (place !== null) {
    const { chat, message, thread } = readPlace(place);
    return {
      audience: 'group',
      to,
      chat: whereNow(memory, chat),
      extra: {
        reply_parameters: { message_id: message, allow_sending_without_reply: true },
        ...(thread === undefined ? {} : { message_thread_id: thread }),
      },
    };
  }
  if (to !== null) return { audience: 'person', to, chat: Number(to), extra: {} };
  const { channel } = settings;
  return channel === undefined ? undefined : { audience: 'channel', to, chat: channel, extra: {} };
}

/** Whoever scans the picture comes into a chat with the bot, and sends the digits with one touch. */
async function withCheckIn(state: State, reply: Reply): Promise<Reply> {
  const { checkIn, ...rest } = reply;
  return checkIn === undefined ? rest : { ...rest, code: await checkInLink(state, checkIn) };
}

async function sendAll(state: State, delivery: Delivery, target: Target): Promise<SendOutcome> {
  const { halves, closed } = state;
  // Parts that went out before the rest was refused are not sent twice.
  const half = halves.get(delivery.id);
  const sent: Message[] = [...(half?.messages ?? [])];
  const loaded = await loadPhotos(state.readPicture, await withCheckIn(state, delivery.reply));
  const parts = render(loaded.reply)
    .entries()
    .drop(half?.parts ?? 0);
  for (const [at, part] of parts) {
    try {
      sent.push(...(await show(state, target, { part, fileOf: loaded.fileOf })));
    } catch (error) {
      if (at > 0) halves.set(delivery.id, { messages: sent, parts: at });
      return await failed(state, target, error);
    }
  }
  halves.delete(delivery.id);
  if (target.audience === 'person' && target.to !== null) closed.delete(target.to);
  return { ok: true, ...idsOf(sent, state.nameOf) };
}

/** Sends one message, or one album. */
async function show(
  state: State,
  { audience, to, chat, extra }: Target,
  { part, fileOf }: Pick<WithPhotos, 'fileOf'> & { readonly part: Rendered },
): Promise<readonly Message[]> {
  const { api } = state;
  if (part.kind === 'album') {
    const files = part.photos.map((shown) => () => fileOf(shown));
    return await sendAlbum({ api, chat, extra }, files);
  }
  const isToBeInvited = audience !== 'person' && to !== null && state.closed.has(to);
  const keyboard = await keyboardOf(state, part.choices, { to, isToBeInvited });
  const more = {
    ...extra,
    ...(keyboard.inline_keyboard.length === 0 ? {} : { reply_markup: keyboard }),
  };
  if (part.kind === 'photo') {
    const target = { api, chat, extra: { ...more, caption: part.caption } };
    return [await sendPhoto(target, () => fileOf(part.photo))];
  }
  const asks = part.kind === 'text' && audience === 'person' ? part.asksForNumber : undefined;
  const options = {
    ...more,
    ...(asks === undefined ? {} : { reply_markup: numberKeyboard(asks) }),
    link_preview_options: { is_disabled: true },
  };
  return [await api.sendMessage(chat, part.text, options)];
}

/** Shows an announcement as it is now. */
async function update(state: State, { announced, reply }: Delivery): Promise<SendOutcome> {
  const at = readMessageId(announced ?? '');
  if (at === undefined) return refused(NO_ANNOUNCEMENT);
  const chat = whereNow(state.memory, at.chat);
  const reply_markup = await keyboardOf(state, reply.choices, { to: null, isToBeInvited: false });
  try {
    await edit(state.api, { chat, message: at.message }, { text: reply.text, reply_markup });
  } catch (error) {
    const target = { audience: 'channel', to: null, chat, extra: {} } as const;
    if (!isNotModified(error)) return await failed(state, target, error);
  }
  return { ok: true, providerId: announced };
}

async function edit(
  api: Api,
  { chat, message }: { readonly chat: number | string; readonly message: number },
  { text, reply_markup }: { text: string; reply_markup: InlineKeyboardMarkup },
): Promise<void> {
  const link_preview_options = { is_disabled: true };
  const short = firstOf(text, TEXT_LENGTH_MAX);
  try {
    await api.editMessageText(chat, message, short, { reply_markup, link_preview_options });
  } catch (error) {
    if (!hasNoText(error)) throw error;
    // Under a photo the words are its caption.
    const caption = firstOf(text, CAPTION_LENGTH_MAX);
    await api.editMessageCaption(chat, message, { reply_markup, caption });
  }
}

async function failed(state: State, target: Target, error: unknown): Promise<SendOutcome> {
  const moved = movedTo(error);
  if (moved !== undefined) {
    await followMove(state.memory, target.chat, moved);
    return refused(MOVED);
  }
  const reason = sendErrorOf(error, target.audience);
  if (reason.retryAfterMs !== undefined) state.pace.pause(reason.retryAfterMs);
  if (reason.kind === 'closed' && target.to !== null) state.closed.set(target.to, true);
  return refused(reason);
}

/** The message that has the words is the one that is answered, and brought up to date. */
function idsOf(
  messages: readonly Message[],
  nameOf: State['nameOf'],
): Pick<SendOutcome & { ok: true }, 'providerId' | 'alsoIds'> {
  const withWords =
    messages.find(({ text, caption }) => (text ?? caption ?? '') !== '') ?? messages[0];
  const idOf = ({ chat, message_id: id }: Message) => messageId(nameOf(chat.id), id);
  const others = messages.filter((message) => message !== withWords).map(idOf);
  return {
    providerId: withWords === undefined ? null : idOf(withWords),
    ...(others.length === 0 ? {} : { alsoIds: others }),
  };
}

const firstOf = (text: string, lengthMax: number): string =>
  splitText(text, lengthMax, (piece) => piece.length <= lengthMax)[0] ?? '';
