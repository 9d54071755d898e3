import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';

const OURS = 'org.city-sync.civic.';
const files = readdirSync('lexicons', { recursive: true, encoding: 'utf8' }).filter((path) =>
  path.endsWith('.json'),
);
const nsidOf = (path: string) => path.replace(/[.]json$/, '').replaceAll('/', '.');
const contentOf = (path: string) => readFileSync(join('lexicons', path), 'utf8');

type Part = { readonly [key: string]: unknown };

/** Every object in a lexicon, with the name under which it stands. */
function* parts(value: unknown, name = ''): Generator<readonly [string, Part]> {
  if (typeof value !== 'object' || value === null) return;
  if (!Array.isArray(value)) yield [name, value as Part];
  for (const [key, inner] of Object.entries(value)) yield* parts(inner, key);
}

const ours = files.filter((path) => nsidOf(path).startsWith(OURS));
const parsed = new Map(files.map((path) => [nsidOf(path), JSON.parse(contentOf(path))]));

describe('every lexicon', () => {
  it.each(files)('%s has its path for a name and refers to what is there', (path) => {
    const lexicon = parsed.get(nsidOf(path));
    expect(lexicon.id).toBe(nsidOf(path));
    for (const [, part] of parts(lexicon)) {
      const refs = part['type'] === 'union' ? part['refs'] : [part['ref']].filter(Boolean);
      if (part['type'] !== 'ref' && part['type'] !== 'union') continue;
      for (const ref of refs as string[]) {
        const [nsid, def = 'main'] = ref.split('#');
        expect(Object.keys(parsed.get(nsid || lexicon.id)?.defs ?? {}), ref).toContain(def);
      }
    }
  });

  it('of others is unchanged', () => {
    const home = dirname(fileURLToPath(import.meta.resolve('@hypercerts-org/lexicon')));
    for (const path of files.filter((file) => !ours.includes(file))) {
      const original = join(home, '../lexicons', relative('.', path));
      expect(contentOf(path), path).toBe(readFileSync(original, 'utf8'));
    }
  });
});

describe('our lexicons', () => {
  it('are the eight kinds of record and what they share', () => {
    expect(ours.map(nsidOf).sort()).toEqual(
      ['city', 'claim', 'defs', 'epoch', 'offer', 'partner', 'redemption', 'task', 'transfer'].map(
        (name) => OURS + name,
      ),
    );
  });

  it.each(ours)('%s follows the style guide', (path) => {
    const { defs, description } = parsed.get(nsidOf(path));
    expect(defs.main?.description ?? description).toBeTruthy();
    for (const [name, part] of parts(defs)) {
      expect(part, name).not.toHaveProperty('enum');
      const values = (part['knownValues'] ?? []) as string[];
      expect(values.filter((value) => !/^[a-z]+(-[a-z]+)*$/.test(value))).toEqual([]);
      const names = Object.keys((part['properties'] ?? {}) as object);
      expect(names.filter((property) => !/^[a-z][A-Za-z0-9]*$/.test(property))).toEqual([]);
      if (typeof part['maxGraphemes'] === 'number') {
        expect(part['maxLength'], name).toBe(10 * part['maxGraphemes']);
      }
    }
  });

  it.each(ours)('%s has no place for a code, a phone number or a name of a person', (path) => {
    const names = [...parts(parsed.get(nsidOf(path)).defs)].flatMap(([, part]) =>
      Object.keys((part['properties'] ?? {}) as object),
    );
    const telling = /phone|email|person|redemptionCode|secret|telegram|identity/i;
    expect(names.filter((name) => telling.test(name))).toEqual([]);
  });
});
