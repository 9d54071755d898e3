import type { RefusedBudget } from '../domain/budgets.ts';
import type { City } from '../domain/city.ts';
import type { Clock } from '../lib/clock.ts';
import type { Keys } from '../lib/crypto.ts';
import type { Random } from '../lib/random.ts';
import type { Signal } from '../lib/signal.ts';
import { Records } from '../records/staging.ts';
import type { Acting } from '../store/partners.ts';
import type { Tx } from '../store/store.ts';
import { Uses } from './budgets/uses.ts';

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
  /** The address of the city's start page, without a slash at its end; undefined without one. */
  readonly publicUrl?: string | undefined;
  /** Is given when somebody is to be told something about a task now. */
  readonly noticeAdded?: Signal;
  /** How many days what was deleted stays in copies of who runs the machine; left out where none do. */
  readonly deletedKeptDays?: number;
};

/** A use case at work: one transaction at one time. */
export type Context = Foundation & {
  readonly tx: Tx;
  /** The time of the decision (ms), the same throughout a transaction. */
  readonly now: number;
  /**
   * When the person sent the message that is worked on (ms): what they did in time is in time,
   * however late the city gets to it. The time of the decision where nobody sent one.
   */
  readonly sentAt: number;
  /** The public records. */
  readonly records: Records;
  /** The roles of persons, as far as `roles.ts` has looked them up in this transaction. */
  readonly acting: Map<number, readonly Acting[]>;
  /** The names of partners that the person acted for, as far as the answer has to tell them apart. */
  readonly actedFor: Set<string>;
  /** What was used of the budgets. */
  readonly uses: Uses;
  /** Whoever made the context writes down `uses` after the last of its works; else each change is written. */
  readonly isBatch: boolean;
  /**
   * The persons whose number was silent for so long that it may be somebody else's: until they give
   * their recovery code they neither spend nor act for anybody.
   */
  readonly unproven: Set<number>;
  /** The budgets that refused something. */
  readonly refused: BudgetRefusal[];
  /** Where the person was not understood for the second time in a row. */
  readonly stuck: StuckAt[];
};

/** Never with anybody's words. */
export type StuckAt = {
  readonly language: string;
  /** The question that was open, as `join.which`; undefined for none. */
  readonly question: string | undefined;
};

export type BudgetRefusal = {
  readonly budget: RefusedBudget;
  /** Somebody is told of it; of those that follow nobody is. */
  readonly isFirst: boolean;
  readonly count: number;
};

/**
 * The context of one transaction: one of many in it that share `uses`. `sentAt` is left out where no
 * message is worked on.
 */
export function contextOf(
  foundation: Foundation,
  tx: Tx,
  work: { readonly sentAt?: number; readonly uses?: Uses } = {},
): Context {
  const now = foundation.clock.now();
  const { sentAt = now, uses } = work;
  return {
    ...foundation,
    tx,
    now,
    sentAt: Math.min(now, sentAt),
    records: new Records(foundation, tx, now),
    acting: new Map(),
    actedFor: new Set(),
    uses: uses ?? new Uses(),
    isBatch: uses !== undefined,
    unproven: new Set(),
    refused: [],
    stuck: [],
  };
}
