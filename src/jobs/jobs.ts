/** Runs the scheduled jobs: each in a transaction of its own, one at a time, never overlapping. */
import { Background } from '../lib/background.ts';
import type { Signal } from '../lib/signal.ts';
import type { Observe } from '../lib/steps.ts';
import { systemTimers, type Timers } from '../lib/timers.ts';
import { type Context, contextOf, type Foundation } from '../services/context.ts';
import type { Store } from '../store/store.ts';

export type Job = {
  readonly everyMs: number;
  /** It goes on in parts: after a run that changed something it runs again so soon (ms). */
  readonly againMs?: number;
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
  readonly timers?: Pick<Timers, 'after' | 'every'> | undefined;
}) {
  const { store, foundation, jobs, observe, failed, done, timers = systemTimers } = options;
  const running = new Background();
  /** Each ends the rounds of one job. */
  let rounds: (() => void)[] = [];
  /** The jobs that run again soon, each with what takes that back. */
  const again = new Map<Job, () => void>();
  let isStopped = false;

  const runOnce = async (job: Job): Promise<boolean> => {
    const { hasChanged, refused } = await store.commit((tx) => {
      const context = contextOf(foundation, tx);
      return { hasChanged: job.run(context), refused: context.refused };
    });
    if (hasChanged) {
      done();
      runAgain(job);
    }
    for (const { budget, count } of refused) observe('budget.refused', { count, budget });
    await job.committed?.();
    return hasChanged;
  };
  const run = (job: Job): void => running.add(runOnce(job), failed);

  const runAgain = (job: Job): void => {
    if (job.againMs === undefined || again.has(job) || isStopped) return;
    const cancel = timers.after(job.againMs, () => {
      again.delete(job);
      run(job);
    });
    again.set(job, cancel);
  };

  for (const job of jobs) job.wakeOn?.listen(() => run(job));

  return {
    start: () => {
      for (const end of rounds) end();
      rounds = jobs.map((job) => timers.every(job.everyMs, () => run(job)));
      for (const job of jobs) run(job);
    },
    /**
     * Runs all of them now, whatever the timers say: for time that no timer has seen go by. Resolves
     * when no job runs; answers whether one of them changed something, so that another may follow.
     */
    runAll: async (): Promise<boolean> => {
      let hasAnyChanged = false;
      const runNow = async (job: Job): Promise<void> => {
        if (await runOnce(job)) hasAnyChanged = true;
      };
      for (const job of jobs) running.add(runNow(job), failed);
      await running.ended();
      return hasAnyChanged;
    },
    /** Resolves when no job runs. */
    idle: () => running.ended(),
    stop: async () => {
      isStopped = true;
      for (const end of [...rounds, ...again.values()]) end();
      await running.ended();
    },
  };
}
