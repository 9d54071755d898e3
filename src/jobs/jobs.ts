/** Runs the scheduled jobs: each in a transaction of its own, one at a time, never overlapping. */
import { Background } from '../lib/background.ts';
import type { Signal } from '../lib/signal.ts';
import { type Context, contextOf, type Foundation } from '../services/context.ts';
import type { Store } from '../store/store.ts';

export type Job = {
  readonly everyMs: number;
  /** A signal on which it runs as well. */
  readonly wakeOn?: Pick<Signal, 'listen'>;
  /** Answers whether it changed something that is to be sent or published. */
  readonly run: (context: Context) => boolean;
  /** Does what has to wait until that is on disk. */
  readonly committed?: () => Promise<void>;
};

export function createJobs(options: {
  readonly store: Store;
  readonly foundation: Foundation;
  readonly jobs: readonly Job[];
  readonly failed: (error: unknown) => void;
  readonly done: () => void;
}) {
  const { store, foundation, jobs, failed, done } = options;
  const running = new Background();
  let timers: ReturnType<typeof setInterval>[] = [];

  const runOnce = async (job: Job): Promise<void> => {
    if (await store.commit((tx) => job.run(contextOf(foundation, tx)))) done();
    await job.committed?.();
  };
  const run = (job: Job): void => running.add(runOnce(job), failed);

  for (const job of jobs) job.wakeOn?.listen(() => run(job));

  return {
    start: () => {
      for (const timer of timers) clearInterval(timer);
      timers = jobs.map((job) => setInterval(() => run(job), job.everyMs));
      for (const job of jobs) run(job);
    },
    /** Resolves when no job runs. */
    idle: () => running.ended(),
    stop: async () => {
      for (const timer of timers) clearInterval(timer);
      await running.ended();
    },
  };
}
