/** Delivers what is in the outbox: at least once, in order for each recipient, at the channel's pace. */
import { RateLimiterMemory, RateLimiterRes } from 'rate-limiter-flexible';
import type { Channel, Delivery, SendError, SendOutcome } from '../channels/channel.ts';
import type { Reply } from '../conversation/message.ts';
import { type Clock, MINUTE_MS, SECOND_MS } from '../lib/clock.ts';
import type { Keys } from '../lib/crypto.ts';
import { createLoop, type Loop } from '../lib/loop.ts';
import type { Observe } from '../lib/steps.ts';
import type { DueDelivery } from '../store/outbox.ts';
import type { Store, Tx } from '../store/store.ts';
import { ATTEMPTS_MAX, pauseAfter } from './backoff.ts';

const BATCH = 256;
const ADDRESSES_KEPT = 10_000;
const IN_FLIGHT_MAX = 4 * BATCH;
/** A send that takes longer is taken for lost and tried again. */
const LEASE_MS = 2 * MINUTE_MS;
const LEASE_SWEEP_MS = 30 * SECOND_MS;

/** Tried again, or given up: what cannot succeed is not repeated. */
const stateAfter = ({ kind }: SendError, attempts: number): 'pending' | 'dead' =>
  (kind === 'retry' || kind === 'misconfigured') && attempts < ATTEMPTS_MAX ? 'pending' : 'dead';

export type RelayOptions = {
  readonly store: Store;
  readonly channels: readonly Channel[];
  readonly keys: Keys;
  readonly clock: Clock;
  /** A number from 0 to 1, to spread retries. */
  readonly chance: () => number;
  readonly observe: Observe;
  readonly failed: (error: unknown) => void;
};

