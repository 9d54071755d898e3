/** Those who work on a message on its way, woken and waited for together. */
import type { Loop } from '../lib/loop.ts';

type Worker = Pick<Loop, 'wake' | 'idle' | 'stop'>;

/** What jobs bring about for one another ends long before. */
const ROUNDS_MAX = 100;

export function createWorkers(parts: {
  readonly pictures: Worker;
  readonly processor: Worker;
  readonly relay: Worker;
  readonly jobs: {
    readonly runAll: () => Promise<boolean>;
    readonly idle: () => Promise<void>;
    readonly stop: () => Promise<void>;
  };
  /** Wakes those who send and publish. */
  readonly decided: () => void;
}) {
  const { pictures, processor, relay, jobs, decided } = parts;
  /** In the order in which a message comes to them; whoever agrees has their pictures fetched then. */
  const inOrder = [pictures, processor, pictures, processor, jobs, relay];
  const wake = (): void => {
    pictures.wake();
    processor.wake();
    decided();
  };
  const idle = async (): Promise<void> => {
    for (const worker of inOrder) await worker.idle();
  };
  return {
    wake,
    /** Resolves when every message is processed and every reply that is due is sent. */
    idle,
    /**
     * Does all that has become due, for a city whose time was moved: no timer sees that. Resolves when
     * every job has run and changed nothing more, and every reply that is due is sent.
     */
    doDue: async (): Promise<void> => {
      for (let round = 0; round < ROUNDS_MAX; round += 1) {
        wake();
        const hasChanged = await jobs.runAll();
        await idle();
        if (!hasChanged) return;
      }
    },
    /** Finishes what is under way. What waits is taken up at the next start. */
    stop: async (): Promise<void> => {
      await jobs.stop();
      for (const worker of [pictures, processor, relay]) await worker.stop();
    },
  };
}
