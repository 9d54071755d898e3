// What people say below the post of a task without a command.
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  createIsCourtesy,
  createIsThanks,
  createReadComment,
} from '../../src/conversation/comment.ts';
import { LANGUAGES } from '../../src/languages/index.ts';
import { phrasings } from '../support/phrasings.ts';

const comment = createReadComment(LANGUAGES);
const isThanks = createIsThanks(LANGUAGES);
const isCourtesy = createIsCourtesy(LANGUAGES);

describe.each(LANGUAGES)('in $tag', ({ tag }) => {
  test.each(phrasings(`conversation/comments/${tag}.tsv`))('%j is %s', (text, kind) => {
    expect(comment(text)).toBe(kind);
  });
});

test.each([
  ...['', '👍', 'thanks', 'Thank you so much!!', 'great, see you there', 'ok thanks', 'all good'],
  ...['gracias', 'Mil gracias', 'perfecto, ahí nos vemos', 'muchas gracias a ustedes', 'todo bien'],
])('%j says nothing but thanks', (text) => expect(isCourtesy(text)).toBe(true));

test.each([
  'two bags',
  'a clean creek',
  'dos bolsas',
  'thanks to us it is clean',
  '12',
  'gracias a Dios llovió',
])('%j says something', (text) => expect(isCourtesy(text)).toBe(false));

test.each([
  'Ok thanks',
  'Great, thank you!',
  'thx 🙏',
  'ok gracias',
  'sale, gracias',
  'Mil gracias',
])('%j is thanks', (text) => expect(isThanks(text)).toBe(true));
test.each(['ok', 'Perfecto', '👍', 'thanks to us it is clean', 'see you there'])(
  '%j is none',
  (text) => expect(isThanks(text)).toBe(false),
);

test('whatever strangers write is looked at within a moment', () => {
  const word = fc.constantFrom(
    'so',
    'but',
    'sorry',
    'thanks',
    'so much',
    'I',
    "can't",
    'no',
    'voy',
    '.',
  );
  fc.assert(
    fc.property(fc.array(word, { maxLength: 1500, size: 'max' }), (words) => {
      const text = words.join(' ').slice(0, 5000);
      const before = performance.now();
      comment(text);
      isCourtesy(text);
      expect(performance.now() - before).toBeLessThan(20_000);
    }),
    { numRuns: 50 },
  );
});
