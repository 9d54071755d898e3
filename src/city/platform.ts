/**
 * What a city needs of the runtime that it lives in: the ports, of which each composition root brings
 * its own.
 */
import type { Context } from 'hono';
import type { Account } from '../account/directory.ts';
import type { Backups } from '../backup/port.ts';
import type { CheckPicture } from '../inbox/check-pictures.ts';
import type { Clock } from '../lib/clock.ts';
import type { Keys } from '../lib/crypto.ts';
import type { Log } from '../lib/log.ts';
import type { OutgoingOf } from '../lib/outgoing.ts';
import type { Random } from '../lib/random.ts';
import type { PictureCache } from '../media/picture-cache-port.ts';
import type { CreatePublicFetch } from '../media/public-fetch-port.ts';
import type { Spool } from '../media/spool-port.ts';
import type { Sending } from '../outbox/sending.ts';
import type { Publisher } from '../records/publisher/publisher.ts';
import type { Store } from '../store/store.ts';
import type { Assets } from '../web/assets.ts';
import type { Fetching } from './base.ts';
import type { StorageWatch } from './storage.ts';

/** Whose city it is, and what seals its secrets: known once the database was looked at. */
type CityFacts = {
  readonly store: Store;
  readonly did: string;
  readonly keys: Keys;
  readonly clock: Clock;
  readonly random: Random;
};

/** Work that is done beside the city, and ended with it. */
export type SelfAudits = {
  /** Audits the record, and has put back what is not there. One audit is made at a time. */
  readonly make: () => Promise<void>;
  readonly stop: () => Promise<void>;
};
type Drills = { readonly begin: () => void; readonly end: () => void };

export type Platform = {
  readonly store: Store;
  /** What operators know the database by. */
  readonly database: string;
  /** Brings what the log of the database holds into it, so that what was deleted is gone. */
  readonly emptyLog: () => void;
  /** Whether another program changed the database since this was last asked; left out where none can. */
  readonly wasChangedOutside?: () => boolean;
  /** How many days what was deleted stays in copies of who runs the machine; left out where none do. */
  readonly deletedKeptDays?: number;
  readonly log: Log;
  readonly spool: Spool;
  readonly checkPicture: CheckPicture;
  /**
   * Where every request of the city waits for its place, but for those of `createPublicFetch` and
   * `lookUpAccount`, which wait by themselves; left out where there are as many connections as ever.
   */
  readonly outgoing?: OutgoingOf;
  /** How much is on its way over one channel; left out where there are as many connections as ever. */
  readonly sending?: Sending;
  /** How strangers' pictures are fetched; left out where there is room for as many as ever. */
  readonly fetching?: Fetching;
  /** Where published pictures are kept that somebody looked at. */
  readonly pictures: PictureCache;
  readonly createPublicFetch: CreatePublicFetch;
  /** Looks an account up by its DID; undefined for one that is not there. */
  readonly lookUpAccount: (did: string) => Promise<Account | undefined>;
  /** Reads a file that `city.json` names; rejects where there is none. */
  readonly readFile: (path: string) => Promise<Uint8Array>;
  readonly assets: Assets;
  /** What the program holds of memory, in bytes. */
  readonly memory: () => number;
  /** The address that a request comes from, before any proxy is believed. */
  readonly remoteAddressOf: (c: Context) => string | undefined;
  readonly createStorageWatch: (facts: Pick<CityFacts, 'store' | 'clock'>) => StorageWatch;
  readonly createBackups: (facts: CityFacts) => Backups | Promise<Backups>;
  /** Audits the public record from outside; left out where the runtime has no room for that. */
  readonly createSelfAudits?: (facts: CityFacts, publisher: Publisher) => SelfAudits;
  /** Practises coming back; left out where the runtime has no room for that. */
  readonly createDrills?: (store: Store) => Drills;
};
