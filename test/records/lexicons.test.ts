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

/** Every property that a lexicon defines, in its main definition and in the others. */
function* properties(defs: unknown): Generator<readonly [string, Part]> {
  for (const [, part] of parts(defs)) {
    yield* Object.entries((part['properties'] ?? {}) as Record<string, Part>);
  }
}

const ours = files.filter((path) => nsidOf(path).startsWith(OURS));
const parsed = new Map(files.map((path) => [nsidOf(path), JSON.parse(contentOf(path))]));
/** The generator gets these in place of lexicons that nobody here writes. */
const STUBBED = ['pub.leaflet.pages.linearDocument'];

describe('every lexicon', () => {
  it.each(files)('%s has its path for a name and refers to what is there', (path) => {
    const lexicon = parsed.get(nsidOf(path));
    expect(lexicon.id).toBe(nsidOf(path));
    for (const [, part] of parts(lexicon)) {
      const refs = part['type'] === 'union' ? part['refs'] : [part['ref']].filter(Boolean);
      if (part['type'] !== 'ref' && part['type'] !== 'union') continue;
      for (const ref of refs as string[]) {
        if (STUBBED.includes(ref)) continue;
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
  it('are the nine kinds of record and what they share', () => {
    expect(ours.map(nsidOf).sort()).toEqual(
      [
        'city',
        'claim',
        'defs',
        'epoch',
        'offer',
        'partner',
        'redemption',
        'review',
        'task',
        'transfer',
      ].map((name) => OURS + name),
    );
  });

  it('require no more than what makes no sense without', () => {
    const required = Object.fromEntries(
      ours.flatMap((path) => {
        const main = parsed.get(nsidOf(path)).defs.main;
        return main === undefined
          ? []
          : [[nsidOf(path).slice(OURS.length), main.record.required.join(' ')]];
      }),
    );
    expect(required).toEqual({
      city: 'name createdAt',
      claim: 'task participant status createdAt',
      epoch: 'name startsAt endsAt caps createdAt',
      offer: 'title redeemer credits status createdAt',
      partner: 'name kind status createdAt',
      redemption: 'offer redeemer burn createdAt',
      review: 'evidence decision createdAt',
      task: 'title issuer credits status createdAt',
      transfer: 'position kind code debit credit creditKind amount timeUs createdAt',
    });
  });

  it.each(ours)('%s says what everything in it means', (path) => {
    const { defs, description } = parsed.get(nsidOf(path));
    expect(defs.main?.description ?? description).toBeTruthy();
    for (const [name, part] of Object.entries<Part>(defs)) {
      expect(part['description'], name).toMatch(/^[A-Z].*[.]$/);
    }
    for (const [name, part] of properties(defs)) {
      expect(part['description'], name).toMatch(/^[A-Z`].*[.]$/);
    }
  });

  it.each(ours)('%s follows the style guide', (path) => {
    const { defs } = parsed.get(nsidOf(path));
    for (const [name, part] of parts(defs)) {
      // Closed lists could never grow: what is known is said, and more is let through.
      expect(part, name).not.toHaveProperty('enum');
      expect(part, name).not.toHaveProperty('const');
      expect(part, name).not.toHaveProperty('closed');
      expect(part, name).not.toHaveProperty('nullable');
      expect(part['type'], name).not.toBe('unknown');
      const values = (part['knownValues'] ?? []) as string[];
      expect(values.filter((value) => !/^[a-z]+(-[a-z]+)*$/.test(value))).toEqual([]);
      const names = Object.keys((part['properties'] ?? {}) as object);
      expect(names.filter((property) => !/^[a-z][A-Za-z0-9]*$/.test(property))).toEqual([]);
      if (part['type'] === 'string') {
        // Either a format or a limit, and the limit of what people read is in graphemes as well.
        expect('format' in part !== 'maxLength' in part, name).toBe(true);
        if ('maxGraphemes' in part) {
          expect(part['maxLength'], name).toBe(10 * Number(part['maxGraphemes']));
        }
      }
      if (part['type'] === 'array') {
        expect(part, name).toHaveProperty('maxLength');
        // An object can get more properties later; a language tag says all that there is.
        const items = part['items'] as Part;
        if (items['format'] !== 'language') expect(items['type'], name).toBe('ref');
      }
    }
  });

  it.each(ours)(
    '%s refers to records by their version, and counts credits in whole ones',
    (path) => {
      const { defs } = parsed.get(nsidOf(path));
      const counted = /^(credits|amount|position|number|slots|perDay|timeUs)$|(Hours|Minutes)$/;
      for (const [name, part] of properties(defs)) {
        expect(part['format'], name).not.toBe('at-uri');
        if (counted.test(name)) {
          expect(part, name).toMatchObject({ type: 'integer', minimum: expect.any(Number) });
        }
        expect(name.endsWith('At'), name).toBe(part['format'] === 'datetime');
        // A person or an account is named by a string of its own kind, everything else is a record.
        if (part['type'] === 'ref') {
          expect(part['ref'], name).toMatch(/^com[.]atproto[.]repo[.]strongRef$|#[a-zA-Z]+$/);
        }
      }
    },
  );

  it.each(ours)('%s has no place for a code, a phone number or a name of a person', (path) => {
    const names = [...parts(parsed.get(nsidOf(path)).defs)].flatMap(([, part]) =>
      Object.keys((part['properties'] ?? {}) as object),
    );
    const telling = /phone|email|person|redemptionCode|secret|telegram|identity/i;
    expect(names.filter((name) => telling.test(name))).toEqual([]);
  });
});
