import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { withDatabase } from '#test-store';
import { ALIKE_BITS_MAX, hashDistance } from '../../src/lib/alike.ts';
import { alikeReads, alikeWrites } from '../../src/store/alike.ts';
import type { Database } from '../../src/store/database.ts';
import { pictures } from '../../src/store/schema/index.ts';
import { addEvidence, attachPicture } from '../support/evidence.ts';

const CID = 'bafkreibme22gw2h7y2h7tg2fhqotaqjucnbc24deqo72b6mkl2egezxhvy';
const BITS = 256;

const open = (db: Database) => ({ ...alikeReads(db), ...alikeWrites(db) });

/** Adds the picture of a piece of evidence, to be found by its hash. */
function addPicture(db: Database, hash: string, evidenceId: number, cid = CID): number {
  const [row] = db
    .insert(pictures)
    .values({ spoolKey: 'key', state: 'published', cid, perceptualHash: hash })
    .returning({ id: pictures.id })
    .all();
  const id = row?.id ?? 0;
  attachPicture(db, evidenceId, id);
  open(db).addPicture(id, hash);
  return id;
}

/** A hash with these bits changed. */
function flipped(hash: string, bits: readonly number[]): string {
  const digits = [...hash];
  for (const bit of bits) {
    const at = Math.floor(bit / 4);
    digits[at] = (Number.parseInt(digits[at] ?? '0', 16) ^ (1 << (bit % 4))).toString(16);
  }
  return digits.join('');
}

const hashes = fc
  .array(fc.nat(15), { minLength: 64, maxLength: 64 })
  .map((digits) => digits.map((digit) => digit.toString(16)).join(''));
const someBits = (minLength: number, maxLength: number) =>
  fc.uniqueArray(fc.nat(BITS - 1), { minLength, maxLength });

describe('hashes', () => {
  it('are as far apart as bits were changed', () => {
    fc.assert(
      fc.property(hashes, someBits(0, BITS), (hash, bits) => {
        expect(hashDistance(hash, flipped(hash, bits))).toBe(bits.length);
      }),
    );
  });
});

describe('pictures that look alike', () => {
  it('are found wherever the bits differ, and others never', () =>
    withDatabase((db) => {
      const { evidenceId } = addEvidence(db, 'one');
      const { pictures: picturesLike } = open(db);
      const known: { readonly id: number; readonly hash: string }[] = [];
      fc.assert(
        fc.property(
          hashes,
          fc.array(someBits(0, ALIKE_BITS_MAX + 3), { maxLength: 8 }),
          (hash, copies) => {
            for (const bits of copies) {
              const copy = flipped(hash, bits);
              known.push({ id: addPicture(db, copy, evidenceId), hash: copy });
            }
            const alike = known.filter((one) => hashDistance(one.hash, hash) <= ALIKE_BITS_MAX);
            expect(picturesLike(hash).toSorted()).toEqual(alike.map(({ id }) => id).toSorted());
          },
        ),
      );
    }));

  it('are found when one bit of every piece but the last differs', () =>
    withDatabase((db) => {
      const { evidenceId } = addEvidence(db, 'one');
      const hash = 'a5'.repeat(32);
      const far = flipped(
        hash,
        Array.from({ length: ALIKE_BITS_MAX }, (_, piece) => piece * 16),
      );
      const id = addPicture(db, far, evidenceId);
      expect(open(db).pictures(hash)).toEqual([id]);
    }));

  it('are compared a few hundred at a time, those with most in common first', () =>
    withDatabase((db) => {
      const { evidenceId } = addEvidence(db, 'one');
      const hash = '0'.repeat(64);
      const copy = addPicture(db, flipped(hash, [7]), evidenceId);
      // They have one piece in common with it, and look quite different.
      for (let at = 0; at < 300; at += 1) addPicture(db, `${'f'.repeat(60)}0000`, evidenceId);
      expect(open(db).pictures(hash)).toEqual([copy]);
    }));
});

describe('evidence with a picture', () => {
  it('is named with its task, person and day, the newest first, the claim itself left out', () =>
    withDatabase((db) => {
      const { evidenceWithBytes, evidenceWithPictures } = open(db);
      const all = ['one', 'two', 'three'].map((name) => addEvidence(db, name).evidenceId);
      const ids = all.map((evidenceId) => addPicture(db, '12'.repeat(32), evidenceId));
      const [, , own = 0] = all;
      const others = [
        { evidenceId: 2, taskId: 2, participantId: 'p-two', submittedAt: 1 },
        { evidenceId: 1, taskId: 1, participantId: 'p-one', submittedAt: 1 },
      ];
      expect(evidenceWithBytes(CID, own, 10)).toEqual(others);
      expect(evidenceWithPictures(ids, own, 10)).toEqual(others);
      expect(evidenceWithBytes(CID, own, 1)).toEqual(others.slice(0, 1));
      expect(evidenceWithBytes(`${CID.slice(0, -1)}a`, own, 10)).toEqual([]);
      expect(evidenceWithPictures([], own, 10)).toEqual([]);
    }));
});
