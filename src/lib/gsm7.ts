/**
 * Text as SMS likes it: in GSM-7 wherever the language allows, since one character outside of it
 * more than halves what a segment holds (channels.md, Segments).
 */

const TYPOGRAPHY: Readonly<Record<string, string>> = {
  '‘': "'",
  '’': "'",
  '“': '"',
  '”': '"',
  '«': '"',
  '»': '"',
  '–': '-',
  '—': '-',
  '…': '...',
  '•': '-',
  '·': '-',
  '\u00a0': ' ',
  '\u2009': ' ',
  '\u202f': ' ',
};
// Of the accented letters in English and Spanish texts GSM-7 has é, ñ, Ñ, ü, Ü and É.
const ACCENTED = /[áíóúÁÍÓÚàèìòùâêîôûãõ]/gu;

/** á becomes a, typographic quotes and dashes become plain ones; é, ñ, ü, ¿ and ¡ stay. */
export const toGsm7 = (text: string): string =>
  text
    .normalize('NFC')
    .replace(/[‘’“”«»–—…•·\u00a0\u2009\u202f]/gu, (found) => TYPOGRAPHY[found] ?? found)
    .replace(ACCENTED, (found) => found.normalize('NFD')[0] as string);
