/**
 * Content identifiers of ATProto, computed at once: the address of a record or a picture is
 * known before it is published, so that others can refer to it.
 * Source: the "Blessed CID" formats of the ATProto specification.
 */
import { sha256 } from '@noble/hashes/sha2.js';

const VERSION = 1;
const CODEC_RAW = 0x55;
const CODEC_DAG_CBOR = 0x71;
const HASH_SHA256 = 0x12;
const HASH_BYTES = 32;
const HEADER_BYTES = 4;
const BASE32 = 'abcdefghijklmnopqrstuvwxyz234567';

/** The CID of a record's DAG-CBOR bytes: `bafyrei…`. */
export const cidOfRecord = (bytes: Uint8Array): string => cid(CODEC_DAG_CBOR, bytes);

/** The CID of a blob, such as a picture: `bafkrei…`. */
export const cidOfBlob = (bytes: Uint8Array): string => cid(CODEC_RAW, bytes);

function cid(codec: number, bytes: Uint8Array): string {
  const whole = new Uint8Array(HEADER_BYTES + HASH_BYTES);
  whole[0] = VERSION;
  whole[1] = codec;
  whole[2] = HASH_SHA256;
  whole[3] = HASH_BYTES;
  whole.set(sha256(bytes), HEADER_BYTES);
  return `b${base32(whole)}`;
}

function base32(bytes: Uint8Array): string {
  let out = '';
  let pending = 0;
  let bits = 0;
  for (const byte of bytes) {
    pending = ((pending << 8) | byte) & 0xfff;
    bits += 8;
    for (; bits >= 5; bits -= 5) out += BASE32[(pending >> (bits - 5)) & 31];
  }
  return bits === 0 ? out : out + BASE32[(pending << (5 - bits)) & 31];
}
