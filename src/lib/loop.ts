import { systemTimers, type Timers } from './timers.ts';

/**
 * A worker that runs when it is woken and sleeps otherwise: at most one turn at a time, and never
 * a wake-up lost.
 */
export type Loop = {
  /** There is something to do now. */
  readonly wake: () => void;
  /** There will be something to do after so long (ms); the earliest such time counts. */
  readonly wakeAfter: (ms: number) => void;
  /** Finishes the turn under way and takes no other. */
  readonly stop: () => Promise<void>;
  /** Resolves when there is nothing left to do just now. */
  readonly idle: () => Promise<void>;
};

const FAILED_TURN_PAUSE_MS = 1000;

/**
 * `turn` does what there is to do and answers whether to go on at once; it gets the loop, to be woken
 * later. A turn that throws is reported to `failed` and tried again after a pause.
 */
export function createLoop(options: {
  readonly turn: (loop: Loop) => Promise<boolean>;
  readonly failed: (error: unknown) => void;
  readonly timers?: Pick<Timers, 'now' | 'after'> | undefined;
}): Loop {
  const { timers = systemTimers } = options;
  let isWanted = false;
  let isStopped = false;
  let running: Promise<void> | undefined;
  let cancelTimer = (): void => undefined;
  let timerAt = Number.POSITIVE_INFINITY;

  const run = async (): Promise<void> => {
    while (isWanted && !isStopped) {
      isWanted = false;
      try {
        if (await options.turn(loop)) isWanted = true;
      } catch (error) {
        options.failed(error);
        wakeAfter(FAILED_TURN_PAUSE_MS);
      }
    }
  };

  const wake = (): void => {
    isWanted = true;
    if (isStopped || running !== undefined) return;
    running = run().finally(() => {
      running = undefined;
      if (isWanted) wake();
    });
  };

  const wakeAfter = (ms: number): void => {
    // By the clock of the timers themselves: nobody can set it.
    const at = timers.now() + ms;
    if (isStopped || at >= timerAt) return;
    cancelTimer();
    timerAt = at;
    cancelTimer = timers.after(ms, () => {
      timerAt = Number.POSITIVE_INFINITY;
      wake();
    });
  };

  const loop: Loop = {
    wake,
    wakeAfter,
    stop: async () => {
      isStopped = true;
      cancelTimer();
      await running;
    },
    idle: async () => {
      while (running !== undefined) await running;
    },
  };
  return loop;
}
