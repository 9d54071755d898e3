/**
 * The head of a repository: one token that stands for everything in it, so that whoever kept it
 * finds rewritten history later, without keeping the repository.
 *
 *     head3~<did>~<rev>~<commit>~<kind>.<count>[.<last key>.<digest>]~…
 *
 * The digest is the SHA-256, in hexadecimal, of the lines `<key> <cid>\n` of that kind, in the order
 * of the keys, up to the last key. Kinds without one are counted only, as `head1` did with all that
 * may be replaced. `decision` stands for the evaluations that decided about evidence, before reviews
 * had a record of their own: `head1` and `head2` call them `review`.
 */
import { sha256 as createHash } from '@noble/hashes/sha2.js';
import { bytesToHex } from '@noble/hashes/utils.js';
import { US_PER_MS } from '../lib/clock.ts';
import { decisionsOf } from './decisions.ts';
import { keysOfKind } from './keys.ts';
import { KINDS, type Kind } from './kinds.ts';
import type { Keys, Repository } from './repository.ts';

/** What a head has a mark of: each kind, and those evaluations that are never replaced. */
export type Marked = Kind | 'decision';

/** A head says this of one kind of record. */
export type Mark = {
  readonly count: number;
  /** Unless there was none. */
  readonly last?: { readonly rkey: string; readonly digest: string };
};

export type Head = NonNullable<ReturnType<typeof parseHead>>;

const MARKED: readonly Marked[] = [...KINDS, 'decision'];
const PREFIX = 'head3';
/** What marks were called before. */
const FORMER_NAMES: Readonly<Record<string, string>> = { review: 'decision', event: 'collection' };
const FORMER_PREFIXES = ['head1', 'head2'];
/** A key that can stand in a head. */
const KEY = /^[A-Za-z0-9._:-]{1,512}$/;
const BETWEEN = '~';
const TID_SYMBOLS = '234567abcdefghijklmnopqrstuvwxyz';
const CLOCK_ID_SYMBOLS = 2;
const ascii = new TextEncoder();

export const keysOfMark = (repository: Repository, marked: Marked): Keys =>
  marked === 'decision' ? decisionsOf(repository) : keysOfKind(repository, marked);

/** The digest of the first `count` of some records. */
export function digestOf(repository: Repository, keys: Keys, count: number): string {
  const hash = createHash.create();
  for (let at = 0; at < count; at += 1) {
    hash.update(ascii.encode(`${keys.rkeys[at]} ${repository.cid(keys, at)}\n`));
  }
  return bytesToHex(hash.digest());
}

/** The head of a repository as it is now. */
export function headOf(repository: Repository): string {
  const marks = MARKED.map((marked) => {
    const keys = keysOfMark(repository, marked);
    const count = keys.rkeys.length;
    const last = keys.rkeys.at(-1);
    if (last === undefined || !KEY.test(last)) return `${marked}.${count}`;
    return `${marked}.${count}.${last}.${digestOf(repository, keys, count)}`;
  });
  return [PREFIX, repository.did, repository.rev, repository.commit, ...marks].join(BETWEEN);
}

const MARK = /^([a-z]+)\.(\d{1,9})(?:\.([A-Za-z0-9._:-]{1,512})\.([0-9a-f]{64}))?$/;

/** Reads a head that was printed before; undefined for any other text. */
export function parseHead(text: string) {
  const [prefix, did = '', rev = '', commit = '', ...rest] = text.split(BETWEEN);
  const isFormer = FORMER_PREFIXES.includes(prefix ?? '');
  if (prefix !== PREFIX && !isFormer) return undefined;
  if (!/^[234567a-z]{13}$/.test(rev) || commit === '') return undefined;
  const marks = new Map<Marked, Mark>();
  for (const part of rest) {
    const [, name, count, rkey, digest] = MARK.exec(part) ?? [];
    if (name === undefined) return undefined;
    const called = isFormer ? (FORMER_NAMES[name] ?? name) : name;
    const marked = MARKED.find((one) => one === called);
    // A newer version may know kinds that this one does not.
    if (marked === undefined) continue;
    const isMarked = rkey !== undefined && digest !== undefined;
    marks.set(marked, { count: Number(count), ...(isMarked ? { last: { rkey, digest } } : {}) });
  }
  return { did, rev, commit, marks, isFormer };
}

/** The time (µs) in a TID. */
export const timeUsOfTid = (tid: string): number =>
  [...tid.slice(0, -CLOCK_ID_SYMBOLS)].reduce(
    (timeUs, symbol) => timeUs * 32 + TID_SYMBOLS.indexOf(symbol),
    0,
  );

/** The time (ms) in a TID. */
export const timeOfTid = (tid: string): number => timeUsOfTid(tid) / US_PER_MS;
