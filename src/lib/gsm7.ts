/**
 * Text as SMS likes it: in GSM-7 wherever the language allows, since one character outside of it
 * more than halves what a segment holds (channels.md, Segments).
 */

/**
 * Signs, and what stands for each of them: those of Twilio's smart encoding that Unicode does not
 * take apart by itself, and what else people here write.
 */
const STAND_INS: readonly (readonly [string, string])[] = [
  ['‘’‛′`´ʹʻʼʽˈˊˋ❛❜\u0313\u0314︐︑', "'"],
  ['“”„‟″«»ʺˮ❝❞〝〞', '"'],
  ['‐‑‒–—―−•·‣◦▪●⁃⎼⎽', '-'],
  ['‚﹑､、\u0326', ','],
  ['。｡', '.'],
  ['ː˸⦂꞉', ':'],
  ['⁏', ';'],
  ['ǃ', '!'],
  ['÷⧸⁄∕\u0337\u0338', '/'],
  ['⧵⧹\u20e5', '\\'],
  ['∣⎸⎹⏐⎜⎟¦\u20d2\u20d3', '|'],
  ['‗\u0332', '_'],
  ['ˆ\u0302\u1dcd', '^'],
  ['˜˷∼≈\u0303\u0330\u0334', '~'],
  ['˖', '+'],
  ['꞊\u0347', '='],
  ['⁎∗⊛✢✣✤✥✱✲✳✺✻✼✽❃❉❊❋⧆', '*'],
  ['❨❪⟮⦅', '('],
  ['❩❫⟯⦆', ')'],
  ['❴', '{'],
  ['❵', '}'],
  ['‹', '<'],
  ['›', '>'],
  ['≤', '<='],
  ['≥', '>='],
  ['±', '+/-'],
  ['→', '->'],
  ['←', '<-'],
  ['×', 'x'],
  // Of ordinals, as in 1º and 2ª.
  ['º°', 'o'],
  ['ª', 'a'],
  ['®', '(R)'],
  ['©', '(C)'],
  ['Þ', 'Th'],
  ['þ', 'th'],
  ['ẞ', 'SS'],
  ['œ', 'oe'],
  ['Œ', 'OE'],
  ['\t\u00a0\u0080\u008d\u0090\u009b\u009f', ' '],
  ['\u2028\u2029', '\n'],
  // What shows nothing, from copied text.
  ['\u00ad\u200b\u200c\u200e\u200f\u2060\ufeff', ''],
  // Where the direction of writing changes.
  ['\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069', ''],
  ['\u0000\u0003\u0004\u0010\u0011\u0012\u0013\u0014\u0017\u0019', ''],
];
/** Capitals that are as low as small letters, the stroked ones and those of the north, each before what stands for it. */
const LETTERS = 'ÐDðdŦTŧtŊNŋnƶzȷjᴀAʙBᴄCᴅDᴇEꜰFɢGʜHɪIᴊJᴋKʟLᴍMɴNᴏOᴘPʀRꜱSᴛTᴜUᴠVᴡWʏYᴢZłlŁLđdĐDħhĦHıi';
const TYPOGRAPHY = new Map([
  ...STAND_INS.flatMap(([signs, standIn]) => [...signs].map((sign) => [sign, standIn] as const)),
  ...(LETTERS.match(/../gu) ?? []).map(([letter = '', plain = '']) => [letter, plain] as const),
]);
const BASIC =
  '@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !"#¤%&\'()*+,-./0123456789:;<=>?¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà';
const EXTENDED = '\f^{}\\[~]|€';
/** Septets of each sign: those of the extension table come with an escape. */
const SEPTETS: ReadonlyMap<string, number> = new Map([
  ...[...BASIC].map((sign) => [sign, 1] as const),
  ...[...EXTENDED].map((sign) => [sign, 2] as const),
]);
/** Whatever may have to be written in another way: a sign with marks on it, or one by itself. */
const NOT_GSM7 = /(.)\p{Mark}+|[^\u0020-\u005f\u0061-\u007e\n]/gsu;
/** Signs that are one septet each, as nearly all that the city says is. */
const PLAIN = /^[\u0020-\u005a\u005f\u0061-\u007a\n]*$/;
const SINGLE_SEPTETS = 160;
/** Segments of a longer message give up the room for saying which is which. */
const PART_SEPTETS = 153;

/**
 * A sign that GSM-7 lacks, as those that it has: what stands for it, the letter without its accent,
 * the parts of a ligature or a fraction. Undefined when there is nothing of that kind.
 */
function written(sign: string): string | undefined {
  if (SEPTETS.has(sign)) return sign;
  const standIn = TYPOGRAPHY.get(sign);
  if (standIn !== undefined) return standIn;
  const parts = [...sign.normalize('NFKD').replace(/\p{Mark}/gu, '')];
  const plain = parts.map((part) => (SEPTETS.has(part) ? part : TYPOGRAPHY.get(part)));
  return plain.length === 0 || plain.includes(undefined) ? undefined : plain.join('');
}

/**
 * á becomes a, typographic quotes and dashes become plain ones; é, ñ, ü, ¿ and ¡ stay, and so does
 * what has no other rendering.
 */
export const toGsm7 = (text: string): string =>
  PLAIN.test(text)
    ? text
    : text
        .normalize('NFC')
        // Marks that no letter of GSM-7 has go; on one of another script they stay.
        .replace(NOT_GSM7, (sign, base?: string) => written(base ?? sign) ?? sign);

/** How many SMS segments a text takes in GSM-7; undefined when a sign in it needs UCS-2. */
export function gsm7Segments(text: string): number | undefined {
  if (PLAIN.test(text)) return segmentsOf(text.length);
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

const segmentsOf = (septets: number): number =>
  septets <= SINGLE_SEPTETS ? 1 : Math.ceil(septets / PART_SEPTETS);
