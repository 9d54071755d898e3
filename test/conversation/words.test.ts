// What people write, and what each is understood as: the tables beside are the proof of the rules.
import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { commands } from '../../commands/index.ts';
import { createRouter, type Decision, route, type Turn } from '../../src/conversation/router.ts';
import { createMatcher } from '../../src/conversation/words.ts';
import { codesIn, showCode } from '../../src/domain/code.ts';
import { LANGUAGES } from '../../src/languages/index.ts';

const matcher = createMatcher(commands, LANGUAGES);
const router = createRouter(commands, matcher);
const { read } = matcher;

/** A message of somebody who may say everything, with no question open. */
const turnOf = (text: string): Turn => ({
  text,
  hasPictures: false,
  repliesToTask: false,
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
  numbered: undefined,
  answered: null,
  sharesNumber: false,
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
  readFileSync(new URL(`words/${language}.tsv`, import.meta.url), 'utf8')
    .split('\n')
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
