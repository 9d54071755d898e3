import type { LexValue } from '@atproto/lex-data';
import { lexToJson } from '@atproto/lex-json';
import type { Tx } from '../store/store.ts';
import { encodeRecord } from './encode.ts';
import type { Times } from './kinds/fields.ts';
import { COLLECTIONS, type Facts, KINDS, type Kind, type Values } from './kinds/index.ts';
import { type RecordUri, recordUri, type StrongRef } from './strong-ref.ts';

/** The part of a transaction that staging needs. */
type StagingTx = { readonly records: Pick<Tx['records'], 'stage' | 'get' | 'newestKey'> };

/** The repository that the records are meant for. */
type Repository = {
  readonly did: string;
  /** Gives a new record key. */
  readonly newTid: () => string;
};

/** A record's key, and the CID of its newest version, as the store keeps them. */
type Keyed = { readonly rkey: string; readonly cid: string };

/**
 * The city's public records, written within one transaction: each is queued for the repository,
 * and its CID is known before anything is published. Writing throws when a record does not fit its
 * lexicon.
 */
export class Records {
  readonly #repository: Repository;
  readonly #tx: StagingTx;
  readonly #decidedAt: number;
  #count = 0;

  /** `decidedAt` (ms) is the same for everything that is decided together. */
  constructor(repository: Repository, tx: StagingTx, decidedAt: number) {
    this.#repository = repository;
    this.#tx = tx;
    this.#decidedAt = decidedAt;
  }

  /** How many versions of records were written so far. */
  get count(): number {
    return this.#count;
  }

  /** Writes a new record, under a new key unless it has one of its own. */
  create<K extends Kind>(
    kind: K,
    facts: Facts[K],
    rkey: string = this.#repository.newTid(),
  ): StrongRef & Keyed {
    return this.#stage('create', kind, { rkey, value: KINDS[kind].build(facts) });
  }

  /** Writes a new version of a record. */
  update<K extends Kind>(
    kind: K,
    { rkey }: Pick<Keyed, 'rkey'>,
    facts: Facts[K],
  ): StrongRef & Keyed {
    return this.#stage('update', kind, { rkey, value: KINDS[kind].build(facts) });
  }

  /**
   * Writes a record that keeps its key for good, when it is new or says something else than it did;
   * whether it was. `factsAt` gets the times of the version to write, and the version before.
   */
  put<K extends Kind>(
    kind: K,
    rkey: string,
    factsAt: (times: Times, before: Values[K] | undefined) => Facts[K],
  ): boolean {
    const row = this.#tx.records.get(COLLECTIONS[kind], rkey);
    if (row === undefined) {
      this.create(kind, factsAt({ createdAt: this.#decidedAt }, undefined), rkey);
      return true;
    }
    const before: Values[K] & { readonly createdAt: string } = JSON.parse(row.value);
    const times = { createdAt: Date.parse(before.createdAt), updatedAt: this.#decidedAt };
    const value = KINDS[kind].build(factsAt(times, before));
    const written = lexToJson(value as LexValue) as Values[K];
    if (contentOf(written) === contentOf(before)) return false;
    this.#stage('update', kind, { rkey, value });
    return true;
  }

  /** Refers to the newest version of a record. */
  ref(kind: Kind, { rkey, cid }: Keyed): StrongRef {
    return { uri: this.uri(kind, rkey), cid };
  }

  /** The address of a record. */
  uri(kind: Kind, rkey: string): RecordUri {
    return recordUri(this.#repository.did, COLLECTIONS[kind], rkey);
  }

  /** The record of a kind that was created last. */
  newest<K extends Kind>(kind: K): Values[K] | undefined {
    const rkey = this.#tx.records.newestKey(COLLECTIONS[kind]);
    return rkey === undefined ? undefined : this.get(kind, rkey);
  }

  /** The newest version of a record; undefined where there is none under this key. */
  get<K extends Kind>(kind: K, rkey: string): Values[K] | undefined {
    const row = this.#tx.records.get(COLLECTIONS[kind], rkey);
    return row && JSON.parse(row.value);
  }

  /** Refers to the newest version of the record with this key; undefined where there is none. */
  newestRef(kind: Kind, rkey: string): StrongRef | undefined {
    const row = this.#tx.records.get(COLLECTIONS[kind], rkey);
    return row && this.ref(kind, row);
  }

  #stage<K extends Kind>(
    operation: 'create' | 'update',
    kind: K,
    { rkey, value }: { readonly rkey: string; readonly value: Values[K] },
  ): StrongRef & Keyed {
    this.#count += 1;
    const { cid, json } = encodeRecord(KINDS[kind], value);
    this.#tx.records.stage({
      collection: COLLECTIONS[kind],
      rkey,
      operation,
      cid,
      value: json,
      stagedAt: this.#decidedAt,
    });
    return { rkey, cid, uri: this.uri(kind, rkey) };
  }
}

/** A record without the times of its versions, in an order of its own: a repository has another. */
function contentOf(record: object): string {
  const { createdAt: _created, updatedAt: _updated, ...content } = record as Partial<Times>;
  return JSON.stringify(content, (_key, value: unknown) =>
    typeof value === 'object' && value !== null && !Array.isArray(value)
      ? Object.fromEntries(Object.entries(value).sort(([one], [other]) => (one < other ? -1 : 1)))
      : value,
  );
}
