/** Loads the pictures of a reply as files, and sends them. */

import type { InlineKeyboardMarkup, Message, ReplyParameters } from 'grammy/types';
import { type Api, GrammyError, InputFile } from 'grammy/web';
import { toBuffer } from 'qrcode';
import type { Reply } from '../../conversation/message.ts';
import type { Capabilities } from '../channel.ts';
import type { Shown } from './render.ts';

/** The reply with those of its pictures that are still here, and the file of each. */
export type WithPhotos = {
  readonly reply: Reply;
  readonly fileOf: (shown: Shown) => InputFile;
};

const QR_SIZE = 480;
const QR_MARGIN = 4;

export async function loadPhotos(
  readPicture: Capabilities['readPicture'],
  reply: Reply,
): Promise<WithPhotos> {
  const files = new Map<string, Uint8Array>();
  for (const key of reply.pictures) {
    const bytes = await readPicture(key);
    if (bytes !== undefined) files.set(key, bytes);
  }
  const code =
    reply.code === undefined
      ? undefined
      : await toBuffer(reply.code, { width: QR_SIZE, margin: QR_MARGIN });
  return {
    reply: { ...reply, pictures: reply.pictures.filter((key) => files.has(key)) },
    fileOf: (shown) => {
      const bytes = 'code' in shown ? code : files.get(shown.spoolKey);
      if (bytes === undefined) throw new Error('A picture that was not loaded is to be shown.');
      return new InputFile(bytes, 'code' in shown ? 'code.png' : 'picture.jpg');
    },
  };
}

/** Where a photo goes, and what goes with it. */
export type PhotoTarget = {
  readonly api: Api;
  readonly chat: number | string;
  readonly extra: {
    readonly message_thread_id?: number;
    readonly reply_parameters?: ReplyParameters;
    readonly caption?: string;
    readonly reply_markup?: InlineKeyboardMarkup;
  };
};

/** `file` makes a new one each time, since one can be sent only once. */
export async function sendPhoto(
  { api, chat, extra }: PhotoTarget,
  file: () => InputFile,
): Promise<Message> {
  try {
    return await api.sendPhoto(chat, file(), extra);
  } catch (error) {
    if (isNoPhoto(error)) return await api.sendDocument(chat, file(), extra);
    throw error;
  }
}

/** Sends two to ten photos as one; where Telegram refuses one of them, each by itself. */
export async function sendAlbum(
  target: PhotoTarget,
  files: readonly (() => InputFile)[],
): Promise<readonly Message[]> {
  try {
    const media = files.map((file) => ({ type: 'photo', media: file() }) as const);
    return await target.api.sendMediaGroup(target.chat, media, target.extra);
  } catch (error) {
    if (!isNoPhoto(error)) throw error;
    const sent: Message[] = [];
    for (const file of files) sent.push(await sendPhoto(target, file));
    return sent;
  }
}

/** Telegram shows no photo that is very long or wide; as a file it takes it. */
const isNoPhoto = (error: unknown): boolean =>
  error instanceof GrammyError &&
  error.error_code === 400 &&
  /PHOTO_|IMAGE_PROCESS_FAILED/.test(error.description);
