/** Writes down what became of deliveries: those of one turn of the event loop in one commit. */
import type { SendError, SendOutcome } from '../channels/channel.ts';
import type { Clock } from '../lib/clock.ts';
import type { DueDelivery } from '../store/outbox.ts';
import type { Store, Tx } from '../store/store.ts';
import { ATTEMPTS_MAX, pauseAfter } from './backoff.ts';

type Outcome = { readonly row: DueDelivery; readonly outcome: SendOutcome };

/** Tried again, or given up: what cannot succeed is not repeated. */
export const stateAfter = ({ kind }: SendError, attempts: number): 'pending' | 'dead' =>
  (kind === 'retry' || kind === 'misconfigured') && attempts < ATTEMPTS_MAX ? 'pending' : 'dead';

/** What it gives resolves once the outcome is on disk. */
export function createOutcomes(options: {
  readonly store: Store;
  readonly clock: Clock;
  /** A number from 0 to 1, to spread retries. */
  readonly chance: () => number;
}): (row: DueDelivery, outcome: SendOutcome) => Promise<void> {
  const { store, clock } = options;
  let waiting: Outcome[] = [];
  let writing: Promise<void> | undefined;

  const writeFailure = (tx: Tx, row: DueDelivery, error: SendError, now: number): void => {
    const attempts = row.attempts + 1;
    const pause = pauseAfter(attempts, options.chance(), error.retryAfterMs);
    const detail = `${error.kind}: ${error.detail}`;
    tx.outbox.deliveryFailed(row.id, stateAfter(error, attempts), now + pause, detail);
    if (error.kind === 'stopped' && row.identityId !== null) {
      tx.people.setStopped(row.identityId, now);
      tx.outbox.silence(row.identityId);
    }
  };

  const write = (tx: Tx, outcomes: readonly Outcome[]): void => {
    const now = clock.now();
    const sent = outcomes.flatMap(({ row, outcome }) =>
      outcome.ok ? [{ id: row.id, providerId: outcome.providerId }] : [],
    );
    if (sent.length > 0) tx.outbox.deliveriesSent(sent, now);
    for (const { row, outcome } of outcomes) {
      if (!outcome.ok) writeFailure(tx, row, outcome.error, now);
      else if (row.kind === 'announcement' && row.taskId !== null && outcome.providerId !== null) {
        tx.tasks.addAnnouncement(row.channel, outcome.providerId, row.taskId);
      }
    }
  };

  return (row, outcome) => {
    waiting.push({ row, outcome });
    writing ??= new Promise((resolve, reject) => {
      setImmediate(() => {
        const outcomes = waiting;
        waiting = [];
        writing = undefined;
        store.commit((tx) => write(tx, outcomes)).then(resolve, reject);
      });
    });
    return writing;
  };
}
