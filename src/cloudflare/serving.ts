/** Which requests are being served, for whoever has a city stand still: they may still write. */
export type Serving = {
  readonly serve: <T>(work: () => Promise<T>) => Promise<T>;
  /** Resolves once all that are served now have ended, or after `msMax`. */
  readonly quiet: (msMax: number) => Promise<void>;
};

export function createServing(): Serving {
  const served = new Set<Promise<unknown>>();
  return {
    serve: (work) => {
      const one = work();
      served.add(one);
      return one.finally(() => served.delete(one));
    },
    quiet: async (msMax) => {
      const late = Promise.withResolvers<void>();
      const timer = setTimeout(late.resolve, msMax);
      await Promise.race([Promise.allSettled(served), late.promise]);
      clearTimeout(timer);
    },
  };
}
