/** CIDs of ATProto's one form (version 1, DAG-CBOR or raw, SHA-256): as bytes and as text. */

const CODEC_RAW = 0x55;
const CODEC_DAG_CBOR = 0x71;
const HASH_SHA256 = 0x12;
export const DIGEST_BYTES = 32;
export const CID_BYTES = 4 + DIGEST_BYTES;
const BASE32 = 'abcdefghijklmnopqrstuvwxyz234567';
const CID_TEXT = /^bafy(?:rei)[a-z2-7]{52}$/;

/** SHA-256, handed in: each platform has a fast one of its own. */
export type Sha256 = (bytes: Uint8Array) => Uint8Array;

const digestOf =
  (codec: number) =>
  (bytes: Uint8Array): Uint8Array | undefined =>
    bytes.length === CID_BYTES &&
    bytes[0] === 1 &&
    bytes[1] === codec &&
    bytes[2] === HASH_SHA256 &&
    bytes[3] === DIGEST_BYTES
      ? bytes.subarray(CID_BYTES - DIGEST_BYTES)
      : undefined;

/** The SHA-256 in the CID of a record, node or commit; undefined for any other bytes. */
export const digestOfCid = digestOf(CODEC_DAG_CBOR);

/** The SHA-256 in the CID of a blob; undefined for any other bytes. */
export const digestOfBlobCid = digestOf(CODEC_RAW);

/** Whether a text is the CID of a record or a commit. */
export const isRecordCid = (text: string): boolean => CID_TEXT.test(text);

/** The text of the CID of a record, node or commit with this SHA-256: `bafyrei…`. */
export function cidText(digest: Uint8Array): string {
  // The four bytes before the digest are six letters, and two bits, both zero, of the seventh.
  let text = 'bafyrei';
  let pending = 0;
  let bits = 2;
  for (const byte of digest) {
    pending = ((pending << 8) | byte) & 0xfff;
    for (bits += 8; bits >= 5; bits -= 5) text += BASE32[(pending >> (bits - 5)) & 31];
  }
  return text + BASE32[(pending << (5 - bits)) & 31];
}

/** Whether a text is the CID of the record with this SHA-256. */
export const isCidOf = (text: string, digest: Uint8Array): boolean => text === cidText(digest);
