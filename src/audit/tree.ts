/**
 * Walks the Merkle search tree of a repository from its root: every record with its key, in order.
 * The tree must be the one and only tree of these records. Each node is read once: the walk goes on
 * past a node that is not there, and ends at the first that is not as it has to be. Source: the
 * repository specification, MST structure.
 */
import { NO_BLOCK } from './block-index.ts';
import { type Car, readBlock } from './car.ts';
import { decodeCbor, keepLink, Link } from './cbor.ts';
import { cidText, digestOfCid, type Sha256 } from './cids.ts';
import type { FindingCode } from './findings.ts';

type Entry = {
  readonly p: number;
  readonly k: Uint8Array;
  readonly v: Link;
  readonly t: Link | null;
};
type Node = { readonly l: Link | null; readonly e: readonly Entry[] };

const LAYERS_MAX = 128;
const KEY_BYTES_MAX = 1024;
/** `<collection>/<record key>` in the characters that either may have. */
const KEY = /^[a-zA-Z][a-zA-Z0-9.-]{0,316}\/[a-zA-Z0-9._:~-]{1,512}$/;
const UNKNOWN_LAYER = -1;

/** How many pairs of zero bits the hash of a key begins with: the layer that it lies on. */
function layerOf(key: Uint8Array, sha256: Sha256): number {
  let layer = 0;
  for (const byte of sha256(key)) {
    if (byte < 64) layer += 1;
    if (byte < 16) layer += 1;
    if (byte < 4) layer += 1;
    if (byte !== 0) return layer;
    layer += 1;
  }
  return layer;
}

type Tell = {
  /** Told of every record; `block` is `NO_BLOCK` when it is not there. */
  readonly visit: (key: string, block: number) => void;
  /** Told what is wrong, and after which key; the first has none before it. */
  readonly fault: (code: FindingCode, what: string, after: string | undefined) => void;
  /** Told the number of every block of the tree itself, once each. */
  readonly reached: (block: number) => void;
  readonly sha256: Sha256;
};

/** How far the walk has come. */
type Walk = {
  readonly car: Car;
  readonly tell: Tell;
  /** By the number of a block, whether the walk came through it. */
  readonly isRead: Uint8Array;
  /** Keys are put together in it. */
  readonly buffer: Uint8Array;
  lastName: string;
  isWhole: boolean;
  /** After a node that is wrong in itself, nobody can say what the rest stands for. */
  isOver: boolean;
};

/** Walks the tree below `root` (a SHA-256). Answers whether all of the tree could be walked. */
export function walkTree(car: Car, root: Uint8Array, tell: Tell): boolean {
  const walk: Walk = {
    car,
    tell,
    isRead: new Uint8Array(car.index.count()),
    buffer: new Uint8Array(KEY_BYTES_MAX),
    lastName: '',
    isWhole: true,
    isOver: false,
  };
  walkFrom(walk, root, UNKNOWN_LAYER);
  return walk.isWhole;
}

function fail(walk: Walk, code: FindingCode, what: string): undefined {
  walk.isWhole = false;
  if (code === 'tree-malformed') walk.isOver = true;
  walk.tell.fault(code, what, walk.lastName === '' ? undefined : walk.lastName);
}

/** A node that is sound in itself, with its whole keys. */
type Opened = {
  readonly digest: Uint8Array;
  readonly layer: number;
  readonly node: Node;
  readonly keys: readonly Uint8Array[];
};

/** Walks the node with a digest, which has to lie on a layer, and all below it. */
function walkFrom(walk: Walk, digest: Uint8Array, layer: number): void {
  const opened = openNode(walk, digest, layer);
  if (opened !== undefined) walkEntries(walk, opened);
}

/** Only the root lies on a layer that is not known before. */
function openNode(walk: Walk, digest: Uint8Array, expected: number): Opened | undefined {
  const { car, isRead } = walk;
  const wrong = (code: FindingCode, what: string) =>
    fail(walk, code, `The node ${cidText(digest)} ${what}`);
  const block = car.index.find(digest);
  if (block === NO_BLOCK) return wrong('tree-missing', 'is missing');
  if (isRead[block] === 1) return wrong('tree-malformed', 'is led to a second time');
  isRead[block] = 1;
  walk.tell.reached(block);
  if (!car.index.isSound(block)) return wrong('tree-damaged', 'has other bytes than its CID says');
  const node = parseNode(readBlock(car, block));
  if (node === undefined) return wrong('tree-malformed', 'cannot be read');
  // Only a tree without any record is an empty node; only inner nodes may have no keys.
  const isRoot = expected === UNKNOWN_LAYER;
  if (node.e.length === 0 && isRoot !== (node.l === null)) {
    return wrong('tree-malformed', 'is empty');
  }
  const keys = keysOf(node, walk.buffer);
  if (keys === undefined) {
    const what = `The keys in the node ${cidText(digest)} are not well-formed`;
    return fail(walk, 'tree-malformed', what);
  }
  const layer = layerOfAll(keys, expected, walk.tell.sha256);
  if (layer === undefined) {
    const what = `A key in the node ${cidText(digest)} is on the wrong layer`;
    return fail(walk, 'tree-malformed', what);
  }
  return { digest, layer, node, keys };
}

