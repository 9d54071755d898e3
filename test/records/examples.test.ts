// The examples of lexicons/README.md are what they say they are.
import { readFileSync } from 'node:fs';
import type { LexMap, LexValue } from '@atproto/lex-data';
import { type JsonValue, jsonToLex } from '@atproto/lex-json';
import { describe, expect, it } from 'vitest';
import * as collection from '../../src/lexicons/org/hypercerts/collection.defs.ts';
import * as measurement from '../../src/lexicons/org/hypercerts/context/measurement.defs.ts';
import { cidOfRecord } from '../../src/lib/cid.ts';
import { COLLECTION_NAMES, COLLECTIONS, KINDS } from '../../src/records/kinds/index.ts';
import { auditTransfers, referencesIn } from '../support/audit.ts';
import { faultOf, isTheirs } from '../support/hypercerts.ts';
import type { PublicRecord } from '../support/repository.ts';

const readme = readFileSync('lexicons/README.md', 'utf8');
const EXAMPLE = /^`(at:\/\/\S+)`\n`(bafyrei\w+)`\n\n```json\n(\{[\s\S]*?\n\})\n```$/gm;
const examples: readonly PublicRecord[] = [...readme.matchAll(EXAMPLE)].map(
  ([, uri = '', cid = '', json = '']) => ({ uri, cid, value: JSON.parse(json) }),
);
const collectionOf = ({ uri }: PublicRecord): string => uri.split('/')[3] ?? '';
const FOR_EVENTS = {
  [collection.$nsid]: collection.main,
  [measurement.$nsid]: measurement.main,
} as const;
const schemas: Readonly<Record<string, { safeValidate: (value: LexValue) => unknown }>> = {
  ...Object.fromEntries(Object.values(KINDS).map(({ lexicon }) => [lexicon.$nsid, lexicon.main])),
  ...FOR_EVENTS,
};

describe('the examples of the lexicons', () => {
  it('are one of each kind at least, and nothing else', () => {
    const kinds = new Set<string>([...COLLECTION_NAMES, ...Object.keys(FOR_EVENTS)]);
    expect([...new Set(examples.map(collectionOf))].toSorted()).toEqual([...kinds].toSorted());
    expect(readme.match(/```json/g)).toHaveLength(examples.length);
  });

  it.each(examples)('$uri is valid, and its CID is what it says', (example) => {
    const name = collectionOf(example);
    const record = jsonToLex(example.value as JsonValue) as LexMap;
    expect(record['$type']).toBe(name);
    expect(schemas[name]?.safeValidate(record)).toMatchObject({ success: true });
    if (isTheirs(name)) expect(faultOf(name, example.value)).toBeUndefined();
    expect(cidOfRecord(example.value)).toBe(example.cid);
  });

  it('refer to one another, each to what the other says or said before it was replaced', () => {
    const references = referencesIn(examples);
    const [replaced, elsewhere] = [new Set<string>(), new Set<string>()];
    for (const { ref } of references) {
      const there = examples.find(({ uri }) => uri === ref.uri);
      if (there === undefined) elsewhere.add(ref.uri);
      else if (there.cid !== ref.cid) replaced.add(ref.uri);
    }
    const collections = (uris: ReadonlySet<string>) =>
      [...uris].map((uri) => uri.split('/')[3]).toSorted();
    const { task, activity, cityWork, location, partner } = COLLECTIONS;
    expect(collections(replaced)).toEqual([task, activity, cityWork].toSorted());
    // The place of the city, and another issuer.
    expect(collections(elsewhere)).toEqual([location, partner].toSorted());
  });

  it('are a chain of transfers that adds up', () => {
    const transfers = examples.filter((one) => collectionOf(one) === COLLECTIONS.transfer);
    const { chain, open, names } = auditTransfers(transfers);
    expect(chain.map(({ code }) => code)).toEqual(['issue', 'hold', 'burn']);
    expect(open).toEqual([]);
    expect(names).toHaveLength(3);
  });

  it('draws every reference that there is', () => {
    const drawn = [...readme.matchAll(/-- (\S+) --> /g)].map(([, property]) => property);
    const properties = new Set(
      examples.flatMap(({ value }) =>
        Object.entries(value)
          .filter(([, part]) => referencesIn([{ uri: '', cid: '', value: { part } }]).length > 0)
          .map(([name]) => name),
      ),
    );
    for (const property of properties) {
      expect(
        drawn.some((name) => name?.split('.')[0] === property),
        property,
      ).toBe(true);
    }
  });
});
