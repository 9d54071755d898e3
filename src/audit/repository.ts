/** Reads the repository in a CAR: the records by collection and key, each when it is asked for. */
import { decodeCid, ui8Equals } from '@atproto/lex-data';
import { NO_BLOCK } from './block-index.ts';
import { type Car, readBlock } from './car.ts';
import { CborError, decodeCbor } from './cbor.ts';
import { cidText, type Sha256 } from './cids.ts';
import type { Commit } from './commit.ts';
import type { Findings } from './findings.ts';
import { walkTree } from './tree.ts';

/** The records of one collection: keys in their order, and the block of each. */
export type Keys = {
  readonly rkeys: readonly string[];
  readonly blocks: readonly number[];
};

export type RepositoryRecord = {
  readonly collection: string;
  readonly rkey: string;
  readonly cid: string;
  readonly value: Readonly<Record<string, unknown>>;
};

export type Repository = ReturnType<typeof repositoryOf>;

export const NOWHERE = -1;

/** Records that are alike lie in one block. This many bytes of them are far more than any city has. */
const REPEATED_BYTES_MAX = 64 * 1024 * 1024;

/** `at://<did>/<collection>/<record key>`. */
export const uriOf = (did: string, collection: string, rkey: string): string =>
  `at://${did}/${collection}/${rkey}`;

/** Decodes a record; undefined for bytes that are not one. The links in it become CIDs. */
function decodeRecord(bytes: Uint8Array): Record<string, unknown> | undefined {
  try {
    const value = decodeCbor(bytes, (cid) => decodeLink(cid));
    const isRecord = typeof value === 'object' && value !== null && !Array.isArray(value);
    return isRecord ? (value as Record<string, unknown>) : undefined;
  } catch (error) {
    if (error instanceof CborError) return undefined;
    throw error;
  }
}

function decodeLink(cid: Uint8Array): unknown {
  try {
    const link = decodeCid(cid.slice());
    // One of version 0 that is written as a later one is would be read as another.
    if (ui8Equals(link.bytes, cid)) return link;
  } catch (cause) {
    throw new CborError('a link in it is not a CID', { cause });
  }
  throw new CborError('a link in it is not a CID');
}

/** How far the walk through the tree has come. */
type Reading = {
  readonly car: Car;
  readonly did: string;
  readonly findings: Findings;
  readonly progress: (done: number) => void;
  readonly collections: Map<string, { readonly rkeys: string[]; readonly blocks: number[] }>;
  /** By the number of a block, whether something leads to it. */
  readonly isReached: Uint8Array;
  count: number;
  repeatedBytes: number;
  isTooMuch: boolean;
};

/**
 * Walks the tree of a commit. What is broken goes to `findings`, each with the address of the
 * record; records that are not there or damaged are left out of the repository.
 */
export function readRepository(
  car: Car,
  commit: Commit,
  options: {
    readonly sha256: Sha256;
    readonly findings: Findings;
    readonly progress?: (done: number) => void;
  },
): Repository {
  const { did } = commit;
  const { findings, sha256, progress = () => {} } = options;
  const reading: Reading = {
    ...{ car, did, findings, progress },
    collections: new Map(),
    isReached: new Uint8Array(car.index.count()),
    count: 0,
    repeatedBytes: 0,
    isTooMuch: false,
  };
  const { isReached } = reading;
  const root = car.root === undefined ? NO_BLOCK : car.index.find(car.root);
  if (root !== NO_BLOCK) isReached[root] = 1;
  const isWhole = walkTree(car, commit.data, {
    sha256,
    visit: (key, block) => addRecord(reading, key, block),
    reached: (block) => {
      isReached[block] = 1;
    },
    fault: (code, what, after) => {
      const where =
        after === undefined ? 'before the first record' : `next after at://${did}/${after}`;
      findings.add(code, `at://${did}`, `${what}: ${where}.`);
    },
  });
  // Where the tree is broken, what it would have led to is no surprise.
  if (isWhole && !reading.isTooMuch) reportExtra(reading);
  return repositoryOf(reading, commit);
}

