/** The sandbox's time: that of the machine, and as far ahead of it as people have moved it. */
import { type Clock, DAY_MS, HOUR_MS, MINUTE_MS } from '../lib/clock.ts';
import type { Store } from '../store/store.ts';

/** The name of how far (ms) the city is ahead: a city that is opened again must not go back. */
const AHEAD = 'sandbox-ahead';

/** Steps of a way of two days end where such a part of an hour does, as do nights, epochs and most tasks. */
const STEP_MS = 15 * MINUTE_MS;
/** Those of a longer way, so that nobody waits for minutes. */
const LONG_STEP_MS = HOUR_MS;
const LONG_MS = 2 * DAY_MS;
/** Deliveries that wait for times so close to one another share a step, so that there are never too many. */
const DELIVERIES_APART_MS = MINUTE_MS;

export type SandboxClock = Clock & {
  /** Moves the city's time on by `ms`. Nothing becomes due by that alone. */
  readonly moveOn: (ms: number) => Promise<void>;
};

/**
 * A clock that can be moved on: time really goes by, so `elapsed` goes on as well as the calendar.
 * `moveOthers` moves those along whom the city deals with, before it: they date what it gives them.
 */
export function createSandboxClock(parts: {
  readonly machine: Clock;
  readonly store: Pick<Store, 'read' | 'commit'>;
  /** Gets how far (ms) the city will be ahead of the machine. */
  readonly moveOthers?: (aheadMs: number) => Promise<void>;
}): SandboxClock {
  const { machine, store, moveOthers } = parts;
  let aheadMs = Number(store.read.cursors.get(AHEAD) ?? 0);
  return {
    now: () => machine.now() + aheadMs,
    elapsed: () => machine.elapsed() + aheadMs,
    moveOn: async (ms) => {
      const next = aheadMs + ms;
      await moveOthers?.(next);
      await store.commit((tx) => tx.cursors.put(AHEAD, String(next)));
      aheadMs = next;
    },
  };
}

/** Moves the time of the network whose clock is at `url`; rejects when it does not answer. */
export async function moveNetwork(url: string, aheadMs: number): Promise<void> {
  const answer = await fetch(url, { method: 'POST', body: String(aheadMs) });
  if (!answer.ok) throw new Error('The network of the sandbox does not move its time.');
}

/** Lets so much time (ms) go by; resolves when all that became due is done. */
export type PassTime = (ms: number) => Promise<void>;

/**
 * Makes what lets time go by: in steps, each up to the next delivery that waits for its hour and an
 * hour at most, so that what becomes due is done in its order. Whoever asks meanwhile waits for a turn.
 */
export function createPassTime(parts: {
  readonly clock: Pick<SandboxClock, 'now' | 'moveOn'>;
  readonly store: Pick<Store, 'read'>;
  readonly channels: readonly { readonly name: string }[];
  /** Does what is due, and resolves when nothing more is. */
  readonly doDue: () => Promise<void>;
  /** Is told after each step. */
  readonly passed?: () => void;
  /** Ends it between two steps. */
  readonly ending?: AbortSignal;
}): PassTime {
  const { clock, store, channels, doDue, passed, ending } = parts;

  const nextStep = (stepMs: number): number => {
    const now = clock.now();
    const nextAt = channels
      .map(({ name }) => store.read.outbox.nextAt(name, now))
      .filter((at) => at !== undefined && at !== null);
    const waits = nextAt.map((at) => Math.max(DELIVERIES_APART_MS, at - now));
    return Math.min(stepMs - (now % stepMs), ...waits);
  };

  const pass: PassTime = async (ms) => {
    // What was said before is understood before.
    await doDue();
    const stepMs = ms <= LONG_MS ? STEP_MS : LONG_STEP_MS;
    for (let left = ms; left > 0 && ending?.aborted !== true; ) {
      const step = Math.min(left, nextStep(stepMs));
      await clock.moveOn(step);
      left -= step;
      await doDue();
      passed?.();
    }
  };

  let before: Promise<void> = Promise.resolve();
  return (ms) => {
    const turn = before.then(() => pass(ms));
    before = turn.catch(() => undefined);
    return turn;
  };
}
