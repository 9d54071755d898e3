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

// Seven or more digits with the separators people use; not dates such as 2026-11-28.
const PHONE = /(?<![\p{L}\p{N}])\+?\(?\d(?:[\s().-]?\d){6,14}(?!\d)/gu;
const EMAIL = /[^\s@<>()[\]]+@[^\s@<>()[\]]+\.[^\s@<>()[\].]+/gu;
const ISO_DATE = /^\d{4}-\d{2}-\d{2}$/;

/** Hides phone numbers and e-mail addresses in text that is about to become public. */
export const maskPrivate = (text: string): string =>
  text
    .replace(EMAIL, '[…]')
    .replace(PHONE, (found) => (ISO_DATE.test(found.trim()) ? found : '[…]'));
