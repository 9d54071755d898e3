import fc from 'fast-check';
import { expect, test } from 'vitest';
import { findContacts, hideAll } from '../../src/lib/contacts.ts';
import { cleanText } from '../../src/lib/text.ts';

const maskPrivate = (text: string): string => hideAll(text, findContacts);

test.each([
  '(510) 555-0101',
  '+1 (510) 555-0101',
  '510 - 555 - 0101',
  '510–555–0101',
  '510/555/0101',
  '510_555_0101',
  '510\u200b555\u200b0101',
  '５１０５５５０１０１',
  '٥١٠٥٥٥٠١٠١',
  '0000005105550101',
  '555 0101',
  '+44 20 7946 0958',
])('the phone number %s is masked as a whole', (number) => {
  expect(maskPrivate(cleanText(number))).toBe('[…]');
  expect(maskPrivate(cleanText(`call ${number}, or come`))).toBe('call […], or come');
});

test('a phone number that a word touches is masked too', () => {
  expect(maskPrivate('call5105550101')).toBe('call[…]');
});

test.each(['ana@example.org', 'ana＠example.org', `${'a'.repeat(64)}@example.org`])(
  'the address %s is masked',
  (address) => {
    expect(maskPrivate(`write to ${address} now`)).toBe('write to […] now');
  },
);

test.each([
  '2026-11-28',
  '2026-11-28 10:00',
  '2026-11-28 2026-11-29',
  '28.11.2026',
  '11/28/2026',
  '9:00-11:00, 12 bags',
  '3 bags, 1,200 liters',
])('%s is no phone number', (text) => {
  expect(maskPrivate(text)).toBe(text);
});

test('a date does not hide the number beside it', () => {
  expect(maskPrivate('2026-11-28 5105550101')).toBe('2026-11-28 […]');
});

test('no seven digits in a row are left, whatever stands around them', () => {
  fc.assert(
    fc.property(fc.string(), fc.stringMatching(/^\d{7,20}$/), fc.string(), (head, digits, tail) => {
      expect(maskPrivate(head + digits + tail)).not.toMatch(/\d{7}/);
    }),
  );
});
