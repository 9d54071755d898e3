/** Reading whole numbers as people write them in an answer. */

const PLAIN = /^\d{1,15}$/;
const GROUPED = /^\d{1,3}(,\d{3}){1,4}$/;
const CREDITS = /(?:\s+\p{L}+)?\s*\b(?:credits?|cr[eé]ditos?)\.?$/iu;
const SLOTS =
  /\s*\b(?:slots?|people|persons?|places|spots|volunteers|personas?|lugares|cupos?|plazas|voluntarios)\.?$/iu;

/** Longer than any number with its word; the patterns take their time with what is. */
const LENGTH_MAX = 60;

const without = (word: RegExp, text: string): string => {
  const trimmed = text.trim();
  return trimmed.length > LENGTH_MAX ? trimmed : trimmed.replace(word, '');
};

/** A whole number such as `30`, `1,200` or `+30`; NaN for anything else. */
export function parseCount(text: string): number {
  const digits = text.trim().replace(/^\+/, '');
  return PLAIN.test(digits) || GROUPED.test(digits) ? Number(digits.replace(/,/g, '')) : Number.NaN;
}

/** A number of credits: `30`, `30 credits`, `30 CITY credits`. */
export const parseCredits = (text: string): number => parseCount(without(CREDITS, text));

/** A number of slots: `10`, `10 people`. */
export const parseSlots = (text: string): number => parseCount(without(SLOTS, text));

/** Does the text say that its number is one of credits, or of slots? */
export const saysCredits = (text: string): boolean =>
  !Number.isNaN(parseCredits(text)) && CREDITS.test(text.trim());
export const saysSlots = (text: string): boolean =>
  !Number.isNaN(parseSlots(text)) && SLOTS.test(text.trim());
