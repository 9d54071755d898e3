/**
 * Walks the Merkle search tree of a repository from its root: every record with its key, in order.
 * The tree must be the one and only tree of these records. Each node is read once: the walk goes on
 * past a node that is not there, and ends at the first that is not as it has to be. Source: the repository specification, MST structure.
 */
import { NO_BLOCK } from './block-index.ts';
import { type Car, readBlock } from './car.ts';
import { decodeCbor, keepLink, Link } from './cbor.ts';
import { cidText, digestOfCid, type Sha256 } from './cids.ts';
import type { FindingCode } from './findings.ts';

/** Told of every record; `block` is `NO_BLOCK` when it is not there. */
export type Visit = (key: string, block: number) => void;

/** Told what is wrong, and after which key; the first has none before it. */
export type Fault = (code: FindingCode, what: string, after: string | undefined) => void;

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

/**
 * Walks the tree below `root` (a SHA-256). `reached` is told the number of every block of the tree
 * itself, once each. Answers whether all of the tree could be walked.
 */
export function walkTree(
  car: Car,
  root: Uint8Array,
  tell: { visit: Visit; fault: Fault; reached: (block: number) => void; sha256: Sha256 },
): boolean {
  const { index } = car;
  let isWhole = true;
  /** After a node that is wrong in itself, nobody can say what the rest stands for. */
  let isOver = false;
  const isRead = new Uint8Array(index.count());
  let lastKey: Uint8Array = new Uint8Array(0);
  let lastName = '';
  const buffer = new Uint8Array(KEY_BYTES_MAX);

  const fail = (code: FindingCode, what: string): void => {
    isWhole = false;
    if (code === 'tree-malformed') isOver = true;
    tell.fault(code, what, lastName === '' ? undefined : lastName);
  };

  const walk = (digest: Uint8Array, layer: number, isRoot: boolean): void => {
    const block = index.find(digest);
    if (block === NO_BLOCK) {
      fail('tree-missing', `The node ${cidText(digest)} is missing`);
      return;
    }
    if (isRead[block] === 1) {
      fail('tree-malformed', `The node ${cidText(digest)} is led to a second time`);
      return;
    }
    isRead[block] = 1;
    tell.reached(block);
    if (!index.isSound(block)) {
      fail('tree-damaged', `The node ${cidText(digest)} has other bytes than its CID says`);
      return;
    }
    const node = parseNode(readBlock(car, block));
    if (node === undefined) {
      fail('tree-malformed', `The node ${cidText(digest)} cannot be read`);
      return;
    }
    // Only a tree without any record is an empty node; only inner nodes may have no keys.
    if (node.e.length === 0 && isRoot !== (node.l === null)) {
      fail('tree-malformed', `The node ${cidText(digest)} is empty`);
      return;
    }
    walkNode(node, digest, layer);
  };

  const walkNode = (node: Node, digest: Uint8Array, expected: number): void => {
    let layer = expected;
    const nodeName = () => cidText(digest);
    const below = (link: Link | null): boolean => {
      if (link === null) return true;
      const child = digestOfCid(link.cid);
      if (child === undefined || layer === 0) {
        fail('tree-malformed', `The node ${nodeName()} leads to none below it`);
        return false;
      }
      walk(child, layer === UNKNOWN_LAYER ? UNKNOWN_LAYER : layer - 1, false);
      return !isOver;
    };
    const keys = keysOf(node, buffer);
    if (keys === undefined) {
      fail('tree-malformed', `The keys in the node ${nodeName()} are not well-formed`);
      return;
    }
    for (const key of keys) {
      const own = layerOf(key, tell.sha256);
      if (layer === UNKNOWN_LAYER) layer = own;
      if (own !== layer || own > LAYERS_MAX) {
        fail('tree-malformed', `A key in the node ${nodeName()} is on the wrong layer`);
        return;
      }
    }
    if (!below(node.l)) return;
    for (const [at, entry] of node.e.entries()) {
      const key = keys[at] as Uint8Array;
      const name = textOf(key);
      if (compare(key, lastKey) <= 0 && lastName !== '') {
        const how = name === lastName ? 'is double' : 'is not in order';
        fail('tree-malformed', `The key ${name} in the node ${nodeName()} ${how}`);
        return;
      }
      lastKey = key;
      lastName = name;
      const value = digestOfCid(entry.v.cid);
      if (value === undefined) {
        fail('tree-malformed', `${name} has no CID of ATProto's form`);
        return;
      }
      tell.visit(name, index.find(value));
      if (!below(entry.t)) return;
    }
  };

  walk(root, UNKNOWN_LAYER, true);
  return isWhole;
}

/** A node in exactly the shape that a node has. */
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

function compare(one: Uint8Array, other: Uint8Array): number {
  const length = Math.min(one.length, other.length);
  for (let at = 0; at < length; at += 1) {
    const difference = (one[at] as number) - (other[at] as number);
    if (difference !== 0) return difference;
  }
  return one.length - other.length;
}
