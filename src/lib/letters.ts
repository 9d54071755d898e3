/**
 * Letters, digits and signs that only look different: of other keyboards, scripts and styles. What
 * people mean and what readers see is looked for in text that `foldSeen` gave; nothing of ours shows
 * people that text.
 */
import { plainDigits } from './digits.ts';

/** Text as it looks; `at` gives the place of each of its characters in the original, and the end. */
export type Folded = { readonly text: string; readonly at: (index: number) => number };

const ASCII = /^[\u0000-\u007f]*$/;
// Format characters, marks on letters, keycaps, and letters and signs that show nothing.
const UNSEEN = /[\p{Cf}\p{M}\u115f\u1160\u2800]/gu;
/** A letter with its marks, or any other character. */
const CLUSTER = /(\p{L})\p{M}+|./gsu;
const SPACE = /[\p{Zs}]/gu;
const DASH = /[\p{Pd}\u2043\u2212\u02d7\u23af\u2500\u2501\u2796]/gu;
/** A letter of Japanese or Korean that the keyboard has in the hyphen's place: after none of its own. */
const LONG_SIGN = /(?<![\p{sc=Hira}\p{sc=Kana}\u30fc])\u30fc+|(?<!\p{sc=Hang})\u1173+/gu;
const APOSTROPHE = /[´‘’‛′ʹʻʼʽˈˊˋ❛❜]/gu;
const FRACTION_SLASH = '\u2044';

/** What Unicode does not take apart: of each run the first sign, and as what it and the next count. */
const RUNS: readonly (readonly [number, string])[] = [
  // In circles, white on black, doubled, without serifs.
  [0x24f5, '123456789'],
  [0x24ff, '0'],
  [0x2776, '123456789'],
  [0x2780, '123456789'],
  [0x278a, '123456789'],
  [0x1f10b, '00'],
  [0x1f150, 'ABCDEFGHIJKLMNOPQRSTUVWXYZ'],
  [0x1f170, 'ABCDEFGHIJKLMNOPQRSTUVWXYZ'],
];
/** Signs, each before what it is read as. */
const SIGNS = '〇0零0一1二2三3四4五5六6七7八8九9。.､,、,ʺ"“"”"„"‟"';
/** Letters of other alphabets, each before the Latin one that it looks like. */
const LOOK_ALIKE_LETTERS =
  // Cyrillic, small ones also where only the capitals look alike.
  'АAВBЕEЅSІIЈJКKМMНHОOРPСCТTУYХXҮYԚQԜWҺHӀI' +
  'аaвbеeѕsіiјjкkмmнhоoрpсcтtуyхxүyԛqԝwһhӏl' +
  // Greek.
  'ΑAΒBΕEΖZΗHΙIΚKΜMΝNΟOΡPΤTΥYΧXϹCϺM' +
  'αaβbεeιiκkνvοoρpτtυuχxϲcγy' +
  // Armenian, and the small ones and capitals of phonetic writing.
  'օoոnսuհhɑaɡgɩiıiᴀAʙBᴄCᴅDᴇEꜰFɢGʜHɪIᴊJᴋKʟLᴍMɴNᴏOᴘPʀRꜱSᴛTᴜUᴠVᴡWʏYᴢZ';

const pairs = (text: string): readonly (readonly [string, string])[] =>
  (text.match(/../gu) ?? []).map((pair) => {
    const [sign = '', plain = ''] = pair;
    return [sign, plain] as const;
  });

const READ_AS = new Map([
  ...pairs(SIGNS),
  ...RUNS.flatMap(([first, plain]) =>
    [...plain].map((sign, at) => [String.fromCodePoint(first + at), sign] as const),
  ),
]);
const READABLE = new RegExp(`[${[...READ_AS.keys()].join('')}]`, 'gu');
const LOOK_ALIKES = new Map(pairs(LOOK_ALIKE_LETTERS));
const ALIKE = `[${[...LOOK_ALIKES.keys()].join('')}]`;
const ANY_ALIKE = new RegExp(ALIKE, 'u');
/** All of its letters look Latin, and not all of them are. */
const LATIN_TO_THE_EYE = new RegExp(
  `(?<![\\p{L}\\p{Nd}])[A-Za-z\\p{Nd}]*${ALIKE}(?:[A-Za-z\\p{Nd}]|${ALIKE})*(?![\\p{L}\\p{Nd}])`,
  'gu',
);
const EACH_ALIKE = new RegExp(ALIKE, 'gu');

/** One character of a text as it looks; more than one of a ligature, none of what is not seen. */
function seenAs(character: string): string {
  if (character <= '\u007f') return character;
  const parts = character.normalize('NFKD');
  // A half is no digits in a row.
  if (parts.includes(FRACTION_SLASH)) return character;
  return plainDigits(parts)
    .replace(APOSTROPHE, "'")
    .replace(DASH, '-')
    .replace(READABLE, (sign) => READ_AS.get(sign) ?? sign)
    .replace(SPACE, ' ')
    .replace(UNSEEN, '');
}

/** A word whose letters all look Latin is read as Latin; in one of another alphabet they stay. */
const readAlikes = (text: string): string =>
  ANY_ALIKE.test(text)
    ? text.replace(LATIN_TO_THE_EYE, (word) =>
        word.replace(EACH_ALIKE, (letter) => LOOK_ALIKES.get(letter) ?? letter),
      )
    : text;

/**
 * Letters, digits and signs of any kind or script as plain ones: full-width, in circles, of another
 * alphabet that looks the same. No accents, nothing unseen.
 */
export function foldSeen(original: string): Folded {
  if (ASCII.test(original)) return { text: original, at: (index) => index };
  const places: number[] = [];
  let text = '';
  let place = 0;
  for (const character of original) {
    const seen = seenAs(character);
    for (let unit = 0; unit < seen.length; unit += 1) places.push(place);
    text += seen;
    place += character.length;
  }
  // Each letter stays one letter, so that the places hold.
  const read = readAlikes(text.replace(LONG_SIGN, (signs) => '-'.repeat(signs.length)));
  return { text: read, at: (index) => places[index] ?? original.length };
}

/** The text without the marks on its letters, which it has to have in NFD; those on digits stay. */
export function withoutMarks(original: string): Folded {
  if (ASCII.test(original)) return { text: original, at: (index) => index };
  const places: number[] = [];
  let text = '';
  for (const { 0: cluster, 1: letter, index } of original.matchAll(CLUSTER)) {
    const seen = letter ?? cluster;
    for (let unit = 0; unit < seen.length; unit += 1) places.push(index + (letter ? 0 : unit));
    text += seen;
  }
  return { text, at: (index) => places[index] ?? original.length };
}

/** A text as it looks, in plain letters: for comparing it and for reading numbers and codes in it. */
export const plainLetters = (text: string): string => foldSeen(text).text;

const RAISED = /[\u00b2\u00b3\u00b9\u2070-\u209c]/u;

/** Does a text hold raised or lowered digits? They hide a number, but those of `10²` are not read as one. */
export const hasRaisedDigits = (text: string): boolean => RAISED.test(text);
