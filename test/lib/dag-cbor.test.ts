import { createRequire } from 'node:module';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { cidOfBlob, cidOfRecord } from '../../src/lib/cid.ts';
import { type Encodable, encodeDagCbor } from '../../src/lib/dag-cbor.ts';

// The encoder that the PDS itself uses.
const ofPds = createRequire(import.meta.resolve('@atproto/pds'));
const { encode, cidForLex } = await import(ofPds.resolve('@atproto/lex-cbor'));

const hex = (bytes: Uint8Array): string => Buffer.from(bytes).toString('hex');

const key = fc.string({ unit: 'binary', maxLength: 12 }).filter((name) => name !== '__proto__');
const { value } = fc.letrec<{ value: Encodable }>((tie) => ({
  value: fc.oneof(
    { maxDepth: 4 },
    fc.maxSafeInteger(),
    fc.integer({ min: -70_000, max: 70_000 }),
    fc.string({ unit: 'binary', maxLength: 300 }),
    fc.string({ maxLength: 30 }),
    fc.boolean(),
    fc.constant(null),
    fc.uint8Array({ maxLength: 300 }),
    fc.array(tie('value'), { maxLength: 30 }),
    fc.dictionary(key, tie('value'), { maxKeys: 30 }),
  ),
}));

describe('DAG-CBOR', () => {
  it('has the same bytes as that of the PDS, whatever the value', () => {
    fc.assert(
      fc.property(value, (some) => {
        expect(hex(encodeDagCbor(some).bytes)).toBe(hex(encode(some)));
      }),
    );
  });

  it('writes integers at every length', () => {
    const edges = [0, 23, 24, 255, 256, 65_535, 65_536, 2 ** 32 - 1, 2 ** 32, 2 ** 53 - 1];
    for (const edge of [...edges, ...edges.map((positive) => -positive - 1)].slice(0, -1)) {
      expect(hex(encodeDagCbor(edge).bytes), String(edge)).toBe(hex(encode(edge)));
    }
  });

  it('writes more than the buffer holds', () => {
    const big = { text: 'ñ'.repeat(200_000), bytes: new Uint8Array(100_000), after: 'x' };
    expect(hex(encodeDagCbor(big).bytes)).toBe(hex(encode(big)));
    expect(hex(encodeDagCbor('small').bytes)).toBe(hex(encode('small')));
  });

  it('tells whether the value is plain JSON', () => {
    expect(encodeDagCbor({ a: [1, 'b', null] }).isJson).toBe(true);
    expect(encodeDagCbor({ a: [new Uint8Array(1)] }).isJson).toBe(false);
    expect(encodeDagCbor({ a: 1 }).isJson).toBe(true);
  });

  it('leaves out what is undefined', () => {
    expect(hex(encodeDagCbor({ a: undefined, b: 1 }).bytes)).toBe(hex(encode({ b: 1 })));
  });

  it('refuses what the data model does not know', () => {
    expect(() => encodeDagCbor(0.5)).toThrow(/not a safe integer/);
    expect(() => encodeDagCbor(2 ** 53)).toThrow(/not a safe integer/);
    expect(() => encodeDagCbor('\ud800')).toThrow(/lone surrogate/);
    expect(() => encodeDagCbor([undefined])).toThrow(/no encoding of undefined/);
  });
});

describe('a CID', () => {
  it('of a record is the one that the PDS computes', async () => {
    await fc.assert(
      fc.asyncProperty(value, async (some) => {
        expect(cidOfRecord(encodeDagCbor(some).bytes)).toBe((await cidForLex(some)).toString());
      }),
      { numRuns: 30 },
    );
  });

  it('of a blob is that of its bytes', () => {
    expect(cidOfBlob(new TextEncoder().encode('hello world'))).toBe(
      'bafkreifzjut3te2nhyekklss27nh3k72ysco7y32koao5eei66wof36n5e',
    );
  });
});
