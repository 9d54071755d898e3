// What no person wrote, as phones and carriers write it, and what people write that is near to it.
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { createUnsaid } from '../../src/conversation/unsaid.ts';
import { LANGUAGES } from '../../src/languages/index.ts';
import { phrasings } from '../support/phrasings.ts';

const unsaid = createUnsaid(LANGUAGES);

describe.each(LANGUAGES)('in $tag', ({ tag }) => {
  test.each(phrasings(`conversation/unsaid/${tag}.tsv`))('%j is %s', (text, kind) => {
    expect(unsaid(text) ?? 'said').toBe(kind);
  });
});

test('signs that nobody sees, as phones put them around a quotation, change nothing', () => {
  expect(unsaid('\u200a\u200b👍\u200b to “\u200aWhich task?\u200a”\u200a')).toBe('reaction');
  expect(unsaid('\u200e\u2068Liked\u2069 “Which\ntask?\n1 Creek”')).toBe('reaction');
});

test('any quotation of any text is a reaction, and the same words without it are not', () => {
  const verb = fc.constantFrom('Liked', 'Questioned', 'Reacted 👍 to', 'Le gustó', '👍 to', '❤️ a');
  const quote = fc.constantFrom(['“', '”'], ['"', '"'], ['«', '»'], ['‘', '’']);
  fc.assert(
    fc.property(verb, quote, fc.string({ unit: 'grapheme' }), (said, [open, close], quoted) => {
      expect(unsaid(`${said} ${open}${quoted}${close}`)).toBe('reaction');
      expect(unsaid(`${said} ${open}${quoted}${close} and so on`)).not.toBe('reaction');
    }),
  );
});

test('whatever strangers write is looked at within a moment', () => {
  const words = fc.constantFrom(
    'I',
    'AM',
    'NOT',
    'removed',
    'a',
    'from',
    '"',
    'message',
    ' ',
    '.',
    '👍',
    'to',
  );
  fc.assert(
    fc.property(fc.array(words, { maxLength: 2000, size: 'max' }), (parts) => {
      const text = parts.join(' ').slice(0, 5000);
      const before = performance.now();
      unsaid(text);
      expect(performance.now() - before).toBeLessThan(20_000);
    }),
    { numRuns: 50 },
  );
});
