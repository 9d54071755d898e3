/** Sends one delivery: to a person, into the thread of a group, or to the channel. */
import { type Api, InputFile } from 'grammy';
import type { InlineKeyboardMarkup, Message, ReplyParameters } from 'grammy/types';
import { toBuffer } from 'qrcode';
import type { Choice } from '../../conversation/message.ts';
import { MINUTE_MS } from '../../lib/clock.ts';
import { splitText } from '../../lib/split-text.ts';
import type { ChannelDesk, Delivery, SendError, SendOutcome } from '../channel.ts';
import type { Buttons } from './buttons.ts';
import { type Audience, hasNoText, isNotModified, movedTo, sendErrorOf } from './errors.ts';
import { type ChatNames, messageId, readMessageId, readPlace } from './ids.ts';
import type { Pace } from './pace.ts';
import {
  CAPTION_LENGTH_MAX,
  type Rendered,
  render,
  type Shown,
  TEXT_LENGTH_MAX,
} from './render.ts';
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
const QR_SIZE = 480;
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
}): Sender {
  const { api, desk, buttons, pace } = options;
  /** What is out already of deliveries that broke off, by their ids. */
  const halves = new Map<number, Half>();

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
  ): Promise<InlineKeyboardMarkup> => {
    const rows: Button[][] = [];
    for (const choice of choices) rows.push([await buttonOf(choice, to)]);
    return { inline_keyboard: rows };
  };

  const buttonOf = async (choice: Choice, to: string | null): Promise<Button> => {
    const text = choice.label;
    if (to !== null) return { text, callback_data: await buttons.seal(choice, to) };
    // In public everybody sees the same button: it leads each into a chat of their own.
    const payload = await buttons.link(choice.send);
    return { text, url: `https://t.me/${await options.username()}?start=${payload}` };
  };

  const fileOf = async (shown: Shown): Promise<InputFile | undefined> => {
    if ('code' in shown) {
      const png = await toBuffer(shown.code, {
        width: QR_SIZE,
        margin: 4,
        errorCorrectionLevel: 'M',
      });
      return new InputFile(png, 'code.png');
    }
    const bytes = await desk.readPicture(shown.spoolKey);
    return bytes === undefined ? undefined : new InputFile(bytes, 'picture.jpg');
  };

  /** One message, or one album; a picture that is gone from here leaves its words behind. */
  const show = async (one: Rendered, to: string | null, target: Target): Promise<Message[]> => {
    const { chat, extra } = target;
    if (one.kind === 'album') {
      const files = await Promise.all(one.photos.map(fileOf));
      const media = files.flatMap((file) =>
        file === undefined ? [] : [{ type: 'photo', media: file } as const],
      );
      const [only] = media;
      if (only === undefined) return [];
      if (media.length === 1) return [await api.sendPhoto(chat, only.media, extra)];
      return await api.sendMediaGroup(chat, media, extra);
    }
    const markup =
      one.choices.length === 0 ? {} : { reply_markup: await keyboard(one.choices, to) };
    const more = { ...extra, ...markup };
    const photo = one.kind === 'photo' ? await fileOf(one.photo) : undefined;
    if (photo !== undefined && one.kind === 'photo') {
      return [await api.sendPhoto(chat, photo, { ...more, caption: one.caption })];
    }
    const text = one.kind === 'photo' ? one.caption : one.text;
    if (text === '') return [];
    return [
      await api.sendMessage(chat, text, { ...more, link_preview_options: { is_disabled: true } }),
    ];
  };

  const follow = async (from: number | string, to: number): Promise<void> => {
    await desk.remember(`telegram-moved-${from}`, String(to));
  };

  const failed = async (error: unknown, target: Target): Promise<SendOutcome> => {
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
    return { ok: false, error: reason };
  };

  const sendAll = async (delivery: Delivery, target: Target): Promise<SendOutcome> => {
    // What went out before the rest was refused is not sent twice.
    const sent: (readonly Message[])[] = [halves.get(delivery.id)?.messages ?? []];
    const parts = render(delivery.reply)
      .entries()
      .drop(halves.get(delivery.id)?.parts ?? 0);
    for (const [at, part] of parts) {
      try {
        sent.push(await show(part, delivery.to, target));
      } catch (error) {
        if (at > 0) keepHalf(delivery.id, { messages: sent.flat(), parts: at });
        return await failed(error, target);
      }
    }
    halves.delete(delivery.id);
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
