/** A text as the SMS that it becomes: in GSM-7 where that is possible, and what each piece costs. */
import { SegmentedMessage } from 'sms-segments-calculator';
import { gsm7Segments, toGsm7 } from './gsm7.ts';
import { splitText } from './split-text.ts';

export type SmsPiece = {
  readonly text: string;
  readonly segments: number;
  readonly encoding: 'GSM-7' | 'UCS-2';
};

const SEGMENTS_MAX = 3;
/** Three segments of GSM-7, the most that one text may take. */
const LENGTH_MAX = 459;
/** The same of UCS-2: the calculator lets a single sign go beyond its segment. */
const UNITS_MAX = 201;

/** What a text costs: GSM-7 is counted here, since it is nearly all and the calculator is slow. */
function costOf(text: string): Pick<SmsPiece, 'segments' | 'encoding'> {
  const segments = gsm7Segments(text);
  if (segments !== undefined) return { segments, encoding: 'GSM-7' };
  return { segments: new SegmentedMessage(text).segmentsCount, encoding: 'UCS-2' };
}

/** Whether a text goes in one message of three segments at most. What is too long is not counted. */
export function fitsSms(piece: string): boolean {
  if (piece.length > LENGTH_MAX) return false;
  const inGsm7 = gsm7Segments(piece);
  if (inGsm7 === undefined && piece.length > UNITS_MAX) return false;
  return (inGsm7 ?? costOf(piece).segments) <= SEGMENTS_MAX;
}

/** The messages that a text becomes, of three segments at most, counted by Twilio's own rules. */
export const smsPieces = (text: string): readonly SmsPiece[] =>
  splitText(toGsm7(text), LENGTH_MAX, fitsSms).map((piece) => ({ text: piece, ...costOf(piece) }));

/** How many segments a text costs, as one message. */
export const smsSegments = (text: string): number => costOf(toGsm7(text)).segments;
