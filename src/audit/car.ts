/**
 * Reads a CAR: where each block lies, and whether its bytes are those that its CID stands for.
 * Every byte of the file is looked at. Source: the CAR (version 1) and repository specifications.
 */
import { ui8Equals } from '@atproto/lex-data';
import { type BlockIndex, createBlockIndex, NO_BLOCK } from './block-index.ts';
import type { Bytes } from './bytes.ts';
import { decodeCbor, keepLink, Link } from './cbor.ts';
import { CID_BYTES, DIGEST_BYTES, digestOfCid, type Sha256 } from './cids.ts';
import type { FindingCode } from './findings.ts';

export type Car = {
  readonly bytes: Bytes;
  readonly index: BlockIndex;
  /** The SHA-256 in the CID of the one root; undefined when it cannot be told. */
  readonly root: Uint8Array | undefined;
  /** Blocks that are there twice. */
  readonly doubles: number;
  /** Says what is wrong with the file itself; after that byte nothing was read. */
  readonly fault: { readonly code: FindingCode; readonly sentence: string } | undefined;
};

const HEADER_BYTES_MAX = 1024;
/** Far above what a PDS takes for a record or makes of a node; read whole, it becomes many times that. */
const BLOCK_BYTES_MAX = 2 * 1024 * 1024;
const VARINT_BYTES_MAX = 8;
const WINDOW_BYTES = 1024 * 1024;

/** Reads forward through bytes, many at once. */
function createReader(bytes: Bytes) {
  let at = 0;
  let window: Uint8Array = new Uint8Array(0);
  let windowAt = 0;
  /** Exactly `length` bytes, only lent; undefined when there are fewer. */
  const take = (length: number): Uint8Array | undefined => {
    if (at + length > bytes.size) return undefined;
    if (at + length > windowAt + window.length) {
      windowAt = at;
      window = bytes.read(at, Math.max(length, WINDOW_BYTES));
      if (window.length < length) return undefined;
    }
    const part = window.subarray(at - windowAt, at - windowAt + length);
    at += length;
    return part;
  };
  /** An unsigned LEB128 in its shortest form; undefined for anything else. */
  const varint = (): number | undefined => {
    let value = 0;
    for (let index = 0; index < VARINT_BYTES_MAX; index += 1) {
      const byte = take(1)?.[0];
      if (byte === undefined) return undefined;
      value += (byte & 127) * 2 ** (7 * index);
      if (byte < 128) {
        const isShortest = byte !== 0 || index === 0;
        return isShortest && Number.isSafeInteger(value) ? value : undefined;
      }
    }
    return undefined;
  };
  return { take, varint, at: () => at, isDone: () => at >= bytes.size };
}

/** Reads all of a CAR. `progress` is told how many bytes are done. */
export function readCar(
  bytes: Bytes,
  sha256: Sha256,
  progress: (done: number) => void = () => {},
): Car {
  const reader = createReader(bytes);
  const index = createBlockIndex();
  const root = readHeader(reader);
  let doubles = 0;
  const stop = (code: FindingCode, sentence: string): Car => ({
    ...{ bytes, index, root, doubles },
    fault: { code, sentence },
  });
  if (root === undefined) {
    return stop('car-malformed', 'The file does not begin like a CAR with one root.');
  }
  while (!reader.isDone()) {
    const from = reader.at();
    const length = reader.varint();
    if (length === undefined || length <= CID_BYTES || length > CID_BYTES + BLOCK_BYTES_MAX) {
      return stop('car-malformed', `At byte ${from} there is no length of a block.`);
    }
    const frame = reader.take(length);
    if (frame === undefined) {
      return stop('car-truncated', `The file ends in the middle of the block at byte ${from}.`);
    }
    const digest = digestOfCid(frame.subarray(0, CID_BYTES));
    if (digest === undefined) {
      return stop('car-malformed', `The block at byte ${from} has no CID of ATProto's form.`);
    }
    const block = frame.subarray(CID_BYTES);
    const sound = ui8Equals(sha256(block), digest);
    const start = reader.at() - block.length;
    if (index.add(digest, start, block.length, sound) === NO_BLOCK) doubles += 1;
    if ((index.count() & 1023) === 0) progress(reader.at());
  }
  progress(bytes.size);
  return { bytes, index, root, doubles, fault: undefined };
}

/** The SHA-256 of the one root that the header names. */
function readHeader(reader: ReturnType<typeof createReader>): Uint8Array | undefined {
  const length = reader.varint();
  if (length === undefined || length > HEADER_BYTES_MAX) return undefined;
  const bytes = reader.take(length);
  if (bytes === undefined) return undefined;
  try {
    const header = decodeCbor(bytes, keepLink) as Record<string, unknown>;
    const { version, roots, ...others } = header;
    if (version !== 1 || !Array.isArray(roots) || roots.length !== 1) return undefined;
    if (Object.keys(others).length > 0 || !(roots[0] instanceof Link)) return undefined;
    const root = digestOfCid(roots[0].cid);
    return root?.length === DIGEST_BYTES ? root : undefined;
  } catch {
    return undefined;
  }
}

/** The bytes of a block; only lent. */
export const readBlock = ({ bytes, index }: Car, block: number): Uint8Array =>
  bytes.read(index.start(block), index.length(block));
