// What people write becomes public with what is private hidden. The audit, which knows nothing of
// how it is hidden, looks for personal data in every record: it must find none.
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { personalDataIn } from '../../src/audit/privacy.ts';
import { codeFrom, showCode } from '../../src/domain/code.ts';
import { namesPrivate, publicWords } from '../../src/domain/public-words.ts';

const publish = (text: string): string => publicWords(text, 2000);
const looked = (text: string) => personalDataIn(text, 'US');

const digits = (length: number) => fc.stringMatching(new RegExp(`^\\d{${length}}$`));
const marks = fc.constantFrom('', ' ', '-', '.', ') ', ' - ');
const numbers = fc
  .tuple(
    fc.constantFrom('', '+1', '(', '+52 ', '001'),
    digits(3),
    marks,
    digits(3),
    marks,
    digits(4),
  )
  .map((parts) => parts.join(''));
const words = fc.constantFrom(
  'three bags',
  'call me:',
  'Saturday 9:00-11:00',
  '2026-11-28',
  '11/28/2026',
  '1234 Oak St',
  'from 10AM-12PM',
  'the 22nd-25th',
  '12 people,',
  'ñandú 🦆',
  '(',
  ')',
  'work-team',
);
const accounts = fc.constantFrom(
  't.me/zoraida_q',
  'https://t.me/zoraida_q?start=1',
  'Telegram: @zoraida_q',
  'telegram id @zoraida',
  'telegram user id: 7000931337',
  'tg://user?id=7000931337',
  'wa.me/15105559382',
  'mailto:zoraida@quillfeather.org',
  'tel:+15105559382',
  'zoraida.q@quillfeather.org',
  'zoraida＠quillfeather.org',
);
const codes = fc
  .tuple(fc.uint8Array({ minLength: 7, maxLength: 7 }), fc.boolean())
  .map(([bytes, isLower]) => {
    const shown = showCode(codeFrom(bytes));
    return isLower ? shown.toLowerCase() : shown;
  });

test('the audit finds nothing in what is published, whatever was written', () => {
  const parts = fc.array(fc.oneof(numbers, words, accounts, codes), { minLength: 1, maxLength: 6 });
  fc.assert(
    fc.property(parts, fc.constantFrom(' ', '\n', ', ', ': '), (written, between) => {
      const published = publish(written.join(between));
      expect([published, looked(published)]).toEqual([published, undefined]);
    }),
    { numRuns: 2000 },
  );
});

test('and would have found it in what was written', () => {
  for (const text of ['510-555-9382', 't.me/zoraida_q', 'zoraida@quillfeather.org', '7GK2-M4QX']) {
    expect(looked(`write to ${text}`)).toBeDefined();
  }
});

const pieces = fc.oneof(
  { weight: 5, arbitrary: fc.stringMatching(/^\d{1,5}$/) },
  { weight: 3, arbitrary: fc.constantFrom(...' \n-./,:;|~+=()[]@_•−–$#·'.split('')) },
  fc.constantFrom(
    '①',
    '⁵',
    '5️⃣',
    '⑽',
    '½',
    '٥',
    '５',
    '\u200e',
    '\u2063',
    '\u034f',
    '\u3164',
    '\u2800',
  ),
  fc.constantFrom(
    'é',
    'ж',
    'a',
    'AM',
    'pm',
    'th',
    'ID',
    'telegram',
    'tg',
    't.me/',
    'tel:',
    '(at)',
    ' @ ',
    '.com',
  ),
  codes,
  accounts,
  numbers,
  words,
);
const anything = fc.array(pieces, { minLength: 1, maxLength: 30 }).map((parts) => parts.join(''));

test('the audit finds nothing in any mixture of digits, signs, codes and unseen characters', () => {
  fc.assert(
    fc.property(anything, fc.integer({ min: 5, max: 60 }), (text, limit) => {
      const published = publicWords(text, 2000);
      expect([published, looked(published)]).toEqual([published, undefined]);
      const cut = publicWords(text, limit);
      expect([cut, looked(cut)]).toEqual([cut, undefined]);
      expect(publicWords(published, 2000)).toBe(published);
      // A title that is accepted stands as it is, and in the titles that are made from it.
      if (namesPrivate(text)) return;
      for (const told of [
        text,
        `Evidence: ${text}`,
        `Work that residents did for ${text} at ${text}: task 12 of ${text}. Each contributor's`,
      ]) {
        expect([told, looked(told)]).toEqual([told, undefined]);
      }
    }),
    { numRuns: 3000 },
  );
});

test.each([
  '510,555,0199',
  '510, 555, 0199',
  '510:555:0199',
  '510|555|0199',
  '510~555~0199',
  '510+555+0199',
  '510=555=0199',
  '510−555−0199',
  '[510][555][0199]',
  '510....555....0199',
  '5️⃣1️⃣0️⃣5️⃣5️⃣5️⃣0️⃣1️⃣9️⃣9️⃣',
  '510\u200e555\u20630199',
  '510\u034f555\u31640199',
  '510\u2800555\u28000199',
  '①②③④⑤⑥⑦⑧⑨',
  '⁵¹⁰⁵⁵⁵⁰¹⁹⁹',
  '510 555\n0199',
  'ana(at)example.com',
  'ana @ example.com',
  'ana﹫example.com',
  'telegram: ana_bell',
  'telegram: 123456',
  'tg @ana_bell',
  '_t.me/anabell',
  '7GK2-M4QX',
  'ж7GK2-M4QX',
])('%s is hidden, and the audit would have found it', (text) => {
  expect(looked(`Here ${text} now`)).toBeDefined();
  expect(namesPrivate(text)).toBe(true);
  expect(looked(publicWords(`Here ${text} now`, 2000))).toBeUndefined();
});

test.each([
  '20,000 leaves',
  '10:00, 11:00, 12:00',
  '21-19, 21-17, 21-15',
  '1,234,567 in total, $12.50 each',
  '1234 Shattuck Ave, Berkeley, CA 94709-1234',
  '1234, 1236 and 1238 Oak St',
  'the years 2024-2025',
  '2026-11-28 10:00-12:00, 14:00',
  '9½ hours, 3½ bags, 2½ km',
  'Telegram: write us there',
  'Thanks @berkeley.test',
])('what matters to residents stays: %s', (text) => {
  expect(publicWords(text, 2000)).toBe(text);
  expect(namesPrivate(text)).toBe(false);
  expect(looked(text)).toBeUndefined();
});

test('a long text is looked through in little time, whatever it repeats', () => {
  const started = performance.now();
  for (const piece of [
    'telegram ',
    'telegram:',
    ' ',
    '\n',
    'a@',
    'a @ ',
    '(at)',
    '1-',
    '1, ',
    'A1-',
    '9',
    'a',
    '10:',
    '7GK2-',
    '5️⃣',
    '@.',
    '.',
  ]) {
    const text = `telegram${piece.repeat(100_000 / piece.length)}`;
    publicWords(text, 2000);
    looked(text);
  }
  expect(performance.now() - started).toBeLessThan(20_000);
});

test('words beside a sentence of ours make no address of a title', () => {
  const title = ')0t.me/zoraida_q[';
  expect(namesPrivate(title)).toBe(false);
  expect(looked(`Work that residents did for ${title} at ${title}: task 12`)).toBeUndefined();
});
