// Signed repositories made of a list of records, honest or not, without a PDS: blocks, tree and
// commit as the specification has them.
import { createHash } from 'node:crypto';
import { Secp256k1Keypair } from '@atproto/crypto';
import { type Cid, decodeCid } from '@atproto/lex-data';
import { signCommit } from '@atproto/repo';
import { type Encodable, encodeDagCbor } from './dag-cbor.ts';

export type PaperRecord = {
  readonly collection: string;
  readonly rkey: string;
  readonly value: Encodable;
};

export type Block = { readonly cid: Cid; readonly bytes: Uint8Array };

export type PaperEntry = { readonly key: string; readonly cid: Cid; readonly layer: number };

const digestOf = (bytes: Uint8Array): Uint8Array => createHash('sha256').update(bytes).digest();

export const newKey = (): Promise<Secp256k1Keypair> => Secp256k1Keypair.create();

/** A value as a block. */
export function blockOf(value: Encodable): Block {
  const bytes = encodeDagCbor(value);
  return { cid: decodeCid(Uint8Array.of(1, 0x71, 0x12, 32, ...digestOf(bytes))), bytes };
}

/** The layer of a key: how many pairs of zero bits its hash begins with. */
export function layerOf(key: string): number {
  let bits = 0;
  for (const byte of digestOf(new TextEncoder().encode(key))) {
    if (byte === 0) {
      bits += 8;
      continue;
    }
    bits += Math.clz32(byte) - 24;
    break;
  }
  return Math.floor(bits / 2);
}

/** Writes the node of entries `from` to `to` (excluded) at a layer, and those below it. */
function putNode(
  entries: readonly PaperEntry[],
  from: number,
  to: number,
  layer: number,
  put: (value: Encodable) => Cid,
): Cid {
  const below = (start: number, end: number): Cid | null =>
    start === end ? null : putNode(entries, start, end, layer - 1, put);
  const own: number[] = [];
  for (let at = from; at < to; at += 1) if (entries[at]?.layer === layer) own.push(at);
  let before = '';
  const nodes = own.map((at, index) => {
    const { key, cid } = entries[at] as PaperEntry;
    let shared = 0;
    while (shared < before.length && before[shared] === key[shared]) shared += 1;
    before = key;
    return {
      p: shared,
      k: new TextEncoder().encode(key.slice(shared)),
      v: cid as unknown as Encodable,
      t: below(at + 1, own[index + 1] ?? to) as unknown as Encodable,
    };
  });
  return put({ l: below(from, own[0] ?? to) as unknown as Encodable, e: nodes });
}

/** The blocks of a tree and its root. */
export function treeOf(
  records: readonly PaperRecord[],
  put: (value: Encodable) => Cid,
): { readonly root: Cid; readonly entries: readonly PaperEntry[] } {
  const entries = records
    .map(({ collection, rkey, value }) => {
      const key = `${collection}/${rkey}`;
      return { key, cid: put(value), layer: layerOf(key) };
    })
    .toSorted((one, other) => (one.key < other.key ? -1 : 1));
  return { root: putTree(entries, put), entries };
}

/** Writes the tree of entries, in whatever order they are, and answers its root. */
export function putTree(entries: readonly PaperEntry[], put: (value: Encodable) => Cid): Cid {
  const sorted = entries.toSorted((one, other) => (one.key < other.key ? -1 : 1));
  const top = sorted.reduce((highest, { layer }) => Math.max(highest, layer), 0);
  return putNode(sorted, 0, sorted.length, top, put);
}

function varint(value: number): number[] {
  const bytes: number[] = [];
  let rest = value;
  for (; rest > 127; rest = Math.floor(rest / 128)) bytes.push((rest & 127) | 128);
  return [...bytes, rest];
}

/** How a CAR begins; as long whatever root it names. */
export function headerOf(root: Cid): Uint8Array {
  const { bytes } = blockOf({ version: 1, roots: [root as unknown as Encodable] });
  return Uint8Array.of(...varint(bytes.length), ...bytes);
}

/** A block as it stands in a CAR. */
export const frameOf = ({ cid, bytes }: Block): readonly Uint8Array[] => [
  Uint8Array.from(varint(cid.bytes.length + bytes.length)),
  cid.bytes,
  bytes,
];

/** A CAR of blocks, with a root that need not be among them. */
export const carOf = (root: Cid, blocks: Iterable<Block>): Uint8Array =>
  new Uint8Array(Buffer.concat([headerOf(root), ...Array.from(blocks, frameOf).flat()]));

export type Signed = {
  readonly car: Uint8Array;
  readonly root: Cid;
  readonly blocks: readonly Block[];
  readonly entries: readonly PaperEntry[];
};

/** A repository of `did` with these records, signed. Blocks that are alike are there once. */
export async function signRepository(
  records: readonly PaperRecord[],
  by: { readonly did: string; readonly key: Secp256k1Keypair; readonly rev: string },
  forgeTree?: (put: (value: Encodable) => Cid, root: Cid) => Cid,
): Promise<Signed> {
  const blocks = new Map<string, Block>();
  const put = (value: Encodable): Cid => {
    const block = blockOf(value);
    blocks.set(block.cid.toString(), block);
    return block.cid;
  };
  const { root: honest, entries } = treeOf(records, put);
  const data = forgeTree?.(put, honest) ?? honest;
  const unsigned = { did: by.did, version: 3 as const, rev: by.rev, prev: null, data };
  const commit = await signCommit(unsigned as Parameters<typeof signCommit>[0], by.key);
  const root = put(commit as unknown as Encodable);
  // The commit first, as a PDS sends it.
  const all = [...blocks.values()].reverse();
  return { car: carOf(root, all), root, blocks: all, entries };
}