/** Starts asleep: `wake` it after every commit that may have added to the outbox. */
export function createRelay(options: RelayOptions): Loop {
  const { store, clock, keys, observe } = options;
  const lanes = new Map(
    options.channels.map((channel) => [
      channel.name as string,
      {
        channel,
        limiter:
          channel.messagesPerSecond === null
            ? undefined
            : new RateLimiterMemory({ points: channel.messagesPerSecond, duration: 1 }),
      },
    ]),
  );
  /** Opening a sealed address costs more than the rest of a delivery. */
  const addresses = new Map<number, string>();
  let sweptAt: number | undefined;
  const pending = new Set<Promise<void>>();

  const addressOf = (row: DueDelivery): string | null => {
    if (row.identityId === null || row.ciphertext === null || row.keyId === null) return null;
    const known = addresses.get(row.identityId);
    if (known !== undefined) return known;
    if (addresses.size >= ADDRESSES_KEPT) addresses.clear();
    const address = keys.open({ keyId: row.keyId, bytes: row.ciphertext });
    addresses.set(row.identityId, address);
    return address;
  };

  /** How long (ms) a channel asks to wait before one more message; 0 to send it now. */
  const waitOf = async (name: string): Promise<number> => {
    const limiter = lanes.get(name)?.limiter;
    if (limiter === undefined) return 0;
    try {
      await limiter.consume('all');
      return 0;
    } catch (refused) {
      if (refused instanceof RateLimiterRes) return refused.msBeforeNext;
      throw refused;
    }
  };

  const send = async (row: DueDelivery): Promise<SendOutcome> => {
    const channel = lanes.get(row.channel)?.channel;
    if (channel === undefined) {
      return { ok: false, error: { kind: 'misconfigured', detail: 'the channel is off' } };
    }
    if (row.body === null) throw new Error('A delivery that waits has no body.');
    const to = addressOf(row);
    const delivery: Delivery = {
      id: row.id,
      to,
      reply: JSON.parse(row.body) as Reply,
      kind: row.kind,
      attempt: row.attempts + 1,
    };
    try {
      return await channel.send(delivery);
    } catch (error) {
      options.failed(error);
      return { ok: false, error: { kind: 'retry', detail: 'the channel broke down' } };
    }
  };

  /** What became of deliveries, waiting to be written down together. */
  let reports: { readonly row: DueDelivery; readonly outcome: SendOutcome }[] = [];
  let recording: Promise<void> | undefined;

  const recordAll = (tx: Tx, done: typeof reports): void => {
    const now = clock.now();
    tx.outbox.deliveriesSent(
      done.flatMap(({ row, outcome }) =>
        outcome.ok ? [{ id: row.id, providerId: outcome.providerId }] : [],
      ),
      now,
    );
    for (const { row, outcome } of done) {
      if (!outcome.ok) recordFailure(tx, row, outcome.error, now);
      else if (row.kind === 'announcement' && row.taskId !== null && outcome.providerId !== null) {
        tx.tasks.addAnnouncement(row.channel, outcome.providerId, row.taskId);
      }
    }
  };

  const recordFailure = (tx: Tx, row: DueDelivery, error: SendError, now: number): void => {
    const attempts = row.attempts + 1;
    const pause = pauseAfter(attempts, options.chance(), error.retryAfterMs);
    const detail = `${error.kind}: ${error.detail}`;
    tx.outbox.deliveryFailed(row.id, stateAfter(error, attempts), now + pause, detail);
    if (error.kind === 'stopped' && row.identityId !== null) {
      tx.people.setStopped(row.identityId, now);
    }
  };

  /** Writes down what is there by the next turn of the event loop, in one commit. */
  const record = (row: DueDelivery, outcome: SendOutcome): Promise<void> => {
    reports.push({ row, outcome });
    recording ??= new Promise((resolve, reject) => {
      setImmediate(() => {
        const done = reports;
        reports = [];
        recording = undefined;
        store.commit((tx) => recordAll(tx, done)).then(resolve, reject);
      });
    });
    return recording;
  };

  const deliver = async (row: DueDelivery): Promise<void> => {
    const about = { count: 1, channel: row.channel };
    observe('delivery.sending', about);
    const outcome = await send(row);
    observe('delivery.sent', about);
    await record(row, outcome);
    if (outcome.ok) observe('delivery.recorded', about);
    else if (stateAfter(outcome.error, row.attempts + 1) === 'pending') {
      observe('delivery.retried', about);
    } else observe('delivery.dead', about);
  };

  const turn = async (): Promise<boolean> => {
    const now = clock.now();
    if (sweptAt === undefined || now - sweptAt >= LEASE_SWEEP_MS) {
      // Whoever held a lease before the start is gone.
      const until = sweptAt === undefined ? Number.MAX_SAFE_INTEGER : now;
      sweptAt = now;
      await store.commit((tx) => tx.outbox.expireLeases(until));
    }
    if (pending.size >= IN_FLIGHT_MAX) return false;
    const due = store.read.outbox.dueDeliveries(now, BATCH);
    const rows: DueDelivery[] = [];
    const full = new Set<string>();
    for (const row of due) {
      if (full.has(row.channel)) continue;
      const wait = await waitOf(row.channel);
      if (wait === 0) rows.push(row);
      else {
        full.add(row.channel);
        loop.wakeAt(now + wait);
      }
    }
    if (rows.length === 0) {
      const next = store.read.outbox.nextDeliveryAt();
      if (next !== null && next > now) loop.wakeAt(next);
      return false;
    }
    await store.commit((tx) =>
      tx.outbox.leaseDeliveries(
        rows.map((row) => row.id),
        now + LEASE_MS,
      ),
    );
    observe('delivery.leased', { count: rows.length });
    // A slow send must not hold up the others: each wakes the relay when it is done.
    for (const row of rows) {
      const sending = deliver(row)
        .catch(options.failed)
        .finally(() => {
          pending.delete(sending);
          loop.wake();
        });
      pending.add(sending);
    }
    return due.length >= BATCH;
  };

  const loop = createLoop({ turn, failed: options.failed, now: clock.now });
  return {
    ...loop,
    stop: async () => {
      await loop.stop();
      await Promise.all(pending);
    },
    idle: async () => {
      // Each delivery wakes the loop when it is done, and the loop may find the recipient's next.
      for (;;) {
        await loop.idle();
        if (pending.size === 0) return;
        await Promise.all(pending);
      }
    },
  };
}
