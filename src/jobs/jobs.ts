/** Runs the scheduled jobs: each in a transaction of its own, one at a time, never overlapping. */
import { Background } from '../lib/background.ts';
import type { Signal } from '../lib/signal.ts';
import type { Observe } from '../lib/steps.ts';
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
  readonly observe: Observe;
  readonly failed: (error: unknown) => void;
  readonly done: () => void;
}) {
  const { store, foundation, jobs, observe, failed, done } = options;
  const running = new Background();
  let timers: ReturnType<typeof setInterval>[] = [];

  const runOnce = async (job: Job): Promise<void> => {
    const { hasChanged, refused } = await store.commit((tx) => {
      const context = contextOf(foundation, tx);
      return { hasChanged: job.run(context), refused: context.refused };
    });
    if (hasChanged) done();
    for (const { budget, count } of refused) observe('budget.refused', { count, budget });
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
