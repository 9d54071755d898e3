/**
 * The head of a repository: one token that stands for everything in it, so that whoever kept it
 * finds rewritten history later, without keeping the repository.
 *
 *     head2~<did>~<rev>~<commit>~<kind>.<count>[.<last key>.<digest>]~…
 *
 * The digest is the SHA-256, in hexadecimal, of the lines `<key> <cid>\n` of that kind, in the order
 * of the keys, up to the last key. Kinds without one are counted only, as `head1` did with all that
 * may be replaced.
 */
import { sha256 as createHash } from '@noble/hashes/sha2.js';
import { bytesToHex } from '@noble/hashes/utils.js';
import { US_PER_MS } from '../lib/clock.ts';
import { KINDS, type Kind, nsidOf } from './kinds.ts';
import type { Keys, Repository } from './repository.ts';

/** A head says this of one kind of record. */
export type Mark = {
  readonly count: number;
  /** Unless there was none. */
  readonly last?: { readonly rkey: string; readonly digest: string };
};

export type Head = NonNullable<ReturnType<typeof parseHead>>;

const PREFIX = 'head2';
const FORMER_PREFIX = 'head1';
/** A key that can stand in a head. */
const KEY = /^[A-Za-z0-9._:-]{1,512}$/;
const BETWEEN = '~';
const TID_SYMBOLS = '234567abcdefghijklmnopqrstuvwxyz';
const CLOCK_ID_SYMBOLS = 2;
const NO_KEYS: Keys = { rkeys: [], blocks: [] };
const ascii = new TextEncoder();

export const keysOfKind = (repository: Repository, kind: Kind): Keys =>
  repository.collections.get(nsidOf(kind)) ?? NO_KEYS;

/** The digest of the first `count` records of a kind. */
export function digestOf(repository: Repository, kind: Kind, count: number): string {
  const keys = keysOfKind(repository, kind);
  const hash = createHash.create();
  for (let at = 0; at < count; at += 1) {
    hash.update(ascii.encode(`${keys.rkeys[at]} ${repository.cid(keys, at)}\n`));
  }
  return bytesToHex(hash.digest());
}

/** The head of a repository as it is now. */
export function headOf(repository: Repository): string {
  const marks = KINDS.map((kind) => {
    const { rkeys } = keysOfKind(repository, kind);
    const last = rkeys.at(-1);
    if (last === undefined || !KEY.test(last)) return `${kind}.${rkeys.length}`;
    return `${kind}.${rkeys.length}.${last}.${digestOf(repository, kind, rkeys.length)}`;
  });
  return [PREFIX, repository.did, repository.rev, repository.commit, ...marks].join(BETWEEN);
}

const MARK = /^([a-z]+)\.(\d{1,9})(?:\.([A-Za-z0-9._:-]{1,512})\.([0-9a-f]{64}))?$/;

/** Reads a head that was printed before; undefined for any other text. */
export function parseHead(text: string) {
  const [prefix, did = '', rev = '', commit = '', ...rest] = text.split(BETWEEN);
  if (prefix !== PREFIX && prefix !== FORMER_PREFIX) return undefined;
  if (!/^[234567a-z]{13}$/.test(rev) || commit === '') return undefined;
  const marks = new Map<Kind, Mark>();
  for (const part of rest) {
    const [, name, count, rkey, digest] = MARK.exec(part) ?? [];
    const kind = KINDS.find((one) => one === name);
    // A newer version may know kinds that this one does not.
    if (name === undefined) return undefined;
    if (kind === undefined) continue;
    const isMarked = rkey !== undefined && digest !== undefined;
    marks.set(kind, { count: Number(count), ...(isMarked ? { last: { rkey, digest } } : {}) });
  }
  return { did, rev, commit, marks };
}

/** The time (µs) in a TID. */
export const timeUsOfTid = (tid: string): number =>
  [...tid.slice(0, -CLOCK_ID_SYMBOLS)].reduce(
    (timeUs, symbol) => timeUs * 32 + TID_SYMBOLS.indexOf(symbol),
    0,
  );

/** The time (ms) in a TID. */
export const timeOfTid = (tid: string): number => timeUsOfTid(tid) / US_PER_MS;
