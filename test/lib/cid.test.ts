import { createRequire } from 'node:module';
import { decodeCid } from '@atproto/lex-data';
import { lexToJson } from '@atproto/lex-json';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { cidOfBlob, cidOfRecord } from '../../src/lib/cid.ts';

// The encoder that the PDS itself uses.
const ofPds = createRequire(import.meta.resolve('@atproto/pds'));
const { cidForLex } = await import(ofPds.resolve('@atproto/lex-cbor'));

const link = fc
  .uint8Array({ minLength: 32, maxLength: 32 })
  .map((digest) => decodeCid(Uint8Array.of(1, 0x55, 0x12, 32, ...digest)));
const key = fc
  .string({ unit: 'binary', maxLength: 12 })
  .filter((name) => !['__proto__', '$link', '$bytes'].includes(name));
const { value } = fc.letrec<{ value: unknown }>((tie) => ({
  value: fc.oneof(
    { maxDepth: 4 },
    fc.maxSafeInteger(),
    fc.integer({ min: -70_000, max: 70_000 }),
    fc.string({ unit: 'binary', maxLength: 300 }),
    fc.string({ maxLength: 30 }),
    fc.boolean(),
    fc.constant(null),
    fc.uint8Array({ maxLength: 300 }),
    link,
    fc.array(tie('value'), { maxLength: 30 }),
    fc.dictionary(key, tie('value'), { maxKeys: 30, noNullPrototype: true }),
  ),
}));

const cidOf = (some: unknown): string => cidOfRecord(lexToJson(some as never));

describe('a CID', () => {
  it('of a record is the one that the PDS computes, whatever the value', async () => {
    await fc.assert(
      fc.asyncProperty(value, async (some) => {
        expect(cidOf(some)).toBe((await cidForLex(some)).toString());
      }),
    );
  });

  it('of a record is the same for integers of every length', async () => {
    const edges = [0, 23, 24, 255, 256, 65_535, 65_536, 2 ** 32 - 1, 2 ** 32, 2 ** 53 - 1];
    for (const edge of [...edges, ...edges.map((positive) => -positive - 1)].slice(0, -1)) {
      expect(cidOf(edge), String(edge)).toBe((await cidForLex(edge)).toString());
    }
  });

  it('of a large record is the one that the PDS computes', async () => {
    const big = { text: 'ñ'.repeat(200_000), bytes: new Uint8Array(100_000), after: 'x' };
    expect(cidOf(big)).toBe((await cidForLex(big)).toString());
  });

  it('of a record leaves out what is undefined', () => {
    expect(cidOf({ a: undefined, b: 1 })).toBe(cidOf({ b: 1 }));
  });

  it('of a blob is that of its bytes', () => {
    expect(cidOfBlob(new TextEncoder().encode('hello world'))).toBe(
      'bafkreifzjut3te2nhyekklss27nh3k72ysco7y32koao5eei66wof36n5e',
    );
  });
});
