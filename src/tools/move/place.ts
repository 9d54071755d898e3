/** Where a city can live, for moving it from one place to another. */
import type { Table, TablePage } from '../../store/tables.ts';

/** A page of rows goes on behind the last row of the one before. */
type Row = TablePage['rows'][number];

/** What has to be the same in both places, or must not be. */
export type PlaceFacts = {
  /** The account whose record the city writes; null while it has none. */
  readonly did: string | null;
  /** Tells the SECRET_KEY of the place from others, and nothing about it. */
  readonly keyId: string;
  /** When the newest migration of the database was written (ms). */
  readonly shape: number;
  readonly isEmpty: boolean;
};

/** A place that a city can be read from. */
type Readable = {
  readonly tables: () => Promise<readonly Table[]>;
  readonly read: (table: string, after: Row | undefined) => Promise<TablePage>;
};

/** Where a city lives. */
export type Home = Readable & {
  /** What operators know it by. */
  readonly name: string;
  readonly facts: () => Promise<PlaceFacts>;
  /** Ends everything that the city does: from now on nothing changes. Throws where that cannot be. */
  readonly freeze: () => Promise<void>;
  /** The city goes on here. */
  readonly goOn: () => Promise<void>;
  /** The city lives elsewhere: it must not start here again. */
  readonly leave: () => Promise<void>;
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
