import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { en } from '../../src/languages/en/index.ts';
import { LANGUAGES } from '../../src/languages/index.ts';
import type { PageKey } from '../../src/languages/language.ts';
import { createPageLanguages } from '../../src/languages/pages.ts';

const places = (text: string) => [...text.matchAll(/\{(\w+)\}/g)].map(([, name]) => name).sort();
const keys = Object.keys(en.pages) as PageKey[];
const { all, choose } = createPageLanguages(LANGUAGES);
const chosen = (asked: string | undefined, accepted: string | undefined) =>
  choose(asked, accepted).tag;

describe('the texts of the pages', () => {
  it('exist in every language, and none is empty', () => {
    for (const { pages: texts } of LANGUAGES) {
      expect(Object.keys(texts).sort()).toEqual([...keys].sort());
      for (const [key, text] of Object.entries(texts)) expect(text.trim(), key).not.toBe('');
    }
  });

  it('have the same places to fill in', () => {
    for (const key of keys) {
      for (const { pages } of LANGUAGES) {
        expect(places(pages[key]), key).toEqual(places(en.pages[key]));
      }
    }
  });

  it('are all used', () => {
    const source = new URL('../../src/', import.meta.url);
    const sources = ['web', 'sandbox']
      .flatMap((room) =>
        readdirSync(new URL(room, source), { recursive: true, encoding: 'utf8' }).map(
          (name) => `${room}/${name}`,
        ),
      )
      .filter((name) => /\.(?:ts|js)$/.test(name))
      .map((name) => readFileSync(new URL(name, source), 'utf8'))
      .join('\n');
    const named = [...sources.matchAll(/['`]([a-zA-Z]+\.(?:[\w.]|\$\{[^}]*\})+)['`]/g)].map(
      ([, pattern = '']) =>
        new RegExp(`^${pattern.replaceAll('.', '\\.').replace(/\$\{[^}]*\}/g, '[^.]+')}$`),
    );
    expect(keys.filter((key) => !named.some((pattern) => pattern.test(key)))).toEqual([]);
  });

  it('never call credits money', () => {
    const money =
      /\b(?:wallet|wages?|salary|cash(?! out|ed out)|payments?|billetera|salario|pago)\b/i;
    for (const { pages: texts } of LANGUAGES) {
      for (const [key, text] of Object.entries(texts)) expect(text, key).not.toMatch(money);
    }
  });

  it('are filled in without a second reading of what was filled in', () => {
    expect(all[0]?.t('guide.progress', { step: '{steps}', steps: 12 })).toBe('Step {steps} of 12');
  });
});

describe('the language of a page', () => {
  it('is the one asked for', () => {
    expect(chosen('es', 'en')).toBe('es');
    expect(chosen('es-MX', undefined)).toBe('es');
  });

  it('is the best of what the browser accepts', () => {
    expect(chosen(undefined, 'fr-FR, es-MX;q=0.8, en;q=0.5')).toBe('es');
    expect(chosen(undefined, 'en;q=0.2, es;q=0.9')).toBe('es');
    expect(chosen(undefined, 'es;q=0, en;q=0.1')).toBe('en');
  });

  it('is English where nothing is known', () => {
    expect(chosen(undefined, undefined)).toBe('en');
    expect(chosen('xx', 'tlh, *')).toBe('en');
    expect(chosen('', ',;q=,;;,'.repeat(5000))).toBe('en');
  });
});
