/** From a Reply to the texts that go out: plain letters, at most three segments each. */
import { SegmentedMessage } from 'sms-segments-calculator';
import type { Reply } from '../../conversation/message.ts';
import { gsm7Segments, toGsm7 } from '../../lib/gsm7.ts';
import { splitText } from '../../lib/split-text.ts';

const SEGMENTS_MAX = 3;
/** Three segments of GSM-7, the most that one text may take. */
const LENGTH_MAX = 459;
/** The same of UCS-2: the calculator lets a single sign go beyond its segment. */
const UNITS_MAX = 201;

/** What a text costs. GSM-7 is counted here, since it is nearly all and the calculator is slow. */
export const segmentsOf = (text: string): number =>
  gsm7Segments(text) ?? new SegmentedMessage(text).segmentsCount;

const fits = (piece: string): boolean => {
  const isGsm7 = gsm7Segments(piece) !== undefined;
  return segmentsOf(piece) <= SEGMENTS_MAX && (isGsm7 || piece.length <= UNITS_MAX);
};

/** Phones that show no photos are told where the photos are. */
function withLink({ text, pictures, link }: Reply, publicUrl: string): string {
  return pictures.length === 0 || link === undefined ? text : `${text}\n${publicUrl}${link.path}`;
}

/** The texts that a reply becomes, in order. */
export const render = (reply: Reply, publicUrl: string): readonly string[] =>
  splitText(toGsm7(withLink(reply, publicUrl)), LENGTH_MAX, fits);
