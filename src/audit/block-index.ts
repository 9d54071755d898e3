/** Where each block of a CAR lies, found by its SHA-256: flat arrays, for millions of blocks. */
import { DIGEST_BYTES } from './cids.ts';
import { createDigestHash } from './digest-hash.ts';

const FIRST_CAPACITY = 1024;
/** `find` and `add` answer this instead of a block. */
export const NO_BLOCK = -1;

export type BlockIndex = ReturnType<typeof createBlockIndex>;

export function createBlockIndex() {
  let capacity = FIRST_CAPACITY;
  let starts = new Float64Array(capacity);
  let lengths = new Uint32Array(capacity);
  let sounds = new Uint8Array(capacity);
  let digests = new Uint8Array(capacity * DIGEST_BYTES);
  // Twice as many slots as blocks at most, so that the next free one is near.
  let slots = new Int32Array(capacity * 2).fill(NO_BLOCK);
  let count = 0;

  const hash = createDigestHash();
  const slotOf = (source: Uint8Array, at: number): number => hash(source, at) & (slots.length - 1);
  const isAt = (block: number, digest: Uint8Array): boolean => {
    const from = block * DIGEST_BYTES;
    for (let at = 0; at < DIGEST_BYTES; at += 1) {
      if (digests[from + at] !== digest[at]) return false;
    }
    return true;
  };
  const put = (block: number): void => {
    let slot = slotOf(digests, block * DIGEST_BYTES);
    while (slots[slot] !== NO_BLOCK) slot = (slot + 1) & (slots.length - 1);
    slots[slot] = block;
  };
  /** The number of the block with this digest, or `NO_BLOCK`. */
  const find = (digest: Uint8Array): number => {
    let slot = slotOf(digest, 0);
    for (;;) {
      const block = slots[slot] as number;
      if (block === NO_BLOCK || isAt(block, digest)) return block;
      slot = (slot + 1) & (slots.length - 1);
    }
  };
  const grow = (): void => {
    capacity *= 2;
    const wider = <T extends Float64Array | Uint32Array | Uint8Array>(to: T, from: T): T => {
      to.set(from);
      return to;
    };
    starts = wider(new Float64Array(capacity), starts);
    lengths = wider(new Uint32Array(capacity), lengths);
    sounds = wider(new Uint8Array(capacity), sounds);
    digests = wider(new Uint8Array(capacity * DIGEST_BYTES), digests);
    slots = new Int32Array(capacity * 2).fill(NO_BLOCK);
    for (let block = 0; block < count; block += 1) put(block);
  };

  return {
    count: () => count,
    /** Adds a block and answers its number, from 0; `NO_BLOCK` when its digest is there already. */
    add: (digest: Uint8Array, start: number, length: number, sound: boolean): number => {
      if (find(digest) !== NO_BLOCK) return NO_BLOCK;
      if (count === capacity) grow();
      starts[count] = start;
      lengths[count] = length;
      sounds[count] = sound ? 1 : 0;
      digests.set(digest, count * DIGEST_BYTES);
      put(count);
      count += 1;
      return count - 1;
    },
    find,
    start: (block: number) => starts[block] as number,
    length: (block: number) => lengths[block] as number,
    /** Whether its bytes are those that its CID stands for. */
    isSound: (block: number) => sounds[block] === 1,
    /** The digest in its CID; only lent. */
    digest: (block: number): Uint8Array =>
      digests.subarray(block * DIGEST_BYTES, (block + 1) * DIGEST_BYTES),
  };
}
