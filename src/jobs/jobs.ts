/** Runs the scheduled jobs: each in a transaction of its own, one at a time, never overlapping. */
import type { ChannelName } from '../conversation/message.ts';
import type { Signal } from '../lib/signal.ts';
import type { Mailer } from '../outbox/mailer.ts';
import type { Foundation } from '../services/context.ts';
import type { Store, Tx } from '../store/store.ts';

export type Job = {
  readonly name: string;
  readonly everyMs: number;
  /** It also runs when this is given. */
  readonly wakeOn?: Signal;
  /** Answers whether it changed something that is to be sent or published. */
  readonly run: (tx: Tx) => boolean;
  /** What can only be done once that is on disk. */
  readonly committed?: () => Promise<void>;
};

/** What jobs are made of; each takes what it needs. */
export type JobParts = {
  readonly foundation: Foundation;
  readonly mailer: Mailer;
  readonly spool: { readonly remove: (spoolKey: string) => Promise<void> };
  /** The channels that messages can be sent on. */
  readonly channels: readonly ChannelName[];
};

export type MakeJob = (parts: JobParts) => Job;

export type Jobs = {
  readonly start: () => void;
  /** Resolves when no job runs. */
  readonly idle: () => Promise<void>;
  readonly stop: () => Promise<void>;
};

export function createJobs(options: {
  readonly store: Store;
  readonly jobs: readonly Job[];
  readonly failed: (error: unknown) => void;
  readonly done: () => void;
}): Jobs {
  const running = new Set<Promise<void>>();
  let timers: ReturnType<typeof setInterval>[] = [];

  const run = (job: Job): void => {
    const work = options.store
      .commit((tx) => job.run(tx))
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
