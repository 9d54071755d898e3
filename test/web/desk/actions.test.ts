// The forms of the desk and the words of partners, side by side.
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { commands } from '../../../commands/index.ts';
import { ACTIONS, fieldsOf } from '../../../src/web/desk/actions.ts';

/** What partners and admins say, and why the desk has no form that says it. */
const BY_WORDS_ALONE: Readonly<Record<string, string>> = {
  review: 'the review queue shows it',
  roster: 'the page of a task shows it',
  team: 'the page of the team shows it',
  reject: 'a button of the review queue says it, ten seconds later',
  alike: 'pairs of accounts are judged by words',
  same: 'pairs of accounts are judged by words',
  different: 'pairs of accounts are judged by words',
  allow: 'a move of an account is allowed by words',
  adjust: 'corrections of the books are made by words',
  agree: 'corrections of the books are made by words',
  replay: 'what was set aside is taken up by words',
};

/** Commands that everybody may say, which the desk says as well. */
const OF_EVERYBODY = ['as', 'here'];

const ofPartners = commands
  .filter(({ who }) => who === 'organizer' || who === 'redeemer' || who === 'admin')
  .map(({ name }) => name);

test('every word of partners has a form at the desk, or a reason why it has none', () => {
  const said = new Set(ACTIONS.map(({ command }) => command));
  const missing = ofPartners.filter((name) => !said.has(name) && !(name in BY_WORDS_ALONE));
  expect(missing).toEqual([]);
  expect(Object.keys(BY_WORDS_ALONE).filter((name) => said.has(name))).toEqual([]);
});

test('every form says a word that there is', () => {
  const known = [...ofPartners, ...OF_EVERYBODY];
  expect(ACTIONS.map(({ command }) => command).filter((name) => !known.includes(name))).toEqual([]);
  expect(new Set(ACTIONS.map(({ name }) => name)).size).toBe(ACTIONS.length);
});

test('a field is one line, and cannot become two parts', () => {
  const of = fieldsOf({ title: ' One;\n two；three ', credits: '5', list: ['1', '3'] });
  expect([of('title'), of('credits'), of('missing'), of('list')]).toEqual([
    'One, two,three',
    '5',
    '',
    '1 3',
  ]);
  expect(fieldsOf({ title: new File([], 'x') })('title')).toBe('');
  expect(fieldsOf({ title: 'x'.repeat(9000) })('title')).toHaveLength(500);
});

test('whatever a stranger sends, a field stays one part of one line', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary', maxLength: 2000 }), (text) => {
      const said = fieldsOf({ text })('text');
      expect(said.length).toBeLessThanOrEqual(500);
      expect(said).not.toMatch(/[;؛；\n\r\u2028]/u);
    }),
  );
});
