import { existsSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { en } from '../../src/languages/en/texts/index.ts';
import { LANGUAGES } from '../../src/languages/index.ts';
import { createTexts, type TextKey } from '../../src/languages/texts.ts';
import { findTextKeyUse, readSources } from '../support/text-keys.ts';

const keys = Object.keys(en) as TextKey[];
const texts = createTexts({ timeZone: 'America/Los_Angeles', currencyWord: 'CITY' }, LANGUAGES);

describe.each(LANGUAGES)('the catalog of $tag', ({ tag, texts: own }) => {
  test('has the same keys as all others, in the same order', () => {
    expect(Object.keys(own)).toEqual(keys);
  });

  test.each(keys)('%s needs the same arguments as in English', (key) => {
    const sorted = (language: string) => [...texts.argumentsOf(language, key)].sort();
    expect(sorted(tag)).toEqual(sorted('en'));
  });

  test.each(keys)('%s is a text, and not merely the English one', (key) => {
    expect(own[key].trim()).not.toBe('');
    expect(own[key]).toBe(own[key].normalize('NFC'));
    // A message that is all arguments may well be the same.
    const hasWords = /\p{Letter}{4}/u.test(en[key].replace(/\{[^}]*\}/g, ''));
    if (tag !== 'en' && hasWords) expect(own[key]).not.toBe(en[key]);
  });
});

describe('the texts of the catalogs', () => {
  test('are all used, and nothing is said that they lack', () => {
    const folders = ['src', 'commands'].filter((folder) => existsSync(folder));
    // The pages have a catalog of their own.
    const sources = readSources(folders).filter(({ path }) => !path.startsWith('src/web/'));
    expect(findTextKeyUse(keys, sources)).toEqual({ unused: [], missing: [] });
  });
});

describe('finding the use of keys', () => {
  const find = (text: string) =>
    findTextKeyUse(['join.joined', 'join.full', 'refused.task-full'], [{ path: 'a.ts', text }]);

  test('sees a key in quotes and reports the others', () => {
    expect(
      find("say(language, 'join.joined', {}); say(language, 'join.full'); 'task-full'"),
    ).toEqual({
      unused: [],
      missing: [],
    });
    expect(find("say(language, 'join.joined')").unused).toEqual(['join.full', 'refused.task-full']);
  });

  test('sees keys that are built from a word the compiler knows', () => {
    expect(find('say(language, `join.\u0024{state}`)').unused).toEqual(['refused.task-full']);
    expect(find('const key = `refused.\u0024{code}`').unused).toHaveLength(3);
  });

  test('reports a name that looks like a key and is none, and a refusal without its text', () => {
    const source = "say('join.joind'); refuse('task-full'); refuse('task-closed', {}); 'join.ts'";
    expect(find(source).missing).toEqual(['a.ts: join.joind', 'a.ts: refused.task-closed']);
  });
});
