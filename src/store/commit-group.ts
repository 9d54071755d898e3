/**
 * Group commit: work that arrives while the event loop turns once shares one transaction and so
 * one write to disk. One that throws undoes itself only.
 */
import { storageFault } from '../lib/storage-fault.ts';
import { systemTimers, type Timers } from '../lib/timers.ts';

type Waiting<Tx> = {
  readonly work: (tx: Tx) => unknown;
  readonly settle: (outcome: Outcome) => void;
};

export type Outcome<T = unknown> =
  | { readonly ok: true; readonly value: T }
  | { readonly ok: false; readonly error: unknown };

/**
 * `work` may run twice, the first time undone: it has no effects but those on the store. What is
 * `last` runs after all the other work of its commit, and sees what that wrote.
 */
export type CommitGroup<Tx> = <T>(work: (tx: Tx) => T, place?: 'last') => Promise<T>;

type Transact<Tx> = <T>(work: (tx: Tx) => T) => T;

/** `flush` writes what works have only collected: where it fails, the fault is that of a work. */
export type Transactions<Tx> = { readonly transact: Transact<Tx>; readonly flush: () => void };

/**
 * Does all works in one transaction. They seldom throw, so the first attempt has no savepoints; when
 * one does throw, all is undone and done again with a savepoint for each. A fault of storage undoes
 * all of it: SQLite may have ended the transaction by itself, and what came after would stand alone.
 * `transact` runs a callback in a transaction, or in a savepoint when one is already open.
 */
export function transactEach<Tx, T>(
  { transact, flush }: Transactions<Tx>,
  works: readonly ((tx: Tx) => T)[],
  afterwards: (tx: Tx, outcomes: readonly Outcome<T>[]) => void = () => undefined,
): readonly Outcome<T>[] {
  const attempt = (work: (tx: Tx) => T): Outcome<T> => {
    try {
      return { ok: true, value: transact(work) };
    } catch (error) {
      if (storageFault(error) !== undefined) throw error;
      return { ok: false, error };
    }
  };
  const finish = (tx: Tx, outcomes: readonly Outcome<T>[]): readonly Outcome<T>[] => {
    afterwards(tx, outcomes);
    return outcomes;
  };
  let isWorkAtFault = false;
  try {
    return transact((tx) => {
      isWorkAtFault = true;
      const outcomes = works.map((work) => ({ ok: true, value: work(tx) }) as const);
      flush();
      isWorkAtFault = false;
      return finish(tx, outcomes);
    });
  } catch (error) {
    if (!isWorkAtFault || storageFault(error) !== undefined) throw error;
  }
  return transact((tx) => finish(tx, works.map(attempt)));
}

export function createCommitGroup<Tx>(
  transactions: Transactions<Tx>,
  { soon }: Pick<Timers, 'soon'> = systemTimers,
): CommitGroup<Tx> {
  let waiting: Waiting<Tx>[] = [];
  let waitingLast: Waiting<Tx>[] = [];

  const commit = (): void => {
    const group = [...waiting, ...waitingLast];
    waiting = [];
    waitingLast = [];
    let outcomes: readonly Outcome[];
    try {
      outcomes = transactEach(
        transactions,
        group.map(({ work }) => work),
      );
    } catch (error) {
      outcomes = group.map(() => ({ ok: false, error }));
    }
    group.forEach(({ settle }, at) => {
      settle(outcomes[at] as Outcome);
    });
  };

  return <T>(work: (tx: Tx) => T, place?: 'last') =>
    new Promise<T>((resolve, reject) => {
      if (waiting.length + waitingLast.length === 0) soon(commit);
      (place === 'last' ? waitingLast : waiting).push({
        work,
        settle: (outcome) => (outcome.ok ? resolve(outcome.value as T) : reject(outcome.error)),
      });
    });
}
