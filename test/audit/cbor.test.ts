// DAG-CBOR has one form for each value: that one is read, and no other.
import { decodeCid } from '@atproto/lex-data';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { CborError, decodeCbor } from '../../src/audit/cbor.ts';
import { type Encodable, encodeDagCbor } from '../support/dag-cbor.ts';
import { blockOf } from '../support/paper-repository.ts';

const decode = (bytes: Uint8Array): unknown =>
  decodeCbor(bytes, (cid) => {
    try {
      const link = decodeCid(cid.slice());
      // As the audit has it: one of version 0 that is written as a later one is none.
      if (Buffer.compare(link.bytes, cid) !== 0) throw new CborError('no CID');
      return link;
    } catch (cause) {
      throw new CborError('no CID', { cause });
    }
  });

const { value: anyValue } = fc.letrec<{ value: Encodable }>((tie) => ({
  value: fc.oneof(
    { maxDepth: 4 },
    fc.string({ unit: 'grapheme' }),
    fc.string({ maxLength: 40 }),
    fc.maxSafeInteger(),
    fc.boolean(),
    fc.constant(null),
    fc.uint8Array({ maxLength: 40 }),
    fc.constant(blockOf('linked').cid as unknown as Encodable),
    fc.array(tie('value'), { maxLength: 5 }),
    fc.dictionary(fc.string({ maxLength: 8 }), tie('value'), { maxKeys: 5, noNullPrototype: true }),
  ),
}));

describe('DAG-CBOR', () => {
  it('is read as it was written', () => {
    fc.assert(
      fc.property(anyValue, (value) => {
        expect(decode(encodeDagCbor(value))).toEqual(value);
      }),
    );
  });

  it('that is read is what would be written', () => {
    const readable = fc.oneof(
      fc.uint8Array({ maxLength: 30 }),
      fc.tuple(anyValue, fc.nat(), fc.nat({ max: 255 })).map(([value, at, byte]) => {
        const bytes = encodeDagCbor(value);
        bytes[at % bytes.length] = byte;
        return bytes;
      }),
    );
    fc.assert(
      fc.property(readable, (bytes) => {
        let value: unknown;
        try {
          value = decode(bytes);
        } catch (error) {
          if (!(error instanceof CborError))
            expect((error as Error).message).toMatch(/CID|varint/i);
          return;
        }
        expect([...encodeDagCbor(value as Encodable)]).toEqual([...bytes]);
      }),
      { numRuns: 2000 },
    );
  });

  it.each([
    ['a fraction', [0xfb, 0x3f, 0xf8, 0, 0, 0, 0, 0, 0]],
    ['undefined', [0xf7]],
    ['a number in more bytes than it needs', [0x18, 5]],
    ['a number beyond what is exact', [0x1b, 0xff, 0, 0, 0, 0, 0, 0, 0]],
    ['a length that is not told', [0x9f, 0xff]],
    ['a text that is not UTF-8', [0x62, 0xff, 0xfe]],
    ['keys out of order', [0xa2, 0x61, 0x62, 1, 0x61, 0x61, 1]],
    ['a key twice', [0xa2, 0x61, 0x61, 1, 0x61, 0x61, 1]],
    ['a key that is a number', [0xa1, 1, 1]],
    ['another tag', [0xc0, 0x60]],
    ['bytes behind its end', [0x01, 0x01]],
    ['an end too early', [0x82, 0x01]],
    ['a length that nobody has', [0x5a, 0xff, 0xff, 0xff, 0xff]],
    ['a list of more than there is', [0x9a, 0xff, 0xff, 0xff, 0xff]],
    ['a thousand lists in one another', [...new Array<number>(1000).fill(0x81), 0x01]],
  ])('with %s is none', (_what, bytes) => {
    expect(() => decode(Uint8Array.from(bytes))).toThrow(CborError);
  });

  it('has keys that could pass for something else as nothing but keys', () => {
    const bytes = encodeDagCbor(JSON.parse('{"__proto__":{"polluted":1}}') as Encodable);
    const value = decode(bytes) as Record<string, unknown>;
    expect(Object.keys(value)).toEqual(['__proto__']);
    expect('polluted' in value).toBe(false);
  });
});
