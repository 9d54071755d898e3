/** The publisher, as the city runs it. */

import { createRepository } from '../account/repository.ts';
import type { Session } from '../account/session.ts';
import type { Clock } from '../lib/clock.ts';
import type { Observe } from '../lib/steps.ts';
import type { BudgetLimits } from '../records/publisher/budget.ts';
import type { Say } from '../records/publisher/progress.ts';
import { createPublisher, type PublisherSettings } from '../records/publisher/publisher.ts';
import type { PublisherStatus } from '../records/publisher/status.ts';
import type { Store } from '../store/store.ts';

export type Publishing = {
  readonly wake: () => void;
  readonly start: () => void;
  readonly status: () => PublisherStatus;
  /** Why records are set aside, while others are published. */
  readonly parked: () => readonly string[];
  /** How long (s) what waits will take to be published; null when nobody can tell. */
  readonly estimateSeconds: () => number | null;
  readonly idle: () => Promise<void>;
  /** Finishes the batch under way. */
  readonly stop: () => Promise<void>;
};

/** For a city without an account: records wait for one. */
export const noPublishing = (): Publishing => ({
  wake: () => undefined,
  start: () => undefined,
  status: () => ({ state: 'waiting for an account' }),
  parked: () => [],
  estimateSeconds: () => null,
  idle: async () => undefined,
  stop: async () => undefined,
});

export function publishing(options: {
  readonly store: Store;
  readonly clock: Clock;
  readonly did: string;
  readonly session: Session;
  readonly budget: BudgetLimits;
  readonly readPicture: PublisherSettings['readPicture'];
  readonly removePicture: (spoolKey: string) => Promise<void>;
  readonly log: PublisherSettings['log'];
  readonly observe: Observe;
  readonly failed: (error: unknown) => void;
  readonly progress: Say;
}): Publishing {
  const { store, clock, did, session } = options;
  const publisher = createPublisher({
    store,
    repository: createRepository({ did, session, clock }),
    budget: options.budget,
    clock,
    readPicture: options.readPicture,
    removePicture: options.removePicture,
    log: options.log,
    failed: options.failed,
    progress: options.progress,
    observe: (step, { count }) => options.observe(step, { count }),
  });
  const ending = new AbortController();
  let running: Promise<void> | undefined;
  return {
    wake: publisher.wake,
    status: publisher.status,
    parked: publisher.parked,
    estimateSeconds: publisher.estimateSeconds,
    idle: publisher.idle,
    start: () => {
      running = publisher.run(ending.signal).catch(options.failed);
    },
    stop: async () => {
      ending.abort();
      await running;
    },
  };
}
