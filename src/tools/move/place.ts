/** Where a city can live, for moving it from one place to another. */
import type { ReadPage, Table, TablePage } from '../../store/tables.ts';

/** Where a page of rows begins: the `next` of the one before. */
type After = NonNullable<ReadPage['next']> | undefined;

/** What has to be the same in both places, or must not be. */
export type PlaceFacts = {
  /** The account whose record the city writes; null while it has none. */
  readonly did: string | null;
  /** Tells the SECRET_KEY of the place from others, and nothing about it. */
  readonly keyId: string;
  /** The same of its SECRET_KEY_PREVIOUS; null where it has none. */
  readonly previousKeyId: string | null;
  /** When the newest migration of the database was written (ms). */
  readonly shape: number;
  readonly isEmpty: boolean;
};

/** A place that a city can be read from. */
type Readable = {
  readonly tables: () => Promise<readonly Table[]>;
  readonly read: (table: string, after: After) => Promise<ReadPage>;
};

/** Where a city lives. Whoever moves it names the move, so that two do not meet. */
export type Home = Readable & {
  /** What operators know it by. */
  readonly name: string;
  readonly facts: () => Promise<PlaceFacts>;
  /** Ends everything that the city does: from now on nothing changes. Rejects where that cannot be. */
  readonly freeze: (move: string) => Promise<void>;
  /** The city goes on here after all. */
  readonly thaw: (move: string) => Promise<void>;
  /** The city lives elsewhere from now on: it must not start here again. */
  readonly leave: (move: string) => Promise<void>;
  /** How somebody has the city go on here who knows that it is nowhere else. */
  readonly wayBack: string;
  /** The keys of the pictures that wait for the public record. */
  readonly pictures: () => Promise<readonly string[]>;
  /** Undefined for one that is gone. */
  readonly picture: (key: string) => Promise<Uint8Array | undefined>;
};

/** A place that is being filled. */
export type Filling = Readable & {
  readonly write: (page: TablePage) => Promise<void>;
  readonly putPicture: (key: string, bytes: Uint8Array) => Promise<void>;
};

/** Where a city can move to. */
export type NewHome = {
  readonly name: string;
  readonly facts: () => Promise<PlaceFacts>;
  /** Has the place filled by `work`. Once that is done the city goes on there; else it does not. */
  readonly fill: <T>(work: (filling: Filling) => Promise<T>) => Promise<T>;
};