/** Walks the entries of a node, and what is below it, in the order of the keys. */
function walkEntries(walk: Walk, opened: Opened): void {
  const { node, keys } = opened;
  if (!walkBelow(walk, node.l, opened)) return;
  for (const [at, entry] of node.e.entries()) {
    const name = textOf(keys[at] as Uint8Array);
    // Keys are ASCII, so their texts have the order of their bytes.
    if (name <= walk.lastName) {
      const how = name === walk.lastName ? 'is double' : 'is not in order';
      const what = `The key ${name} in the node ${cidText(opened.digest)} ${how}`;
      fail(walk, 'tree-malformed', what);
      return;
    }
    walk.lastName = name;
    const value = digestOfCid(entry.v.cid);
    if (value === undefined) {
      fail(walk, 'tree-malformed', `${name} has no CID of ATProto's form`);
      return;
    }
    walk.tell.visit(name, walk.car.index.find(value));
    if (!walkBelow(walk, entry.t, opened)) return;
  }
}

/** Walks the node that a link leads to; answers whether the walk goes on. */
function walkBelow(walk: Walk, link: Link | null, { digest, layer }: Opened): boolean {
  if (link === null) return true;
  const child = digestOfCid(link.cid);
  if (child === undefined || layer === 0) {
    fail(walk, 'tree-malformed', `The node ${cidText(digest)} leads to none below it`);
    return false;
  }
  walkFrom(walk, child, layer - 1);
  return !walk.isOver;
}

/** The layer of all keys of a node; undefined when it is not `expected`, or not the same. */
function layerOfAll(
  keys: readonly Uint8Array[],
  expected: number,
  sha256: Sha256,
): number | undefined {
  let layer = expected;
  for (const key of keys) {
    const own = layerOf(key, sha256);
    if (layer === UNKNOWN_LAYER) layer = own;
    if (own !== layer || own > LAYERS_MAX) return undefined;
  }
  return layer;
}

/** Decodes a node; undefined for any other shape than that of a node. */
function parseNode(bytes: Uint8Array): Node | undefined {
  let node: Node;
  try {
    node = decodeCbor(bytes, keepLink) as Node;
  } catch {
    return undefined;
  }
  if (!hasKeys(node, 'e', 'l') || !Array.isArray(node.e) || !isLinkOrNull(node.l)) {
    return undefined;
  }
  const isSound = node.e.every(
    (entry) =>
      hasKeys(entry, 'k', 'p', 't', 'v') &&
      entry.k instanceof Uint8Array &&
      Number.isSafeInteger(entry.p) &&
      entry.v instanceof Link &&
      isLinkOrNull(entry.t),
  );
  return isSound ? node : undefined;
}

const isLinkOrNull = (value: unknown): boolean => value === null || value instanceof Link;

/** Whether a value is a map with these keys and no other; the decoder gives them sorted. */
function hasKeys(value: unknown, ...keys: readonly string[]): boolean {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return false;
  const own = Object.keys(value);
  return own.length === keys.length && keys.every((key, at) => own[at] === key);
}

/**
 * The whole keys of a node's entries; undefined when one has characters that keys have not, or is
 * not written with the longest beginning that it shares with the one before.
 */
function keysOf(node: Node, buffer: Uint8Array): Uint8Array[] | undefined {
  const keys: Uint8Array[] = [];
  let last: Uint8Array | undefined;
  for (const { p, k } of node.e) {
    if (p < 0 || p > (last?.length ?? 0) || p + k.length > buffer.length) return undefined;
    if (last !== undefined && p < last.length && k[0] === last[p]) return undefined;
    if (last !== undefined) buffer.set(last.subarray(0, p));
    buffer.set(k, p);
    last = buffer.slice(0, p + k.length);
    if (!KEY.test(textOf(last))) return undefined;
    keys.push(last);
  }
  return keys;
}

const textOf = (key: Uint8Array): string => String.fromCharCode(...key);
