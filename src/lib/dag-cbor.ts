/**
 * DAG-CBOR as ATProto records use it: maps sorted by key (length, then bytes), integers only,
 * links as tag 42. Encoding is on the way of every message, hence one reused buffer.
 * Source: the data model section of the ATProto specification, and RFC 8949.
 */

/** A link to other data: a CID, as the ATProto packages have it. */
type Link = { readonly multihash: object; readonly bytes: Uint8Array };
export type Encodable =
  | string
  | number
  | boolean
  | null
  | undefined
  | Uint8Array
  | Link
  | readonly Encodable[]
  | { readonly [key: string]: Encodable };

const MAJOR_UNSIGNED = 0x00;
const MAJOR_NEGATIVE = 0x20;
const MAJOR_BYTES = 0x40;
const MAJOR_TEXT = 0x60;
const MAJOR_ARRAY = 0x80;
const MAJOR_MAP = 0xa0;
const FALSE = 0xf4;
const TRUE = 0xf5;
const NULL = 0xf6;
const LINK_TAG = Uint8Array.of(0xd8, 42);
const ASCII_MAX = 127;
const HEAD_BYTES_MAX = 9;
const TWO_32 = 2 ** 32;

const utf8 = new TextEncoder();
let buffer = new Uint8Array(64 * 1024);
let at = 0;
let isJson = true;

export type Encoded = {
  readonly bytes: Uint8Array;
  /** Whether the value has neither links nor bytes, and so is plain JSON. */
  readonly isJson: boolean;
};

/**
 * Encodes a value; properties that are undefined are left out. Throws on what the data model does
 * not know: fractions, integers that are not safe, strings with lone surrogates.
 */
export function encodeDagCbor(value: Encodable): Encoded {
  at = 0;
  isJson = true;
  write(value);
  return { bytes: buffer.slice(0, at), isJson };
}

function reserve(bytes: number): void {
  if (at + bytes <= buffer.length) return;
  const grown = new Uint8Array(Math.max(buffer.length * 2, at + bytes));
  grown.set(buffer);
  buffer = grown;
}

function head(major: number, count: number): void {
  reserve(HEAD_BYTES_MAX);
  if (count < 24) {
    buffer[at++] = major | count;
    return;
  }
  const bytes = count < 0x100 ? 1 : count < 0x10000 ? 2 : count < TWO_32 ? 4 : 8;
  buffer[at++] = major | (bytes === 1 ? 24 : bytes === 2 ? 25 : bytes === 4 ? 26 : 27);
  if (bytes === 8) unsigned(Math.floor(count / TWO_32), 4);
  unsigned(count % TWO_32, Math.min(bytes, 4));
}

function unsigned(value: number, bytes: number): void {
  for (let shift = (bytes - 1) * 8; shift >= 0; shift -= 8) buffer[at++] = (value >>> shift) & 255;
}

function text(value: string): void {
  const { length } = value;
  reserve(HEAD_BYTES_MAX + length);
  const start = at;
  head(MAJOR_TEXT, length);
  for (let unit = 0; unit < length; unit += 1) {
    const code = value.charCodeAt(unit);
    if (code > ASCII_MAX) {
      at = start;
      unicodeText(value);
      return;
    }
    buffer[at++] = code;
  }
}

function unicodeText(value: string): void {
  if (!value.isWellFormed()) throw new Error('DAG-CBOR: a string has a lone surrogate');
  byteString(MAJOR_TEXT, utf8.encode(value));
}

function byteString(major: number, bytes: Uint8Array): void {
  head(major, bytes.length);
  reserve(bytes.length);
  buffer.set(bytes, at);
  at += bytes.length;
}

function write(value: Encodable): void {
  if (typeof value === 'string') text(value);
  else if (typeof value === 'number') integer(value);
  else if (typeof value === 'boolean' || value === null) simple(value);
  else if (typeof value !== 'object') throw new Error(`DAG-CBOR: no encoding of ${typeof value}`);
  else if (Array.isArray(value)) array(value);
  else if (value instanceof Uint8Array) bytes(value);
  else if (isLink(value)) link(value);
  else map(value as { readonly [key: string]: Encodable });
}

function integer(value: number): void {
  if (!Number.isSafeInteger(value)) throw new Error(`DAG-CBOR: ${value} is not a safe integer`);
  if (value >= 0) head(MAJOR_UNSIGNED, value);
  else head(MAJOR_NEGATIVE, -1 - value);
}

function simple(value: boolean | null): void {
  reserve(1);
  buffer[at++] = value === null ? NULL : value ? TRUE : FALSE;
}

function array(value: readonly Encodable[]): void {
  head(MAJOR_ARRAY, value.length);
  for (const item of value) write(item);
}

const isLink = (value: object): value is Link =>
  'multihash' in value && 'bytes' in value && value.bytes instanceof Uint8Array;

function bytes(value: Uint8Array): void {
  isJson = false;
  byteString(MAJOR_BYTES, value);
}

function link(value: Link): void {
  isJson = false;
  reserve(LINK_TAG.length);
  buffer.set(LINK_TAG, at);
  at += LINK_TAG.length;
  head(MAJOR_BYTES, value.bytes.length + 1);
  reserve(value.bytes.length + 1);
  buffer[at++] = 0;
  buffer.set(value.bytes, at);
  at += value.bytes.length;
}

function map(value: { readonly [key: string]: Encodable }): void {
  const keys: string[] = [];
  let ascii = true;
  for (const key of Object.keys(value)) {
    if (value[key] === undefined) continue;
    keys.push(key);
    ascii &&= isAscii(key);
  }
  keys.sort(ascii ? byLength : byBytes);
  head(MAJOR_MAP, keys.length);
  for (const key of keys) {
    text(key);
    write(value[key]);
  }
}

function isAscii(value: string): boolean {
  for (let unit = 0; unit < value.length; unit += 1) {
    if (value.charCodeAt(unit) > ASCII_MAX) return false;
  }
  return true;
}

const byLength = (one: string, other: string): number =>
  one.length - other.length || (one < other ? -1 : 1);

function byBytes(one: string, other: string): number {
  const left = utf8.encode(one);
  const right = utf8.encode(other);
  if (left.length !== right.length) return left.length - right.length;
  const different = left.findIndex((byte, index) => byte !== right[index]);
  return (left[different] ?? 0) - (right[different] ?? 0);
}
