/** The publisher, and its session, which is kept in the store, sealed, over restarts. */

import { createRepository } from '../account/repository.ts';
import { createSession, type Session } from '../account/session.ts';
import type { Clock } from '../lib/clock.ts';
import type { Keys } from '../lib/crypto.ts';
import type { Observe } from '../lib/steps.ts';
import type { BudgetLimits } from '../records/publisher/budget.ts';
import type { Say } from '../records/publisher/progress.ts';
import { createPublisher, type PublisherSettings } from '../records/publisher/publisher.ts';
import type { PublisherStatus } from '../records/publisher/status.ts';
import type { Store } from '../store/store.ts';

const SESSION_CURSOR = 'bluesky-session';

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

/** The city's one session with its account: of the publisher, and of Bluesky as a channel. */
export function citySession(options: {
  readonly store: Store;
  readonly keys: Keys;
  readonly clock: Clock;
  readonly service: string;
  readonly identifier: string;
  readonly password: string;
}): Session {
  const { store, keys, clock } = options;
  return createSession({
    service: options.service,
    identifier: options.identifier,
    password: options.password,
    keeper: {
      load: () => {
        const sealed = store.read.cursors.get(SESSION_CURSOR);
        return sealed ? keys.openText(sealed) : undefined;
      },
      save: (kept) => {
        const sealed = kept === undefined ? '' : keys.sealText(kept);
        store.transact((tx) => tx.cursors.put(SESSION_CURSOR, sealed));
      },
    },
    clock,
  });
}

/** The key that the kept session was sealed with; undefined where none is kept. */
export function sessionKeyId(store: Store): string | undefined {
  const [keyId] = store.read.cursors.get(SESSION_CURSOR)?.split(':') ?? [];
  return keyId === '' ? undefined : keyId;
}

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
