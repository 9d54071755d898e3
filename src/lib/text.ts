/** Strangers' text, made safe to work with. Nothing here knows a language or a channel. */

const segmenter = new Intl.Segmenter('en', { granularity: 'grapheme' });
// C0 and C1 controls but not tab and line feed; bidirectional overrides; lone surrogates.
const UNSAFE =
  /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069\ufeff]|\p{Surrogate}/gu;

/** Removes what no honest message contains: controls, direction overrides, lone surrogates. */
export const cleanText = (text: string): string =>
  text.replace(/\r\n?/g, '\n').replace(UNSAFE, '').normalize('NFC').trim();

/** For comparing words: upper case without accents or punctuation, single spaces. */
export const foldWords = (text: string): string =>
  text
    .normalize('NFD')
    .replace(/\p{Mark}/gu, '')
    .toUpperCase()
    .replace(/[^\p{Letter}\p{Number}\s]/gu, ' ')
    .replace(/\s+/gu, ' ')
    .trim();

/** At most `limit` graphemes, with an ellipsis where something was cut. */
export function shorten(text: string, limit: number): string {
  if (text.length <= limit) return text;
  let kept = '';
  let count = 0;
  for (const { segment } of segmenter.segment(text)) {
    count += 1;
    if (count === limit) {
      const rest = text.slice(kept.length + segment.length);
      return rest === '' ? kept + segment : `${kept}…`;
    }
    kept += segment;
  }
  return kept;
}

// A date stands as it is; what else has seven digits or more, apart by no more than three marks, is
// taken for a phone number. The local part of an address is bounded, or the search for it would be
// quadratic.
const DAY = '(?:0?[1-9]|[12]\\d|3[01])';
const YEAR = '(?:19|20)\\d\\d';
const DATE = `${YEAR}[-./]${DAY}[-./]${DAY}|${DAY}[-./]${DAY}[-./]${YEAR}`;
const APART = '[\\s()./*_·•\\u00ad\\u200b-\\u200d\\u2060\\u2010-\\u2015\\-]{0,3}';
const DATE_OR_PHONE = new RegExp(
  `(?<!\\p{N})(?:(${DATE})(?!\\p{N})|[+＋(]{0,2}\\p{Nd}(?:${APART}\\p{Nd}){6,})`,
  'gu',
);
const EMAIL = /[^\s@＠<>()[\]]{1,64}[@＠][^\s@＠<>()[\]]+\.[^\s@＠<>()[\].]+/gu;

// Addresses that call, write or chat with somebody, and accounts named as such.
const CONTACT =
  /\b(?:tel|sms|mailto|callto|facetime|whatsapp):\/{0,2}[+\w]\S*|\b(?:wa|t)\.me\/\S+|\btelegram\.(?:me|dog)\/\S+|\btg:\/\/\S*|\btelegram(?:\s*(?:user\s*)?id\b)?\s*:?\s*@\w{5,}/giu;

/** Does a text that is about to become public say how to reach somebody? */
export const namesContact = (text: string): boolean => maskPrivate(text) !== text;

/**
 * Hides phone numbers, e-mail addresses and accounts to chat with in text that is about to become
 * public.
 */
export const maskPrivate = (text: string): string =>
  text
    .replace(CONTACT, '[…]')
    .replace(EMAIL, '[…]')
    .replace(DATE_OR_PHONE, (_found, date: string | undefined) => date ?? '[…]');
