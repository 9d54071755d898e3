/** Where publishing stands, for /healthz and for those who wait for its end. */

export type PublisherStatus =
  /** Records wait until the city has an account that they can be published with. */
  | { readonly state: 'waiting for an account' }
  /** Everything that was staged is published. */
  | { readonly state: 'idle' }
  | { readonly state: 'publishing' }
  /** Goes on by itself at `until` (ms). */
  | { readonly state: 'waiting'; readonly reason: string; readonly until: number }
  /** Needs a person, unless it was asked to stop. With `until` (ms) it looks again by itself then. */
  | { readonly state: 'stopped'; readonly reason: string; readonly until?: number };

type Stopped = Extract<PublisherStatus, { state: 'stopped' }>;

export type Standing = {
  readonly status: () => PublisherStatus;
  /** On its way. What needs a person counts as such until it really goes on. */
  readonly become: (next: Exclude<PublisherStatus, Stopped>) => void;
  readonly goOn: () => void;
  readonly rest: () => void;
  readonly stop: (reason: string, until?: number) => void;
  /** Stopped for good: a new start is needed. */
  readonly isEnded: () => boolean;
  /** Resolves when everything that is staged is published; rejects when publishing stops. */
  readonly idle: () => Promise<void>;
};

export function createStanding(isNothingStaged: () => boolean): Standing {
  const waiters = new Set<{ resolve: () => void; reject: (error: Error) => void }>();
  let status: PublisherStatus = { state: 'idle' };
  return {
    status: () => status,
    become: (next) => {
      if (status.state !== 'stopped') status = next;
    },
    goOn: () => {
      status = { state: 'publishing' };
    },
    rest: () => {
      status = { state: 'idle' };
      for (const waiter of waiters) waiter.resolve();
      waiters.clear();
    },
    stop: (reason, until) => {
      status = { state: 'stopped', reason, ...(until === undefined ? {} : { until }) };
      for (const waiter of waiters) waiter.reject(new Error(`Publishing stopped. ${reason}`));
      waiters.clear();
    },
    isEnded: () => status.state === 'stopped' && status.until === undefined,
    idle: () => {
      if (status.state === 'stopped') return Promise.reject(new Error(status.reason));
      if (isNothingStaged()) return Promise.resolve();
      return new Promise((resolve, reject) => {
        waiters.add({ resolve, reject });
      });
    },
  };
}
