/** What everything else in a city stands on. It is made first. */
import type { CheckPicture } from '../inbox/check-pictures.ts';
import type { Places } from '../inbox/fair-share.ts';
import { createTids, timeOfTid } from '../lib/ids.ts';
import type { OutgoingOf } from '../lib/outgoing.ts';
import { createSignal } from '../lib/signal.ts';
import type { Observer } from '../lib/steps.ts';
import type { CreatePublicFetch } from '../media/public-fetch-port.ts';
import type { Spool } from '../media/spool-port.ts';
import type { Sending } from '../outbox/sending.ts';
import { COLLECTION_NAMES } from '../records/kinds/index.ts';
import type { Foundation } from '../services/context.ts';
import type { Store } from '../store/store.ts';

export type Fetching = {
  readonly places: Places;
  /** How long one may take to come (ms), the waiting for a place included. */
  readonly msMax: number;
};

export type Base = {
  readonly foundation: Foundation;
  readonly store: Store;
  readonly spool: Spool;
  readonly checkPicture: CheckPicture;
  /** How strangers' pictures are fetched; in the checker's own measure where it is left out. */
  readonly fetching?: Fetching;
  /** How much is on its way over one channel; the lane's own measure where it is left out. */
  readonly sending?: Sending;
  /** Where every request of the city waits for its place; none waits where it is left out. */
  readonly outgoing?: OutgoingOf;
  readonly createPublicFetch: CreatePublicFetch;
  /** Reads a file that `city.json` names; rejects where there is none. */
  readonly readFile: (path: string) => Promise<Uint8Array>;
  readonly observer: Observer;
};

/** The rest of the foundation is made here. */
export type BaseParts = Omit<Foundation, 'newTid'> & Omit<Base, 'foundation'>;

export function createBase(parts: BaseParts): Base {
  const { store, spool, checkPicture, fetching, sending, outgoing, ...others } = parts;
  const { createPublicFetch, readFile, observer, ...facts } = others;
  return {
    foundation: createFoundation(facts, store),
    ...{ store, spool, checkPicture, createPublicFetch, readFile, observer },
    ...(fetching && { fetching }),
    ...(sending && { sending }),
    ...(outgoing && { outgoing }),
  };
}

/** Adds the maker of record keys, which goes on after those that the store has. */
export const createFoundation = (facts: Omit<Foundation, 'newTid'>, store: Store): Foundation => ({
  noticeAdded: createSignal(),
  ...facts,
  newTid: createTids(facts.clock, facts.random, newestKeyUs(store)),
});

/** The time (µs) of the newest record key there is. */
const newestKeyUs = (store: Store): number =>
  Math.max(
    ...COLLECTION_NAMES.map(
      (collection) => timeOfTid(store.read.records.newestKey(collection) ?? '') ?? 0,
    ),
  );
