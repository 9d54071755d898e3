import type { City } from '../domain/city.ts';
import type { Clock } from '../lib/clock.ts';
import type { Keys } from '../lib/crypto.ts';
import type { Random } from '../lib/random.ts';
import { Records } from '../records/staging.ts';
import type { Acting } from '../store/partners.ts';
import type { Tx } from '../store/store.ts';

/** Everything that a city's services need, the same for every message. */
export type Foundation = {
  readonly city: City;
  readonly clock: Clock;
  readonly random: Random;
  readonly keys: Keys;
  /** Gives a new record key. */
  readonly newTid: () => string;
  /** The DID of the city's repository. */
  readonly did: string;
};

/** A use case at work: one transaction at one time. */
export type Context = Foundation & {
  readonly tx: Tx;
  /** The time of the decision (ms), the same throughout a transaction. */
  readonly now: number;
  /** The public records. */
  readonly records: Records;
  /** The roles of persons, as far as `roles.ts` has looked them up in this transaction. */
  readonly acting: Map<number, readonly Acting[]>;
};

/** The context of one transaction. */
export function contextOf(foundation: Foundation, tx: Tx): Context {
  const now = foundation.clock.now();
  return { ...foundation, tx, now, records: new Records(foundation, tx, now), acting: new Map() };
}
