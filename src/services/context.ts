import type { City } from '../domain/city.ts';
import type { Clock } from '../lib/clock.ts';
import type { Keys } from '../lib/crypto.ts';
import type { Random } from '../lib/random.ts';
import type { Stage } from '../records/staging.ts';
import type { Acting } from '../store/partners.ts';
import type { Tx } from '../store/store.ts';

/** What a city's services stand on; the same for every message. */
export type Foundation = {
  readonly city: City;
  readonly clock: Clock;
  readonly random: Random;
  readonly keys: Keys;
  /** A new record key. */
  readonly newTid: () => string;
  /** The DID of the city's repository. */
  readonly did: string;
  readonly stage: Stage;
};

/** A use case at work: one transaction at one time. */
export type Context = Foundation & {
  readonly tx: Tx;
  /** The time of the decision (ms), the same throughout a transaction. */
  readonly now: number;
  /** What a person may act for; looked up once in a transaction. */
  readonly acting: (personId: number) => readonly Acting[];
  /** To be called when that changes. */
  readonly actingChanged: () => void;
};

/** The context of one transaction. */
export function contextOf(foundation: Foundation, tx: Tx): Context {
  const now = foundation.clock.now();
  const known = new Map<number, readonly Acting[]>();
  const acting = (personId: number): readonly Acting[] => {
    const found = known.get(personId) ?? tx.partners.acting(personId, now);
    known.set(personId, found);
    return found;
  };
  const stage: Stage = (to, operation, collection, rkey, value) =>
    foundation.stage(to, operation, collection, rkey, value, now);
  return { ...foundation, tx, now, stage, acting, actingChanged: () => known.clear() };
}
