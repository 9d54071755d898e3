/** Sends one delivery: to a person, into the thread of a group, or to the channel. */
import type { Api } from 'grammy';
import type { InlineKeyboardMarkup, Message, ReplyParameters } from 'grammy/types';
import type { Choice } from '../../conversation/message.ts';
import { MINUTE_MS } from '../../lib/clock.ts';
import { splitText } from '../../lib/split-text.ts';
import type { ChannelDesk, Delivery, SendError, SendOutcome } from '../channel.ts';
import type { Buttons } from './buttons.ts';
import { type Audience, hasNoText, isNotModified, movedTo, sendErrorOf } from './errors.ts';
import { type ChatNames, messageId, readMessageId, readPlace } from './ids.ts';
import type { Pace } from './pace.ts';
import { loadPhotos, sendAlbum, sendPhoto, type WithPhotos } from './photos.ts';
import { CAPTION_LENGTH_MAX, type Rendered, render, TEXT_LENGTH_MAX } from './render.ts';
import type { Button } from './settings.ts';

/** Where the messages of one delivery go. */
type Target = {
  readonly audience: Audience;
  readonly chat: number | string;
  readonly extra: {
    readonly message_thread_id?: number;
    readonly reply_parameters?: ReplyParameters;
  };
};

/** The messages that are out, and how many parts of the reply they are. */
type Half = { readonly messages: readonly Message[]; readonly parts: number };

export type Sender = (delivery: Delivery) => Promise<SendOutcome>;

/** How many deliveries that broke off half way are remembered, to go on where they stopped. */
const HALVES_KEPT = 1000;
const CLOSED_KEPT = 1000;
const TOO_MUCH: SendError = { kind: 'retry', detail: 'the pace of the chat', isUntried: true };

