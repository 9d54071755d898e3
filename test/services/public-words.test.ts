// What people write becomes public with what is private hidden. The audit, which knows nothing of
// how it is hidden, looks for personal data in every record: it must find none.
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { codeFrom, maskCodes, showCode } from '../../src/domain/code.ts';
import { maskPrivate } from '../../src/lib/text.ts';
import { personalDataIn } from '../../src/records/audit/privacy.ts';

const publish = (text: string): string => maskPrivate(maskCodes(text));
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
