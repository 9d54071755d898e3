/** Runs the scheduled jobs: each in a transaction of its own, one at a time, never overlapping. */
import type { Signal } from '../lib/signal.ts';
import { type Context, contextOf, type Foundation } from '../services/context.ts';
import type { Store } from '../store/store.ts';

export type Job = {
  readonly name: string;
  readonly everyMs: number;
  /** A signal on which it runs as well. */
  readonly wakeOn?: Pick<Signal, 'listen'>;
  /** Answers whether it changed something that is to be sent or published. */
  readonly run: (context: Context) => boolean;
  /** Does what has to wait until that is on disk. */
  readonly committed?: () => Promise<void>;
};

export type Jobs = {
  readonly start: () => void;
  /** Resolves when no job runs. */
  readonly idle: () => Promise<void>;
  readonly stop: () => Promise<void>;
};

export function createJobs(options: {
  readonly store: Store;
  readonly foundation: Foundation;
  readonly jobs: readonly Job[];
  readonly failed: (error: unknown) => void;
  readonly done: () => void;
}): Jobs {
  const running = new Set<Promise<void>>();
  let timers: ReturnType<typeof setInterval>[] = [];

  const run = (job: Job): void => {
    const work = options.store
      .commit((tx) => job.run(contextOf(options.foundation, tx)))
      .then((changed) => {
        if (changed) options.done();
        return job.committed?.();
      })
      .catch(options.failed)
      .finally(() => running.delete(work));
    running.add(work);
  };

  for (const job of options.jobs) job.wakeOn?.listen(() => run(job));

  const idle = async (): Promise<void> => {
    while (running.size > 0) await Promise.all(running);
  };

  return {
    start: () => {
      for (const timer of timers) clearInterval(timer);
      timers = options.jobs.map((job) => setInterval(() => run(job), job.everyMs));
      for (const job of options.jobs) run(job);
    },
    idle,
    stop: async () => {
      for (const timer of timers) clearInterval(timer);
      await idle();
    },
  };
}