export function createSender(options: {
  readonly api: Api;
  readonly desk: Pick<ChannelDesk, 'readPicture' | 'recall' | 'remember'>;
  readonly buttons: Buttons;
  readonly pace: Pace;
  readonly channel: string | undefined;
  readonly nameOf: ChatNames;
  /** The bot's name, without `@`. */
  readonly username: () => Promise<string>;
  /** What the button says that opens a chat with the bot, in this person's language. */
  readonly openLabel: (to: string) => string;
}): Sender {
  const { api, desk, buttons, pace } = options;
  /** What is out already of deliveries that broke off, by their ids. */
  const halves = new Map<number, Half>();
  /** Who never opened a chat with the bot: in public they get a button for that. */
  const closed = new Set<string>();

  const whereNow = (chat: number | string): number | string => {
    const moved = desk.recall(`telegram-moved-${chat}`);
    return moved === undefined ? chat : Number(moved);
  };

  const targetOf = ({ to, place }: Delivery): Target | undefined => {
    if (place !== null) {
      const { chat, message, thread } = readPlace(place);
      return {
        audience: 'group',
        chat: whereNow(chat),
        extra: {
          reply_parameters: { message_id: message, allow_sending_without_reply: true },
          ...(thread === undefined ? {} : { message_thread_id: thread }),
        },
      };
    }
    if (to !== null) return { audience: 'person', chat: Number(to), extra: {} };
    if (options.channel === undefined) return undefined;
    return { audience: 'channel', chat: options.channel, extra: {} };
  };

  /** One under the other: labels are sentences as often as words. */
  const keyboard = async (
    choices: readonly Choice[],
    to: string | null,
    isPrivate = true,
  ): Promise<InlineKeyboardMarkup> => {
    const rows: Button[][] = [];
    for (const choice of choices) rows.push([await buttonOf(choice, to)]);
    if (to !== null && !isPrivate && closed.has(to)) {
      rows.push([{ text: options.openLabel(to), url: `https://t.me/${await options.username()}` }]);
    }
    return { inline_keyboard: rows };
  };

  const buttonOf = async (choice: Choice, to: string | null): Promise<Button> => {
    const text = choice.label;
    if (to !== null) return { text, callback_data: await buttons.seal(choice, to) };
    // In public everybody sees the same button: it leads each into a chat of their own.
    const payload = await buttons.link(choice.send);
    return { text, url: `https://t.me/${await options.username()}?start=${payload}` };
  };

  /** One message, or one album. */
  const show = async (
    one: Rendered,
    { fileOf }: WithPhotos,
    to: string | null,
    { audience, chat, extra }: Target,
  ): Promise<readonly Message[]> => {
    if (one.kind === 'album') {
      const files = one.photos.map((shown) => () => fileOf(shown));
      return await sendAlbum(api, chat, files, extra);
    }
    const buttons = await keyboard(one.choices, to, audience === 'person');
    const markup = buttons.inline_keyboard.length === 0 ? {} : { reply_markup: buttons };
    if (one.kind === 'photo') {
      const more = { ...extra, ...markup, caption: one.caption };
      return [await sendPhoto(api, chat, () => fileOf(one.photo), more)];
    }
    const more = { ...extra, ...markup, link_preview_options: { is_disabled: true } };
    return [await api.sendMessage(chat, one.text, more)];
  };

  const follow = async (from: number | string, to: number): Promise<void> => {
    await desk.remember(`telegram-moved-${from}`, String(to));
  };

  const failed = async (
    error: unknown,
    target: Target,
    to: string | null = null,
  ): Promise<SendOutcome> => {
    const moved = movedTo(error);
    if (moved !== undefined) {
      await follow(target.chat, moved);
      return {
        ok: false,
        error: { kind: 'retry', detail: 'the group has another id', isUntried: true },
      };
    }
    const reason = sendErrorOf(error, target.audience);
    if (reason.retryAfterMs !== undefined) pace.pause(reason.retryAfterMs);
    if (reason.kind === 'closed' && to !== null) {
      if (closed.size >= CLOSED_KEPT) closed.clear();
      closed.add(to);
    }
    return { ok: false, error: reason };
  };

  const sendAll = async (delivery: Delivery, target: Target): Promise<SendOutcome> => {
    // What went out before the rest was refused is not sent twice.
    const sent: (readonly Message[])[] = [halves.get(delivery.id)?.messages ?? []];
    const loaded = await loadPhotos(desk, delivery.reply);
    const parts = render(loaded.reply)
      .entries()
      .drop(halves.get(delivery.id)?.parts ?? 0);
    for (const [at, part] of parts) {
      try {
        sent.push(await show(part, loaded, delivery.to, target));
      } catch (error) {
        if (at > 0) keepHalf(delivery.id, { messages: sent.flat(), parts: at });
        return await failed(error, target, delivery.to);
      }
    }
    halves.delete(delivery.id);
    if (target.audience === 'person' && delivery.to !== null) closed.delete(delivery.to);
    return { ok: true, ...idsOf(sent.flat(), options.nameOf) };
  };

  const keepHalf = (delivery: number, half: Half): void => {
    if (halves.size >= HALVES_KEPT) halves.clear();
    halves.set(delivery, half);
  };

  /** Shows an announcement as it is now. */
  const update = async (delivery: Delivery): Promise<SendOutcome> => {
    const at = readMessageId(delivery.announced ?? '');
    if (at === undefined)
      return { ok: false, error: { kind: 'rejected', detail: 'no announcement' } };
    const target: Target = { audience: 'channel', chat: whereNow(at.chat), extra: {} };
    const { text } = delivery.reply;
    const more = { reply_markup: await keyboard(delivery.reply.choices, null) };
    const edit = (): Promise<unknown> =>
      api.editMessageText(target.chat, at.message, firstOf(text, TEXT_LENGTH_MAX), {
        ...more,
        link_preview_options: { is_disabled: true },
      });
    const editCaption = (): Promise<unknown> =>
      api.editMessageCaption(target.chat, at.message, {
        ...more,
        caption: firstOf(text, CAPTION_LENGTH_MAX),
      });
    try {
      // Under a photo the words are its caption.
      await edit().catch((error: unknown) => {
        if (hasNoText(error)) return editCaption();
        throw error;
      });
    } catch (error) {
      if (!isNotModified(error)) return await failed(error, target);
    }
    return { ok: true, providerId: delivery.announced };
  };

  return async (delivery) => {
    const target = targetOf(delivery);
    if (target === undefined) {
      return {
        ok: false,
        error: { kind: 'rejected', detail: 'there is no channel to announce in' },
      };
    }
    const group = target.audience === 'person' ? null : String(target.chat);
    const pause = pace.take(group);
    if (pause > 0) {
      return { ok: false, error: { ...TOO_MUCH, retryAfterMs: Math.min(pause, MINUTE_MS) } };
    }
    return delivery.kind === 'update' ? update(delivery) : sendAll(delivery, target);
  };
}

/** The message that has the words is the one that is answered, and brought up to date. */
function idsOf(
  messages: readonly Message[],
  nameOf: ChatNames,
): Pick<SendOutcome & { ok: true }, 'providerId' | 'alsoIds'> {
  const spoken =
    messages.find(({ text, caption }) => (text ?? caption ?? '') !== '') ?? messages[0];
  const idOf = ({ chat, message_id: id }: Message) => messageId(nameOf(chat.id), id);
  const others = messages.filter((message) => message !== spoken).map(idOf);
  return {
    providerId: spoken === undefined ? null : idOf(spoken),
    ...(others.length === 0 ? {} : { alsoIds: others }),
  };
}

const firstOf = (text: string, lengthMax: number): string =>
  splitText(text, lengthMax, (piece) => piece.length <= lengthMax)[0] ?? '';
