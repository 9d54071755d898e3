/**
 * Reads DAG-CBOR as ATProto writes it, and nothing else: one value in its one canonical form.
 * Bytes that could be read in two ways are refused, so that no reader sees another record than we do.
 * Source: the data model section of the ATProto specification, and RFC 8949.
 */

/** A link to another block: the bytes of its CID. */
export class Link {
  readonly cid: Uint8Array;
  constructor(cid: Uint8Array) {
    this.cid = cid;
  }
}

/** As links are kept where nothing else is asked for. */
export const keepLink = (cid: Uint8Array): Link => new Link(cid.slice());

/** Bytes that are not the canonical DAG-CBOR of any ATProto value. */
export class CborError extends Error {
  override readonly name = 'CborError';
}

const MAJOR_UNSIGNED = 0;
const MAJOR_NEGATIVE = 1;
const MAJOR_BYTES = 2;
const MAJOR_TEXT = 3;
const MAJOR_ARRAY = 4;
const MAJOR_TAG = 6;
const FALSE = 0xf4;
const TRUE = 0xf5;
const NULL = 0xf6;
const LINK_TAG = 42;
/** Records nest a handful of levels; more is an attack on the stack. */
const DEPTH_MAX = 64;
const TWO_32 = 2 ** 32;
/** Up to this length, putting a text together by hand is faster than a decoder. */
const SHORT_TEXT = 24;

const utf8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

let bytes = new Uint8Array(0);
let at = 0;
let depth = 0;
let toLink: (cid: Uint8Array) => unknown = (cid) => cid;

/**
 * The value that these bytes are. `link` makes what a link becomes from the bytes of its CID, which
 * are only lent. Throws a `CborError`.
 */
export function decodeCbor(encoded: Uint8Array, link: (cid: Uint8Array) => unknown): unknown {
  bytes = encoded as typeof bytes;
  at = 0;
  depth = 0;
  toLink = link;
  const value = read();
  if (at !== bytes.length) throw new CborError('there are bytes after its end');
  return value;
}

function byte(): number {
  const value = bytes[at];
  if (value === undefined) throw new CborError('it ends too early');
  at += 1;
  return value;
}

function read(): unknown {
  const head = byte();
  const major = head >> 5;
  if (major === 7) return simple(head);
  const count = argument(head & 31);
  if (major === MAJOR_UNSIGNED) return count;
  if (major === MAJOR_NEGATIVE) return negative(count);
  if (major === MAJOR_BYTES) return take(count).slice();
  if (major === MAJOR_TEXT) return text(count);
  if (major === MAJOR_TAG) return link(count);
  depth += 1;
  if (depth > DEPTH_MAX) throw new CborError('it is nested too deeply');
  const value = major === MAJOR_ARRAY ? array(count) : map(count);
  depth -= 1;
  return value;
}

function simple(head: number): boolean | null {
  if (head === FALSE) return false;
  if (head === TRUE) return true;
  if (head === NULL) return null;
  throw new CborError('it has a value that ATProto does not know, such as a fraction');
}

function negative(count: number): number {
  if (count === Number.MAX_SAFE_INTEGER) throw new CborError('it has a number that is too big');
  return -1 - count;
}

/** The number in or after a head, in the shortest form there is for it. */
function argument(info: number): number {
  if (info < 24) return info;
  if (info > 27) throw new CborError('it has a length that is not told');
  const size = 1 << (info - 24);
  let value = 0;
  for (let count = 0; count < size; count += 1) value = value * 256 + byte();
  const least = size === 1 ? 24 : size === 2 ? 0x100 : size === 4 ? 0x1_0000 : TWO_32;
  if (value < least) throw new CborError('a number in it is longer than it needs to be');
  if (!Number.isSafeInteger(value)) throw new CborError('it has a number that is too big');
  return value;
}

function take(length: number): Uint8Array {
  const end = at + length;
  if (end > bytes.length) throw new CborError('it ends too early');
  const part = bytes.subarray(at, end);
  at = end;
  return part;
}

function text(length: number): string {
  if (length <= SHORT_TEXT && at + length <= bytes.length) {
    let short = '';
    const end = at + length;
    for (let index = at; index < end; index += 1) {
      const code = bytes[index] as number;
      if (code > 127) return longText(length);
      short += String.fromCharCode(code);
    }
    at = end;
    return short;
  }
  return longText(length);
}

function longText(length: number): string {
  try {
    return utf8.decode(take(length));
  } catch (cause) {
    if (cause instanceof CborError) throw cause;
    throw new CborError('a text in it is not UTF-8', { cause });
  }
}

function link(tag: number): unknown {
  if (tag !== LINK_TAG) throw new CborError('it has a tag that ATProto does not know');
  const head = byte();
  if (head >> 5 !== MAJOR_BYTES) throw new CborError('a link in it is not bytes');
  const cid = take(argument(head & 31));
  if (cid[0] !== 0 || cid.length < 2) throw new CborError('a link in it is not a CID');
  return toLink(cid.subarray(1));
}

function array(count: number): unknown[] {
  // Each item takes a byte at least: a count that cannot be reserves nothing.
  if (count > bytes.length - at) throw new CborError('it ends too early');
  const items: unknown[] = [];
  for (let index = 0; index < count; index += 1) items.push(read());
  return items;
}

function map(count: number): Record<string, unknown> {
  if (count > bytes.length - at) throw new CborError('it ends too early');
  const value: Record<string, unknown> = {};
  let lastStart = 0;
  let lastLength = -1;
  for (let index = 0; index < count; index += 1) {
    const head = byte();
    if (head >> 5 !== MAJOR_TEXT) throw new CborError('a key in it is not a text');
    const length = argument(head & 31);
    const start = at;
    const key = text(length);
    if (!isAfter(start, length, lastStart, lastLength)) {
      throw new CborError('its keys are double or not in order');
    }
    lastStart = start;
    lastLength = length;
    const item = read();
    if (key === '__proto__') {
      Object.defineProperty(value, key, { value: item, enumerable: true, configurable: true });
    } else {
      value[key] = item;
    }
  }
  return value;
}

/** Keys are in the order of their lengths, then of their bytes. */
function isAfter(start: number, length: number, lastStart: number, lastLength: number): boolean {
  if (length !== lastLength) return length > lastLength;
  for (let index = 0; index < length; index += 1) {
    const difference = (bytes[start + index] as number) - (bytes[lastStart + index] as number);
    if (difference !== 0) return difference > 0;
  }
  return false;
}
