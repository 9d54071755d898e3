/** The publisher, as the city runs it. */
import { createRepository } from '../account/repository.ts';
import type { Session } from '../account/session.ts';
import type { BudgetLimits } from '../records/publisher/budget.ts';
import type { Say } from '../records/publisher/progress.ts';
import { createPublisher, type PublisherSettings } from '../records/publisher/publisher.ts';
import type { PublisherStatus } from '../records/publisher/status.ts';
import type { Base } from './base.ts';

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
  readonly base: Base;
  readonly session: Session;
  readonly budget: BudgetLimits;
  readonly log: PublisherSettings['log'];
  readonly progress: Say;
}): Publishing {
  const { foundation, store, spool, observer } = options.base;
  const { clock, did } = foundation;
  const publisher = createPublisher({
    store,
    repository: createRepository({ did, session: options.session, clock }),
    budget: options.budget,
    clock,
    readPicture: spool.get,
    removePicture: spool.remove,
    log: options.log,
    failed: observer.failed,
    progress: options.progress,
    observe: (step, { count }) => observer.observe(step, { count }),
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
      running = publisher.run(ending.signal).catch(observer.failed);
    },
    stop: async () => {
      ending.abort();
      await running;
    },
  };
}
