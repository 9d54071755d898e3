/**
 * One channel's way out: at least once, in order for each recipient, at the channel's pace. A
 * channel that is slow or silent holds up nobody but itself.
 */
import { RateLimiterMemory, RateLimiterRes } from 'rate-limiter-flexible';
import type { Channel, Delivery, SendError, SendOutcome } from '../channels/channel.ts';
import { type Clock, MINUTE_MS, SECOND_MS } from '../lib/clock.ts';
import type { Keys } from '../lib/crypto.ts';
import { createLoop, type Loop } from '../lib/loop.ts';
import type { Observe } from '../lib/steps.ts';
import type { Wait } from '../lib/wait.ts';
import type { DueDelivery } from '../store/outbox.ts';
import type { Store } from '../store/store.ts';
import type { DeliveryBody } from './deliveries.ts';
import { stateAfter } from './outcomes.ts';

const BATCH = 256;
const ADDRESSES_KEPT = 10_000;
const IN_FLIGHT_MAX = 4 * BATCH;
/** A send that takes longer is taken for lost and tried again. */
const SEND_MS_MAX = MINUTE_MS;
/** How many messages to one recipient are taken together and sent one after the other. */
const ROW_MAX = 16;
/** Longer than all of those may take, so that only what was left behind is given back. */
const LEASE_MS = (ROW_MAX + 1) * SEND_MS_MAX;
/** How long the end of the program waits for a channel. */
const STOP_MS_MAX = 5 * SECOND_MS;

const SILENT: SendError = { kind: 'retry', detail: 'the channel did not answer' };
/** A reason of its own spares the making of an error for every message. */
const ANSWERED = 'answered';
const BROKEN: SendError = { kind: 'retry', detail: 'the channel broke down' };

export type LaneOptions = {
  readonly store: Store;
  readonly keys: Keys;
  readonly clock: Clock;
  readonly wait: Wait;
  /** Writes down what became of a delivery; resolves once it is on disk. */
  readonly record: (row: DueDelivery, outcome: SendOutcome) => Promise<void>;
  readonly observe: Observe;
  readonly failed: (error: unknown) => void;
};

/**
 * A pace is kept in tenths of a second where it can be: an answer that comes up while something long
 * is sent waits for the next tenth, not for the next second.
 */
const paceOf = (perSecond: number): { readonly points: number; readonly duration: number } =>
  perSecond % 10 === 0
    ? { points: perSecond / 10, duration: 0.1 }
    : { points: perSecond, duration: 1 };

