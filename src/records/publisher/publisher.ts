/**
 * Writes staged records to the city's repository: in their order, in batches, each one once,
 * whatever the network, the PDS or this process do in between.
 */

import { type Clock, MINUTE_MS } from '../../lib/clock.ts';
import { halt, rest, waitAfter } from './pauses.ts';
import { publish } from './publish.ts';
import { findMissing, findPublished } from './reconcile.ts';
import { isPutBack } from './standing.ts';
import { createState, type PublisherSettings, type State } from './state.ts';
import type { PublisherStatus } from './status.ts';

export type Publisher = {
  /** Something was staged. */
  readonly wake: () => void;
  /** Publishes until `stop`. */
  readonly start: () => void;
  /** Finishes the batch under way. It cannot be started again. */
  readonly stop: () => Promise<void>;
  readonly status: () => PublisherStatus;
  /** Why records are set aside, while others are published: their pictures are lost. */
  readonly parked: () => readonly string[];
  /** How long (s) what waits will take to be published; null when nobody can tell. */
  readonly estimateSeconds: () => number | null;
  /**
   * Resolves when everything that is staged is published, and its pictures are looked for on the PDS;
   * rejects when publishing stops.
   */
  readonly idle: () => Promise<void>;
  /** As `idle`, but resolves too where what is staged has to wait: for the budget, or for the PDS. */
  readonly atRest: () => Promise<void>;
};

const AFTER_FAILURE_MS = MINUTE_MS;

export function createPublisher(settings: PublisherSettings): Publisher {
  const state = createState(settings);
  const { status, queue, progress } = state;
  let running: Promise<void> | undefined;
  return {
    wake: () => {
      state.isAwake = true;
      state.endRest();
    },
    start: () => {
      running = run(state).catch(settings.failed);
      state.pictures.wake();
    },
    stop: async () => {
      state.ending.abort();
      state.endRest();
      await running;
      await state.pictures.stop();
    },
    status: () => toldIn(settings.clock, status.status()),
    parked: queue.parked,
    estimateSeconds: progress.estimateSeconds,
    idle: async () => {
      await status.whenIdle();
      await state.pictures.idle();
    },
    atRest: async () => {
      await status.whenAtRest();
      await state.pictures.idle();
    },
  };
}

/** The status for people: when it goes on is a time of the city. */
function toldIn(clock: Clock, status: PublisherStatus): PublisherStatus {
  if (!('until' in status)) return status;
  return { ...status, until: Math.round(clock.now() + status.until - clock.elapsed()) };
}

/** For a city without an account: records wait for one. */
export const publisherWithoutAccount: Publisher = {
  wake: () => undefined,
  start: () => undefined,
  stop: async () => undefined,
  status: () => ({ state: 'waiting for an account' }),
  parked: () => [],
  estimateSeconds: () => null,
  idle: async () => undefined,
  atRest: async () => undefined,
};

async function run(state: State): Promise<void> {
  const { settings, status, ending } = state;
  status.setPublishing();
  while (!ending.signal.aborted && !status.isEnded()) {
    try {
      await step(state);
    } catch (error) {
      settings.failed(error);
      await halt(state, { reason: 'The program failed.', isFinal: false }, AFTER_FAILURE_MS);
    }
  }
  if (!status.isEnded()) status.setStopped('It was asked to stop.');
}

async function step(state: State): Promise<void> {
  const { queue, backOff, status, progress } = state;
  state.isAwake = false;
  const rows = queue.next(backOff.recordsMax());
  if (rows.length === 0) return rest(state);
  status.setUnlessStopped({ state: 'publishing' });
  progress.tellIfDue();
  const hasPutBack = rows.some(isPutBack);
  if (!state.isDoubtful && !hasPutBack) return waitAfter(state, await publish(state, rows));
  if (!backOff.shouldCompareEach() && !hasPutBack) {
    return waitAfter(state, await findPublished(state, rows));
  }
  const missing = await findMissing(state, rows);
  const isPublishing = missing.kind === 'ok' && missing.value.length > 0;
  await waitAfter(state, isPublishing ? await publish(state, missing.value) : missing);
}
