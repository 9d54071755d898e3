/**
 * Group commit: work that arrives while the event loop turns once shares one transaction and so
 * one write to disk. Each piece of work has its own savepoint; one that throws undoes itself only.
 */
type Waiting<Tx> = {
  readonly work: (tx: Tx) => unknown;
  readonly settle: (outcome: Outcome) => void;
};
type Outcome =
  | { readonly ok: true; readonly value: unknown }
  | { readonly ok: false; readonly error: unknown };

export type CommitGroup<Tx> = <T>(work: (tx: Tx) => T) => Promise<T>;

/** `transact` runs a callback in a transaction, or in a savepoint when one is already open. */
export function createCommitGroup<Tx>(transact: <T>(work: (tx: Tx) => T) => T): CommitGroup<Tx> {
  let waiting: Waiting<Tx>[] = [];

  const attempt = (work: (tx: Tx) => unknown): Outcome => {
    try {
      return { ok: true, value: transact(work) };
    } catch (error) {
      return { ok: false, error };
    }
  };

  const commit = (): void => {
    const group = waiting;
    waiting = [];
    let outcomes: readonly Outcome[];
    try {
      outcomes =
        group.length === 1
          ? group.map((one) => attempt(one.work))
          : transact(() => group.map((one) => attempt(one.work)));
    } catch (error) {
      outcomes = group.map(() => ({ ok: false, error }));
    }
    group.forEach((one, at) => {
      one.settle(outcomes[at] as Outcome);
    });
  };

  return <T>(work: (tx: Tx) => T) =>
    new Promise<T>((resolve, reject) => {
      if (waiting.length === 0) setImmediate(commit);
      waiting.push({
        work,
        settle: (outcome) => (outcome.ok ? resolve(outcome.value as T) : reject(outcome.error)),
      });
    });
}
