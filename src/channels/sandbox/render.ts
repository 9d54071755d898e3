/** From a Reply to what each channel shows: an SMS counts segments, Telegram has buttons. */
import { SegmentedMessage } from 'sms-segments-calculator';
import type { ChannelName, Choice, Reply } from '../../conversation/message.ts';
import { gsm7Segments, toGsm7 } from '../../lib/gsm7.ts';
import { splitText } from '../../lib/split-text.ts';

/** One message as it appears on a phone. */
export type Rendered = {
  readonly text: string;
  readonly choices: readonly Choice[];
  readonly pictures: readonly string[];
  /** SMS only: what it costs, and in which alphabet. */
  readonly segments?: number;
  readonly encoding?: 'GSM-7' | 'UCS-2';
};

const SMS_SEGMENTS_MAX = 3;
/** Three segments of GSM-7, the most that one text may take. */
const SMS_LENGTH_MAX = 459;
/** The same of UCS-2: the calculator lets a single sign go beyond its segment. */
const SMS_UNITS_MAX = 201;
/** UTF-16 code units. */
const TELEGRAM_LENGTH_MAX = 4096;
const BLUESKY_POST = { graphemes: 300, bytes: 3000 } as const;
const BLUESKY_DM = { graphemes: 1000, bytes: 10_000 } as const;

const utf8 = new TextEncoder();

/** What a text costs: GSM-7 is counted here, since it is nearly all and the calculator is slow. */
function costOf(text: string): Required<Pick<Rendered, 'segments' | 'encoding'>> {
  const segments = gsm7Segments(text);
  if (segments !== undefined) return { segments, encoding: 'GSM-7' };
  return { segments: new SegmentedMessage(text).segmentsCount, encoding: 'UCS-2' };
}

function fitsSms(piece: string): boolean {
  const { segments, encoding } = costOf(piece);
  const fitsUnits = encoding === 'GSM-7' || piece.length <= SMS_UNITS_MAX;
  return fitsUnits && segments <= SMS_SEGMENTS_MAX;
}

/** Choices and pictures go with the last piece, where the person reads on from. */
const withLast = (
  pieces: readonly string[],
  reply: Reply,
  show: (piece: string) => Pick<Rendered, 'text' | 'segments' | 'encoding'>,
): Rendered[] =>
  pieces.map((piece, at) => ({
    ...show(piece),
    choices: at === pieces.length - 1 ? reply.choices : [],
    pictures: at === pieces.length - 1 ? reply.pictures : [],
  }));

const asPlain = (text: string) => ({ text });

const asSms = (text: string) => ({ text, ...costOf(text) });

/** The messages that a reply becomes; `isPublic` for a channel's public place. */
export function render(channel: ChannelName, reply: Reply, isPublic: boolean): Rendered[] {
  if (channel === 'sms') {
    const pieces = splitText(toGsm7(reply.text), SMS_LENGTH_MAX, fitsSms);
    return withLast(pieces, reply, asSms);
  }
  if (channel === 'telegram') {
    const fits = (piece: string) => piece.length <= TELEGRAM_LENGTH_MAX;
    return withLast(splitText(reply.text, TELEGRAM_LENGTH_MAX, fits), reply, asPlain);
  }
  const { graphemes, bytes } = isPublic ? BLUESKY_POST : BLUESKY_DM;
  const fits = (piece: string) => utf8.encode(piece).length <= bytes;
  return withLast(splitText(reply.text, graphemes, fits), reply, asPlain);
}
