// What a whole city of a test stands on, as both runtimes have it: ground.node.ts and
// ground.workerd.ts. Tests import `#test-ground`; package.json maps it to one of them.
import type { BaseParts } from '../../src/city/base.ts';
import type { Spool } from '../../src/media/spool-port.ts';
import type { Database } from '../../src/store/database.ts';
import type { InTransaction, Store } from '../../src/store/store.ts';

/** A migrated database of one city, gone with `close`. */
export type OpenDatabase = {
  readonly db: Database;
  readonly inTransaction: InTransaction;
  /** Changes the database behind the city's back. */
  readonly meddle: (statements: string) => void;
  readonly close: () => void;
};

/** What a city has been given of its ground, where it does not take all of it as it is. */
export type GroundOptions = {
  /** Where its database and its pictures are, on Node; a folder that goes with it where it is left out. */
  readonly folder?: string | undefined;
  /** A store in the place of the ground's own. */
  readonly opened?: { readonly store: Store; readonly close: () => void } | undefined;
  readonly spool?: Spool | undefined;
};

export type Ground = Pick<
  BaseParts,
  'store' | 'spool' | 'checkPicture' | 'createPublicFetch' | 'readFile'
> & {
  /** Where it is on the disk; empty where there is none. */
  readonly folder: string;
  readonly close: () => void;
};