/** Adds the record that a key of the tree leads to. */
function addRecord(reading: Reading, key: string, block: number): void {
  const { did, findings, collections, isReached } = reading;
  const { index } = reading.car;
  const slash = key.indexOf('/');
  const collection = key.slice(0, slash);
  const uri = `at://${did}/${key}`;
  if (block === NO_BLOCK) {
    findings.add('record-missing', uri, 'The tree names this record, and it is not there.');
    return;
  }
  // Each key is a record to be read: a small file could hold terabytes of the same one.
  if (isReached[block] === 1) reading.repeatedBytes += index.length(block);
  if (reading.repeatedBytes > REPEATED_BYTES_MAX) {
    const sentence = 'Too many keys lead to the same records: those from here on are not read.';
    if (!reading.isTooMuch) findings.add('tree-malformed', uri, sentence);
    reading.isTooMuch = true;
    return;
  }
  isReached[block] = 1;
  if (!index.isSound(block)) {
    const sentence = 'The bytes of this record are not those that its CID stands for.';
    findings.add('record-damaged', uri, sentence);
    return;
  }
  let keys = collections.get(collection);
  if (keys === undefined) {
    keys = { rkeys: [], blocks: [] };
    collections.set(collection, keys);
  }
  keys.rkeys.push(key.slice(slash + 1));
  keys.blocks.push(block);
  reading.count += 1;
  if ((reading.count & 1023) === 0) reading.progress(reading.count);
}

/** Reports blocks that nothing leads to: a CAR of a repository has none. */
function reportExtra({ car, isReached, did, findings }: Reading): void {
  let extra = car.doubles;
  let example = '';
  for (let block = 0; block < isReached.length; block += 1) {
    if (isReached[block] === 1) continue;
    extra += 1;
    if (example === '') example = cidText(car.index.digest(block));
  }
  if (extra === 0) return;
  const which = example === '' ? '' : `, such as ${example}`;
  const count = extra === 1 ? 'one block that belongs' : `${extra} blocks that belong`;
  findings.add('block-extra', `at://${did}`, `There is ${count} to no record${which}.`);
}

function repositoryOf(
  {
    car,
    collections,
    did,
    count,
  }: Pick<Reading, 'car' | 'did' | 'count'> & {
    readonly collections: ReadonlyMap<string, Keys>;
  },
  commit: Pick<Commit, 'rev' | 'cid'>,
) {
  /** The SHA-256 in the CID of a record by its place; only lent. */
  const digest = (keys: Keys, at: number) => car.index.digest(keys.blocks[at] as number);
  const cid = (keys: Keys, at: number) => cidText(digest(keys, at));
  /** Decodes a record; undefined when its bytes are not those of a record. */
  const value = (keys: Keys, at: number) => decodeRecord(readBlock(car, keys.blocks[at] as number));

  /**
   * The records of a collection, or every record, by collection and key; those that cannot be read
   * are left out.
   */
  function* records(only?: string): Generator<RepositoryRecord> {
    for (const collection of only === undefined ? collections.keys() : [only]) {
      const keys = collections.get(collection) ?? { rkeys: [], blocks: [] };
      for (const [at, rkey] of keys.rkeys.entries()) {
        const read = value(keys, at);
        if (read !== undefined) yield { collection, rkey, cid: cid(keys, at), value: read };
      }
    }
  }

  return {
    did,
    /** The revision of the commit, a TID. */
    rev: commit.rev,
    /** The CID of the commit. */
    commit: commit.cid,
    collections,
    /** How many records there are. */
    count,
    /** The place of a key in its collection; -1 for none. */
    find: (collection: string, rkey: string): number =>
      placeOf(collections.get(collection)?.rkeys ?? [], rkey),
    digest,
    cid,
    value,
    records,
  };
}

/** Stands for a repository that cannot be read at all. */
export const emptyRepository = (car: Car, did: string): Repository =>
  repositoryOf({ car, did, collections: new Map(), count: 0 }, { rev: '', cid: '' });

/** The place of a key among those of its collection, which are in order. */
function placeOf(rkeys: readonly string[], rkey: string): number {
  let low = 0;
  let high = rkeys.length - 1;
  while (low <= high) {
    const middle = (low + high) >> 1;
    const key = rkeys[middle] as string;
    if (key === rkey) return middle;
    if (key < rkey) low = middle + 1;
    else high = middle - 1;
  }
  return NOWHERE;
}
