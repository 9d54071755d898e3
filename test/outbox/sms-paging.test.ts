import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Reply } from '../../src/conversation/message.ts';
import { fitsSms, smsSegments } from '../../src/lib/sms-pieces.ts';
import { pageOf } from '../../src/outbox/sms-paging.ts';

const HOW = { more: 'Reply MORE for the rest.', isAsked: false, isCareful: () => false };

describe('a page of SMS', () => {
  const reply = (text: string): Reply => ({
    text,
    choices: [{ label: 'Open tasks', send: 'TASKS' }],
    pictures: [],
  });

  test('never needs more than three segments, and loses no word', () =>
    fc.assert(
      fc.property(
        fc.array(fc.string({ unit: 'grapheme', minLength: 1, maxLength: 12 }), { maxLength: 200 }),
        (words) => {
          const text = words.join(' ');
          let page = pageOf(reply(text), HOW);
          let pages = 1;
          for (; page.rest !== null; pages += 1) {
            expect(fitsSms(page.reply.text)).toBe(true);
            page = pageOf({ ...page.rest, pictures: [] }, HOW);
          }
          expect(fitsSms(page.reply.text)).toBe(true);
          expect(pages).toBeLessThan(60);
        },
      ),
    ));

  test('offers by number only where that costs nothing', () =>
    fc.assert(
      fc.property(fc.stringMatching(/^[a-z ]{1,460}$/), (text) => {
        const { reply: shown, rest } = pageOf(reply(text), HOW);
        if (rest === null) expect(smsSegments(shown.text)).toBe(smsSegments(text));
      }),
    ));

  test('holds as much with accents in the hint as without', () => {
    const lines = Array.from({ length: 8 }, (_, at) => `${at + 1} ${'task '.repeat(14)}`).join(
      '\n',
    );
    const { text } = pageOf(reply(lines), { ...HOW, more: 'Responde MÁS para lo demás.' }).reply;
    expect(text.split('\n')).toHaveLength(6);
    expect(text).toMatch(/Responde MAS para lo demas\.$/);
    expect(smsSegments(text)).toBe(3);
  });

  test('with an open question offers no numbers', () => {
    expect(pageOf(reply('How many?'), { ...HOW, isAsked: true }).numbers).toEqual({});
  });
});
