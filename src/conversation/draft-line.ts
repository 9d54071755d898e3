/** Taking one line apart that names several things: `title; credits; when; where; slots`. */
import type { Amounts } from './amounts.ts';

/** A text with single spaces, and none around it. */
export const onOneLine = (text: string): string => text.replace(/\s+/gu, ' ').trim();

const SEMICOLON = /[;؛；]/u;
/** No comma of a number, such as `1,000`, and none of coordinates. */
const COMMA =
  /[,،，](?!(?<=\p{Nd}.)\p{Nd}{3}(?!\p{Nd}))(?!(?<=\.\p{Nd}{2,14}.) ?[-+−]?\p{Nd}{1,3}\.\p{Nd}{2})/u;

/** Does a text name several things in one line? */
export const hasParts = (text: string): boolean => SEMICOLON.test(text);

/** The parts between semicolons, or the lines where there are none. */
export const splitLine = (text: string): string[] =>
  text.split(hasParts(text) ? SEMICOLON : '\n').map(onOneLine);

/**
 * The parts of an announcement in their order: title, credits, when, where, slots. Commas separate
 * them too where that leaves no doubt. Another order is understood when the parts themselves say
 * what they are (`30 credits`, `10 people`, and only one that is a time).
 */
export function arrangeTask(
  text: string,
  read: Pick<Amounts, 'saysCredits' | 'saysSlots'>,
  isTime: (part: string) => boolean,
): string[] {
  const split = splitLine(text);
  const [only = ''] = split;
  const byCommas = split.length === 1 ? only.split(COMMA).map(onOneLine) : split;
  const parts = byCommas.length === 5 ? byCommas : split;
  if (parts.length !== 5) return parts;
  const credits = parts.filter(read.saysCredits);
  const slots = parts.filter(read.saysSlots);
  const named = new Set([...credits, ...slots]);
  const times = parts.filter((part) => !named.has(part) && isTime(part));
  if (credits.length !== 1 || slots.length !== 1 || times.length !== 1) return parts;
  const [title, place] = parts.filter((part) => !named.has(part) && !times.includes(part));
  return [title, credits[0], times[0], place, slots[0]].filter((part) => part !== undefined);
}
