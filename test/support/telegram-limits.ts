// The limits that Telegram documents, and the words with which it refuses what breaks them.
import type { InlineKeyboardMarkup, ReplyKeyboardMarkup } from 'grammy/types';

export type Refusal = {
  readonly code: number;
  readonly description: string;
  readonly parameters?: { readonly retry_after?: number; readonly migrate_to_chat_id?: number };
};

export type Fields = Readonly<Record<string, unknown>>;

export const bad = (description: string): Refusal => ({
  code: 400,
  description: `Bad Request: ${description}`,
});

const TEXT_MAX = 4096;
const CAPTION_MAX = 1024;
const DATA_BYTES_MAX = 64;
const PHOTO_BYTES_MAX = 10 * 1024 * 1024;
const MENU_MAX = 100;

/** Why a call is refused for its own sake; undefined for one that may be carried out. */
export function brokenLimit(method: string, fields: Fields): Refusal | undefined {
  return CHECKS[method]?.(fields) ?? brokenKeyboard(fields['reply_markup'], fields['chat_id']);
}

const brokenText = ({ text, parse_mode: mode, entities }: Fields): Refusal | undefined => {
  if (mode !== undefined) return bad("can't parse entities: this test allows no markup");
  if (entities !== undefined) return bad('entities are not spoken here');
  if (typeof text !== 'string' || text.trim() === '') return bad('message text is empty');
  if (!text.isWellFormed()) return bad('strings must be encoded in UTF-8');
  return text.length > TEXT_MAX ? bad('message is too long') : undefined;
};

const brokenCaption = ({ caption }: Fields): Refusal | undefined =>
  String(caption ?? '').length > CAPTION_MAX ? bad('message caption is too long') : undefined;

const brokenPhoto = ({ photo, caption }: Fields): Refusal | undefined => {
  if (!(photo instanceof Uint8Array) || photo.length === 0)
    return bad('there is no photo in the request');
  if (photo.length > PHOTO_BYTES_MAX) return { code: 413, description: 'Request Entity Too Large' };
  return brokenCaption({ caption });
};

const CHECKS: Readonly<Record<string, (fields: Fields) => Refusal | undefined>> = {
  sendMessage: brokenText,
  editMessageText: brokenText,
  sendPhoto: brokenPhoto,
  editMessageCaption: brokenCaption,
  sendMediaGroup: ({ media }) => {
    const items = media as readonly { readonly photo: unknown; readonly caption?: string }[];
    if (items.length < 2 || items.length > 10) {
      return bad('there must be 2-10 items in a media group');
    }
    return items.map((item) => brokenPhoto(item)).find((refusal) => refusal !== undefined);
  },
  setMyCommands: ({ commands }) => {
    const entries = commands as readonly { command: string; description: string }[];
    if (entries.length > MENU_MAX) return bad('BOT_COMMANDS_TOO_MUCH');
    if (entries.some(({ command }) => !/^[a-z0-9_]{1,32}$/.test(command))) {
      return bad('BOT_COMMAND_INVALID');
    }
    return entries.some(({ description }) => description === '' || description.length > 256)
      ? bad('BOT_COMMAND_DESCRIPTION_INVALID')
      : undefined;
  },
  setWebhook: ({ url, secret_token: secret, allowed_updates: kinds }) => {
    if (!String(url).startsWith('https://')) {
      return bad('bad webhook: An HTTPS URL must be provided for webhook');
    }
    if (secret !== undefined && !/^[A-Za-z0-9_-]{1,256}$/.test(String(secret))) {
      return bad('secret token contains unallowed characters');
    }
    return Array.isArray(kinds) ? undefined : bad('this test wants allowed_updates named');
  },
  answerCallbackQuery: ({ text }) =>
    String(text ?? '').length > 200 ? bad('MESSAGE_TOO_LONG') : undefined,
};

function brokenKeyboard(markup: unknown, chat: unknown): Refusal | undefined {
  if (markup === undefined) return undefined;
  const keys = (markup as Partial<ReplyKeyboardMarkup>).keyboard;
  if (keys !== undefined) {
    // The id of a group is below zero, and the name of a channel no number.
    const isPrivate = Number(chat) > 0;
    const asks = keys.flat().some((key) => typeof key === 'object' && 'request_contact' in key);
    return asks && !isPrivate
      ? bad('phone number can be requested in private chats only')
      : undefined;
  }
  for (const button of (markup as InlineKeyboardMarkup).inline_keyboard.flat()) {
    if (button.text.trim() === '') return bad('Text buttons are unallowed in the inline keyboard');
    if ('callback_data' in button) {
      const bytes = Buffer.byteLength(button.callback_data);
      if (bytes < 1 || bytes > DATA_BYTES_MAX) return bad('BUTTON_DATA_INVALID');
    } else if ('url' in button) {
      if (!/^https?:\/\/[^/]+\.[^/]+/.test(button.url)) {
        return bad(`inline keyboard button URL '${button.url}' is invalid: Wrong HTTP URL`);
      }
      const start = new URL(button.url).searchParams.get('start');
      if (start !== null && !/^[A-Za-z0-9_-]{1,64}$/.test(start)) return bad('START_PARAM_INVALID');
    } else return bad('BUTTON_TYPE_INVALID');
  }
  return undefined;
}