/** Starts asleep. The first turn takes up what an earlier run has left. */
export function createLane(channel: Channel, options: LaneOptions): Omit<Loop, 'wakeAt'> {
  const { store, clock, keys, wait, observe } = options;
  const { name } = channel;
  const limiter =
    channel.messagesPerSecond === null
      ? undefined
      : new RateLimiterMemory(paceOf(channel.messagesPerSecond));
  /** Opening a sealed address costs more than the rest of a delivery. */
  const addresses = new Map<number, string>();
  /** When (ms) each recipient may get the next message, where the channel wants some time between. */
  const nextAt = new Map<number | null, number>();
  /** What is under way to each recipient. */
  const underWay = new Set<Promise<void>>();
  /** What ends the patience with each send. */
  const waiting = new Set<AbortController>();
  /** When to give back leases that nobody holds any more; at the start these are all. */
  let sweepAt = Number.NEGATIVE_INFINITY;
  let isEnded = false;

  const addressOf = (row: DueDelivery): string | null => {
    if (row.identityId === null || row.ciphertext === null || row.keyId === null) return null;
    const known = addresses.get(row.identityId);
    if (known !== undefined) return known;
    if (addresses.size >= ADDRESSES_KEPT) addresses.clear();
    const address = keys.open({ keyId: row.keyId, bytes: row.ciphertext });
    addresses.set(row.identityId, address);
    return address;
  };

  /** How long (ms) the channel's pace asks to wait before one more message; 0 to send it now. */
  const pauseForPace = async (): Promise<number> => {
    try {
      await limiter?.consume('all');
      return 0;
    } catch (refused) {
      if (refused instanceof RateLimiterRes) return refused.msBeforeNext;
      throw refused;
    }
  };

  /** Waits until the recipient may get one more; the end of the program does not wait. */
  const keepBetween = async ({ identityId }: DueDelivery): Promise<void> => {
    if (channel.betweenMs === undefined) return;
    const pause = (nextAt.get(identityId) ?? 0) - clock.now();
    if (pause > 0) {
      const patience = new AbortController();
      waiting.add(patience);
      await wait(pause, patience.signal);
      waiting.delete(patience);
    }
    if (nextAt.size >= ADDRESSES_KEPT) nextAt.clear();
    nextAt.set(identityId, clock.now() + channel.betweenMs);
  };

  const send = async (row: DueDelivery): Promise<SendOutcome> => {
    if (row.body === null) throw new Error('A delivery that waits has no body.');
    const announced =
      row.kind === 'update' && row.taskId !== null
        ? (store.read.tasks.announcementToUpdate(name, row.taskId) ?? null)
        : null;
    const {
      afterwards: _afterwards,
      sentAgain: _sentAgain,
      ...reply
    } = JSON.parse(row.body) as DeliveryBody;
    const delivery: Delivery = {
      id: row.id,
      to: addressOf(row),
      reply,
      kind: row.kind,
      place: row.place,
      taskId: row.taskId,
      announced,
      attempt: row.attempts + 1,
      createdAt: row.createdAt,
    };
    await keepBetween(row);
    if (isEnded) return { ok: false, error: SILENT };
    const answer = channel.send(delivery).catch((error: unknown): SendOutcome => {
      options.failed(error);
      return { ok: false, error: BROKEN };
    });
    const patience = new AbortController();
    waiting.add(patience);
    const silence = wait(SEND_MS_MAX, patience.signal).then(
      (): SendOutcome => ({ ok: false, error: SILENT }),
    );
    const outcome = await Promise.race([answer, silence]);
    waiting.delete(patience);
    patience.abort(ANSWERED);
    return outcome;
  };

  /** Sends one message; false when what follows it to the same recipient has to wait. */
  const deliver = async (row: DueDelivery, records: Promise<void>[]): Promise<boolean> => {
    const about = { count: 1, channel: name };
    observe('delivery.sending', about);
    const outcome = await send(row);
    // Nobody waits for the outcome any more: the next start sends it again.
    if (isEnded) return false;
    observe('delivery.sent', {
      ...about,
      ...(outcome.ok && outcome.segments !== undefined ? { segments: outcome.segments } : {}),
    });
    const isRetried = !outcome.ok && stateAfter(outcome.error, row.attempts + 1) === 'pending';
    records.push(
      options.record(row, outcome).then((): void => {
        observe('delivery.recorded', about);
        if (!outcome.ok) observe(isRetried ? 'delivery.retried' : 'delivery.dead', about);
      }),
    );
    return outcome.ok || (!isRetried && outcome.error.kind === 'rejected');
  };

  /** After what became of the first is written down: it may say that the rest is not wanted. */
  const release = (ids: readonly number[]): Promise<void> =>
    store.commit((tx) => {
      tx.outbox.release(ids);
    });

  /** Sends to one recipient in order, and gives back what has to wait for one that failed. */
  const deliverInOrder = async (rows: readonly DueDelivery[]): Promise<void> => {
    const records: Promise<void>[] = [];
    const silenced: number[] = [];
    for (const [at, row] of rows.entries()) {
      // Since they were taken, and between two of them, the recipient may have said STOP.
      if (!store.read.outbox.isStillWanted(row.id)) {
        silenced.push(row.id);
        continue;
      }
      if (await deliver(row, records)) continue;
      const rest = rows.slice(at + 1).map(({ id }) => id);
      await Promise.all(records);
      if (rest.length > 0 && !isEnded) await release(rest);
      break;
    }
    await Promise.all(records);
    if (silenced.length > 0) await release(silenced);
  };

  /** What may be sent now: as many as are due, at the channel's pace. */
  const dueNow = async (now: number): Promise<DueDelivery[]> => {
    const rows: DueDelivery[] = [];
    for (const row of store.read.outbox.due(name, now, ROW_MAX, BATCH)) {
      const pause = await pauseForPace();
      if (pause > 0) {
        loop.wakeAt(now + pause);
        break;
      }
      rows.push(row);
    }
    return rows;
  };

  const turn = async (): Promise<boolean> => {
    const now = clock.now();
    if (now >= sweepAt) {
      const until = sweepAt === Number.NEGATIVE_INFINITY ? Number.MAX_SAFE_INTEGER : now;
      sweepAt = Number.POSITIVE_INFINITY;
      await store.commit((tx) => tx.outbox.expireLeases(name, until));
    }
    if (underWay.size >= IN_FLIGHT_MAX) return false;
    const rows = await dueNow(now);
    if (rows.length === 0) {
      const next = store.read.outbox.nextAt(name, now);
      if (next !== null) loop.wakeAt(next);
      return false;
    }
    const ids = rows.map((row) => row.id);
    await store.commit((tx) => tx.outbox.lease(ids, now + LEASE_MS));
    observe('delivery.leased', { count: rows.length, channel: name });
    // A slow send must not hold up the others: each recipient's wakes the lane when it is done.
    for (const own of Map.groupBy(rows, (row) => row.identityId).values()) {
      const sending = deliverInOrder(own)
        .catch((error: unknown) => {
          options.failed(error);
          sweepAt = now + LEASE_MS;
          loop.wakeAt(sweepAt);
        })
        .finally(() => {
          underWay.delete(sending);
          loop.wake();
        });
      underWay.add(sending);
    }
    return rows.length === BATCH;
  };

  const loop = createLoop({ turn, failed: options.failed, now: clock.now });
  return {
    wake: loop.wake,
    stop: async () => {
      await loop.stop();
      const done = new AbortController();
      const sent = Promise.all(underWay).then(() => done.abort());
      await Promise.race([sent, wait(STOP_MS_MAX, done.signal)]);
      isEnded = true;
      for (const patience of waiting) patience.abort(ANSWERED);
    },
    idle: async () => {
      // Each delivery wakes the lane when it is done, and the lane may find the recipient's next.
      for (;;) {
        await loop.idle();
        if (underWay.size === 0) return;
        await Promise.all(underWay);
      }
    },
  };
}
