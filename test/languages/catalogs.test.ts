import { existsSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { en } from '../../src/languages/en/texts/index.ts';
import { es } from '../../src/languages/es/texts/index.ts';
import { LANGUAGES } from '../../src/languages/index.ts';
import { createTexts, type TextKey } from '../../src/languages/texts.ts';
import { findTextKeyUse, readSources } from '../support/text-keys.ts';

const keys = Object.keys(en) as TextKey[];
const texts = createTexts({ timeZone: 'America/Los_Angeles', currencyWord: 'CITY' }, LANGUAGES);

describe('the catalogs', () => {
  test('have the same keys in every language, in the same order', () => {
    expect(Object.keys(es)).toEqual(keys);
  });

  test.each(keys)('%s needs the same arguments in every language', (key) => {
    const sorted = (language: 'en' | 'es') => [...texts.argumentsOf(language, key)].sort();
    expect(sorted('es')).toEqual(sorted('en'));
  });

  test.each(keys)('%s is a text, and no language has merely the other one’s', (key) => {
    expect(en[key].trim()).not.toBe('');
    expect(es[key].trim()).not.toBe('');
    expect(en[key]).toBe(en[key].normalize('NFC'));
    expect(es[key]).toBe(es[key].normalize('NFC'));
    // A message that is all arguments may well be the same.
    if (/\p{Letter}{4}/u.test(en[key].replace(/\{[^}]*\}/g, ''))) expect(es[key]).not.toBe(en[key]);
  });

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
