// What people write, and what each is understood as: the tables beside are the proof of the rules.
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { commands } from '../../commands/index.ts';
import { createRouter, type Decision, route, type Turn } from '../../src/conversation/router.ts';
import { wordsIn } from '../../src/conversation/small-words.ts';
import { createMatcher } from '../../src/conversation/words.ts';
import { codesIn, showCode } from '../../src/domain/code.ts';
import { LANGUAGES } from '../../src/languages/index.ts';
import { foldWords } from '../../src/lib/text.ts';
import { linesOf } from '../support/phrasings.ts';

const matcher = createMatcher(commands, LANGUAGES);
const router = createRouter(commands, matcher);
const { read } = matcher;

/** A message of somebody who may say everything, with no question open. */
const turnOf = (text: string): Turn => ({
  text,
  hasPictures: false,
  repliesToTask: false,
  isQuote: false,
  namesUs: false,
  changedAfterMs: null,
  roles: {
    admin: true,
    issuers: ['Friends'],
    redeemers: ['Café'],
    rights: ['invites', 'tasks', 'roster', 'reviews', 'offers', 'codes'],
    reviewsInPlaceOf: [],
  },
  hasJoined: true,
  isStopped: false,
  question: undefined,
  holdsPhoto: false,
  numbered: undefined,
  answered: null,
  sharesNumber: false,
  sharesLocation: false,
  unread: null,
});

/** The arguments in short: numbers, with `?` where it has to be asked; a code; or the words that count. */
function argumentsOf(args: string): string {
  const [code] = codesIn(args);
  if (code !== undefined) return codesIn(args).map(showCode).join(' or ');
  const named = read.numbers(args);
  if (named === undefined) return read.plain(args);
  const isAsked = named.isChoice || (named.numbers.length > 1 && named.rest !== '');
  return `${named.numbers.join(', ')}${isAsked ? '?' : ''} ${named.rest}`.trim();
}

/** Their arguments are taken as they are. */
const VERBATIM = ['lang', 'alerts'];

function understood(decision: Decision, text: string): string {
  if (decision.kind === 'bare') {
    return `asks ${[decision.command, ...codesIn(text).map(showCode)].join(' ')}`;
  }
  if (decision.kind !== 'command') return decision.kind;
  const { command, args } = decision;
  return `${command} ${VERBATIM.includes(command) ? args : argumentsOf(args)}`.trim();
}

const rowsOf = (language: string) =>
  linesOf(`conversation/words/${language}.tsv`)
    .filter((line) => line !== '' && !line.startsWith('#'))
    .map((line) => line.split('\t') as [text: string, expected: string]);

describe.each(['en', 'es'])('in %s', (language) => {
  const rows = rowsOf(language);

  test('the table has 150 phrasings, each once', () => {
    expect(rows.length).toBeGreaterThan(149);
    expect(new Set(rows.map(([text]) => text)).size).toBe(rows.length);
  });

  test.each(rows)('%s: %s', (text, expected) => {
    if (expected === 'yes' || expected === 'no') {
      expect([read.is('yes', text), read.is('no', text)]).toEqual([
        expected === 'yes',
        expected === 'no',
      ]);
      return;
    }
    expect(understood(route(router, turnOf(text)), text)).toBe(expected);
  });
});

describe('whatever strangers write', () => {
  const word = fc.constantFrom(
    ...LANGUAGES.flatMap((language) => [
      ...Object.values(language.words).flat(),
      ...Object.values(language.answers).flat(),
      ...Object.values(language.smallWords).flat(),
      ...Object.keys(language.numerals),
    ]),
    ...['2', '6, 7', '٣', '12.5', '-1', 'CH2X-TS7T', 'CH2X TS7T', '👍🏽', '#', ';', '¿', 'の', '½'],
  );
  const message = fc.oneof(
    fc.array(word, { maxLength: 12 }).map((words) => words.join(' ')),
    fc.string({ unit: 'grapheme', maxLength: 200 }),
  );

  test('is decided about, and numbers that nobody wrote are never read', () => {
    fc.assert(
      fc.property(message, (text) => {
        route(router, turnOf(text));
        const named = read.numbers(text);
        if (named === undefined) return;
        for (const number of named.numbers) expect(Number.isSafeInteger(number)).toBe(true);
        if (named.rest !== '') expect(read.isNumbers(named.rest)).toBe(false);
        expect(text).toContain(named.rest);
      }),
      { numRuns: 2000 },
    );
  });

  test('no text is both yes and no', () => {
    fc.assert(
      fc.property(message, (text) => {
        expect(read.is('yes', text) && read.is('no', text)).toBe(false);
      }),
    );
  });

  test('moves credits only by a word that is listed', () => {
    const moving = ['redeem', 'confirm', 'approve', 'reject', 'release', 'adjust', 'agree', 'cap'];
    const listed = LANGUAGES.flatMap(({ words }) =>
      Object.entries(words).flatMap(([name, said]) => (moving.includes(name) ? said : [])),
    ).map(foldWords);
    fc.assert(
      fc.property(message, (text) => {
        const decision = route(router, turnOf(text));
        if (decision.kind !== 'command' || !moving.includes(decision.command)) return;
        const folded = ` ${foldWords(text)} `;
        expect(listed.some((said) => folded.includes(` ${said}`))).toBe(true);
      }),
      { numRuns: 1000 },
    );
  });

  test.each(['9'.repeat(5000), '2 '.repeat(2500), 'join '.repeat(1000), 'sí '.repeat(1600)])(
    'is looked through for a command no further than a sentence goes',
    (text) => {
      expect(wordsIn(text).length).toBeLessThanOrEqual(60);
      expect(route(router, turnOf(text))).toHaveProperty('kind');
    },
  );
});
