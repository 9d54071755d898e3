/** Shows a Reply as its channel would send it. */
import {
  type Rendered as BlueskyText,
  renderMessages,
  renderPosts,
} from '../channels/bluesky/out/render.ts';
import { PARTS_MAX } from '../channels/bluesky/out/rkeys.ts';
import { render as renderSms } from '../channels/sms/render.ts';
import {
  render as renderTelegram,
  type Rendered as TelegramPart,
} from '../channels/telegram/render.ts';
import type { ChannelName, Choice, Reply } from '../conversation/message.ts';

/** One message as it appears on a phone. */
export type Rendered = {
  readonly text: string;
  readonly choices: readonly Choice[];
  /** Spool keys. */
  readonly pictures: readonly string[];
  /** Only an SMS has these: what it costs, and in which alphabet. */
  readonly segments?: number;
  readonly encoding?: 'GSM-7' | 'UCS-2';
};

/** The messages that a reply becomes; `isPublic` for a channel's public place. */
export function render(channel: ChannelName, reply: Reply, isPublic: boolean): readonly Rendered[] {
  if (channel === 'telegram') return telegramMessages(reply);
  // The page draws pictures and choices beside the words, so no address of a page replaces them.
  if (channel === 'sms') return withLast(renderSms({ ...reply, pictures: [] }, ''), reply);
  const texts = isPublic
    ? renderPosts(reply, undefined).slice(0, PARTS_MAX)
    : renderMessages(reply, undefined);
  return withLast(texts.map(wordsOf), reply);
}

const wordsOf = ({ text }: BlueskyText) => ({ text });

/** Choices and pictures go with the last message, where the person reads on. */
const withLast = (
  messages: readonly Pick<Rendered, 'text' | 'segments' | 'encoding'>[],
  { choices, pictures }: Reply,
): readonly Rendered[] =>
  messages.map((message, at) =>
    at === messages.length - 1
      ? { ...message, choices, pictures }
      : { ...message, choices: [], pictures: [] },
  );

/** A code stands in the words; the page draws no QR picture of it. */
function telegramMessages({ code: _, ...reply }: Reply): readonly Rendered[] {
  return renderTelegram(reply).map((part) => ({
    text: part.kind === 'text' ? part.text : part.kind === 'photo' ? part.caption : '',
    choices: part.kind === 'album' ? [] : part.choices,
    pictures: photosOf(part).flatMap((photo) => ('spoolKey' in photo ? [photo.spoolKey] : [])),
  }));
}

const photosOf = (part: TelegramPart) =>
  part.kind === 'text' ? [] : part.kind === 'photo' ? [part.photo] : part.photos;
