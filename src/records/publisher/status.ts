/** Says where publishing stands, for /healthz and for those who wait for its end. */

export type PublisherStatus =
  /** Records wait until the city has an account that they can be published with. */
  | { readonly state: 'waiting for an account' }
  /** Everything that was staged is published. */
  | { readonly state: 'idle' }
  | { readonly state: 'publishing' }
  /** Goes on by itself at `until` (ms): kept as `clock.elapsed()`, and told as a time of the city. */
  | { readonly state: 'waiting'; readonly reason: string; readonly until: number }
  /** Needs a person, unless it was asked to stop. With `until` (ms) it looks again by itself then. */
  | { readonly state: 'stopped'; readonly reason: string; readonly until?: number };

export type StatusKeeper = ReturnType<typeof createStatusKeeper>;

export function createStatusKeeper(isNothingStaged: () => boolean) {
  const waiters = new Set<PromiseWithResolvers<void>>();
  /** These wait for the end of what is under way only. */
  const resters = new Set<PromiseWithResolvers<void>>();
  let status: PublisherStatus = { state: 'idle' };
  const rest = (): void => {
    for (const rester of resters) rester.resolve();
    resters.clear();
  };
  return {
    status: () => status,
    /** Publishing is under way. A stop stays one until something is really published. */
    setUnlessStopped: (next: Exclude<PublisherStatus, { state: 'stopped' }>) => {
      if (status.state !== 'stopped') status = next;
      if (status.state !== 'publishing') rest();
    },
    /** Something was published, or publishing begins. */
    setPublishing: () => {
      status = { state: 'publishing' };
    },
    setIdle: () => {
      status = { state: 'idle' };
      for (const waiter of waiters) waiter.resolve();
      waiters.clear();
      rest();
    },
    setStopped: (reason: string, until?: number) => {
      status = { state: 'stopped', reason, ...(until === undefined ? {} : { until }) };
      for (const waiter of waiters) waiter.reject(new Error(`Publishing stopped. ${reason}`));
      waiters.clear();
      rest();
    },
    /** Stopped for good: a new start is needed. */
    isEnded: () => status.state === 'stopped' && status.until === undefined,
    /** Resolves when everything that is staged is published; rejects when publishing stops. */
    whenIdle: (): Promise<void> => {
      if (status.state === 'stopped') return Promise.reject(new Error(status.reason));
      if (isNothingStaged()) return Promise.resolve();
      const waiter = Promise.withResolvers<void>();
      waiters.add(waiter);
      return waiter.promise;
    },
    /** Resolves when everything that is staged is published, or the rest of it has to wait. */
    whenAtRest: (): Promise<void> => {
      const isWaiting = status.state === 'waiting' || status.state === 'stopped';
      if (isWaiting || isNothingStaged()) return Promise.resolve();
      const rester = Promise.withResolvers<void>();
      resters.add(rester);
      return rester.promise;
    },
  };
}
