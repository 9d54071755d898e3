/**
 * Text as SMS likes it: in GSM-7 wherever the language allows, since one character outside of it
 * more than halves what a segment holds (channels.md, Segments).
 */

/** Signs, and what stands for each of them. */
const STAND_INS: readonly (readonly [string, string])[] = [
  ['‘’‚‛‹›′`´', "'"],
  ['“”„‟″«»', '"'],
  ['‐‑‒–—―−•·‣◦▪●', '-'],
  ['…', '...'],
  ['→', '->'],
  ['×', 'x'],
  // Of ordinals, as in 1º and 2ª.
  ['º°', 'o'],
  ['ª', 'a'],
  ['½', '1/2'],
  ['¼', '1/4'],
  ['¾', '3/4'],
  ['®', '(R)'],
  ['©', '(C)'],
  ['\t\u00a0\u2002\u2003\u2009\u202f', ' '],
  ['\u2028\u2029', '\n'],
  // What shows nothing, from copied text.
  ['\u00ad\u200b\u200c\u200e\u200f\u2060\ufeff', ''],
];
const TYPOGRAPHY = new Map(
  STAND_INS.flatMap(([signs, standIn]) => [...signs].map((sign) => [sign, standIn])),
);
const TYPOGRAPHIC = new RegExp(`[${[...TYPOGRAPHY.keys()].join('')}]`, 'gu');
const BASIC =
  '@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !"#¤%&\'()*+,-./0123456789:;<=>?¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà';
const EXTENDED = '\f^{}\\[~]|€';
/** Septets of each sign: those of the extension table come with an escape. */
const SEPTETS: ReadonlyMap<string, number> = new Map([
  ...[...BASIC].map((sign) => [sign, 1] as const),
  ...[...EXTENDED].map((sign) => [sign, 2] as const),
]);
/** Whatever may have to be written in another way. */
const NOT_GSM7 = /[^\u0020-\u007e\n]/gu;
const SINGLE_SEPTETS = 160;
/** Segments of a longer message give up the room for saying which is which. */
const PART_SEPTETS = 153;

/** A sign that GSM-7 lacks, as those that it has: the letter without its accent, the parts of a ligature. */
function plain(sign: string): string {
  if (SEPTETS.has(sign)) return sign;
  const parts = sign.normalize('NFKD').replace(/\p{Mark}/gu, '');
  return parts !== '' && [...parts].every((part) => SEPTETS.has(part)) ? parts : sign;
}

/**
 * á becomes a, typographic quotes and dashes become plain ones; é, ñ, ü, ¿ and ¡ stay, and so does
 * what has no other rendering.
 */
export const toGsm7 = (text: string): string =>
  text
    .normalize('NFC')
    .replace(TYPOGRAPHIC, (found) => TYPOGRAPHY.get(found) ?? found)
    .replace(NOT_GSM7, plain);

/** How many SMS segments a text takes in GSM-7; undefined when a sign in it needs UCS-2. */
export function gsm7Segments(text: string): number | undefined {
  let all = 0;
  let parts = 1;
  let inPart = 0;
  for (const sign of text) {
    const septets = SEPTETS.get(sign);
    if (septets === undefined) return undefined;
    all += septets;
    // An escape and its sign stay together.
    if (inPart + septets > PART_SEPTETS) {
      parts += 1;
      inPart = 0;
    }
    inPart += septets;
  }
  return all <= SINGLE_SEPTETS ? 1 : parts;
}
