/**
 * Content identifiers of ATProto, computed at once: the address of a record or a picture is
 * known before it is published, so that others can refer to it.
 * Source: the data model section of the ATProto specification.
 */
import { encode } from '@atcute/cbor';
import { CODEC_DCBOR, CODEC_RAW, fromDigest, toString as textOf } from '@atcute/cid';
import { sha256 } from '@noble/hashes/sha2.js';

/**
 * The CID of a record, `bafyrei…`, from its value in ATProto's JSON: links are `{"$link": …}`,
 * bytes are `{"$bytes": …}`, and properties that are undefined are left out.
 */
export const cidOfRecord = (value: unknown): string =>
  textOf(fromDigest(CODEC_DCBOR, sha256(encode(value))));

/** The CID of a blob, such as a picture: `bafkrei…`. */
export const cidOfBlob = (bytes: Uint8Array): string => cidOfDigest(sha256(bytes));

/** The same from the SHA-256 of its bytes, for who can compute that faster. */
export const cidOfDigest = (digest: Uint8Array): string =>
  textOf(fromDigest(CODEC_RAW, new Uint8Array(digest)));
