/** From a Reply to what each channel shows: an SMS counts segments, Telegram has buttons. */
import type { ChannelName, Choice, Reply } from '../conversation/message.ts';
import { smsPieces } from '../lib/sms-pieces.ts';
import { splitText } from '../lib/split-text.ts';

/** One message as it appears on a phone. */
export type Rendered = {
  readonly text: string;
  readonly choices: readonly Choice[];
  readonly pictures: readonly string[];
  /** SMS only: what it costs, and in which alphabet. */
  readonly segments?: number;
  readonly encoding?: 'GSM-7' | 'UCS-2';
};

/** UTF-16 code units. */
const TELEGRAM_LENGTH_MAX = 4096;
const BLUESKY_POST = { graphemes: 300, bytes: 3000 } as const;
const BLUESKY_DM = { graphemes: 1000, bytes: 10_000 } as const;

const utf8 = new TextEncoder();

/** Choices and pictures go with the last piece, where the person reads on from. */
const withLast = (
  pieces: readonly Pick<Rendered, 'text' | 'segments' | 'encoding'>[],
  reply: Reply,
): Rendered[] =>
  pieces.map((piece, at) => ({
    ...piece,
    choices: at === pieces.length - 1 ? reply.choices : [],
    pictures: at === pieces.length - 1 ? reply.pictures : [],
  }));

const plain = (pieces: readonly string[]) => pieces.map((text) => ({ text }));

/** The messages that a reply becomes; `isPublic` for a channel's public place. */
export function render(channel: ChannelName, reply: Reply, isPublic: boolean): Rendered[] {
  if (channel === 'sms') return withLast(smsPieces(reply.text), reply);
  if (channel === 'telegram') {
    const fits = (piece: string) => piece.length <= TELEGRAM_LENGTH_MAX;
    return withLast(plain(splitText(reply.text, TELEGRAM_LENGTH_MAX, fits)), reply);
  }
  const { graphemes, bytes } = isPublic ? BLUESKY_POST : BLUESKY_DM;
  const fits = (piece: string) => utf8.encode(piece).length <= bytes;
  return withLast(plain(splitText(reply.text, graphemes, fits)), reply);
}
