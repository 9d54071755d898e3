/**
 * One channel's way out: at least once, in order for each recipient, at the channel's pace. A
 * channel that is slow or silent holds up nobody but itself.
 */
import type { Channel } from '../channels/channel.ts';
import { SECOND_MS } from '../lib/clock.ts';
import { createLoop, type Loop } from '../lib/loop.ts';
import { BoundedMap } from '../lib/memo.ts';
import type { Observe } from '../lib/steps.ts';
import type { DueDelivery } from '../store/outbox.ts';
import { isTriedAgain } from './backoff.ts';
import { type Outcomes, record } from './outcomes.ts';
import { createPace, type Pace } from './pace.ts';
import { endSending, SEND_MS_MAX, type Sender, type SenderParts, send } from './sending.ts';

const BATCH = 256;
const IN_FLIGHT_MAX = 4 * BATCH;
/** How many messages to one recipient are taken together and sent one after the other. */
const RUN_MAX = 16;
/** Longer than all of those may take, so that only leases that nobody holds run out. */
const LEASE_MS = (RUN_MAX + 1) * SEND_MS_MAX;
const ADDRESSES_KEPT = 10_000;
/** How long the end of the program waits for a channel. */
const STOP_MS_MAX = 5 * SECOND_MS;

export type LaneParts = SenderParts & {
  readonly outcomes: Outcomes;
  readonly observe: Observe;
};

type Lane = LaneParts &
  Sender & {
    readonly pace: Pace;
    /** The sends under way, one for each recipient. */
    readonly underWay: Set<Promise<void>>;
    /** When (ms) to give back leases that nobody holds any more; the first turn gives back all. */
    sweepAt: number;
  };

/** Starts asleep. The first turn takes up what an earlier run has left. */
export function createLane(channel: Channel, parts: LaneParts): Omit<Loop, 'wakeAt'> {
  const lane: Lane = {
    ...parts,
    channel,
    pace: createPace(channel.messagesPerSecond),
    addresses: new BoundedMap(ADDRESSES_KEPT),
    nextAt: new BoundedMap(ADDRESSES_KEPT),
    waits: new Set(),
    underWay: new Set(),
    sweepAt: Number.NEGATIVE_INFINITY,
    isEnded: false,
  };
  const { failed, clock } = parts;
  const loop = createLoop({ turn: (self) => takeTurn(lane, self), failed, now: clock.now });
  return { wake: loop.wake, stop: () => stop(lane, loop), idle: () => idle(lane, loop) };
}

async function stop(lane: Lane, loop: Loop): Promise<void> {
  const { underWay, wait } = lane;
  await loop.stop();
  const done = new AbortController();
  const sent = Promise.all(underWay).then(() => done.abort());
  await Promise.race([sent, wait(STOP_MS_MAX, done.signal)]);
  endSending(lane);
}

/** Asks again after each wait: a delivery that is done wakes the lane, which may find the next. */
async function idle({ underWay }: Lane, loop: Loop): Promise<void> {
  for (;;) {
    await loop.idle();
    if (underWay.size === 0) return;
    await Promise.all(underWay);
  }
}

async function takeTurn(lane: Lane, loop: Loop): Promise<boolean> {
  const { channel, clock, store, underWay } = lane;
  const now = clock.now();
  if (now >= lane.sweepAt) await giveBackLeases(lane, now);
  if (underWay.size >= IN_FLIGHT_MAX) return false;
  const rows = await takeDue(lane, loop, now);
  if (rows.length === 0) {
    const next = store.read.outbox.nextAt(channel.name, now);
    if (next !== undefined) loop.wakeAt(next);
    return false;
  }
  const ids = rows.map((row) => row.id);
  await store.commit((tx) => tx.outbox.lease(ids, now + LEASE_MS));
  lane.observe('delivery.leased', { count: rows.length, channel: channel.name });
  // A slow send must not hold up the others: each one wakes the lane when it is done.
  for (const own of Map.groupBy(rows, (row) => row.identityId).values()) {
    const sending = sendInOrder(lane, own)
      .catch((error: unknown) => {
        lane.failed(error);
        lane.sweepAt = now + LEASE_MS;
        loop.wakeAt(lane.sweepAt);
      })
      .finally(() => {
        underWay.delete(sending);
        loop.wake();
      });
    underWay.add(sending);
  }
  return rows.length === BATCH;
}

async function giveBackLeases(lane: Lane, now: number): Promise<void> {
  const until = lane.sweepAt === Number.NEGATIVE_INFINITY ? Number.MAX_SAFE_INTEGER : now;
  lane.sweepAt = Number.POSITIVE_INFINITY;
  await lane.store.commit((tx) => tx.outbox.expireLeases(lane.channel.name, until));
}

/** Takes the messages that may be sent now: as many as are due, at the channel's pace. */
async function takeDue(lane: Lane, loop: Loop, now: number): Promise<DueDelivery[]> {
  const rows: DueDelivery[] = [];
  const asked = { channel: lane.channel.name, now, each: RUN_MAX };
  for (const row of lane.store.read.outbox.due(asked, BATCH)) {
    const pauseMs = await lane.pace();
    if (pauseMs > 0) {
      loop.wakeAt(now + pauseMs);
      break;
    }
    rows.push(row);
  }
  return rows;
}

/** Sends to one recipient in order, and gives back what has to wait for one that failed. */
async function sendInOrder(lane: Lane, rows: readonly DueDelivery[]): Promise<void> {
  const { store } = lane;
  const records: Promise<void>[] = [];
  const unsent: number[] = [];
  for (const [at, row] of rows.entries()) {
    // Since they were taken, and between two of them, the recipient may have said STOP.
    if (!store.read.outbox.isStillWanted(row.id)) {
      unsent.push(row.id);
      continue;
    }
    if (await deliver(lane, row, records)) continue;
    unsent.push(...rows.slice(at + 1).map(({ id }) => id));
    break;
  }
  // Given back once the outcome of those before is on disk: it may make the rest unwanted.
  await Promise.all(records);
  if (unsent.length > 0 && !lane.isEnded) await store.commit((tx) => tx.outbox.release(unsent));
}

/** Sends one message; false when what follows it to the same recipient has to wait. */
async function deliver(lane: Lane, row: DueDelivery, records: Promise<void>[]): Promise<boolean> {
  const { channel, observe } = lane;
  const about = { count: 1, channel: channel.name };
  observe('delivery.sending', about);
  const outcome = await send(lane, row);
  // Nobody waits for the outcome any more: the next start sends it again.
  if (lane.isEnded) return false;
  const segments = outcome.ok ? outcome.segments : undefined;
  observe('delivery.sent', segments === undefined ? about : { ...about, segments });
  const isRetried = !outcome.ok && isTriedAgain(outcome.error, row.attempts + 1);
  records.push(
    record(lane.outcomes, { channel, row, outcome }).then((): void => {
      observe('delivery.recorded', about);
      if (!outcome.ok) observe(isRetried ? 'delivery.retried' : 'delivery.dead', about);
    }),
  );
  return outcome.ok || (!isRetried && outcome.error.kind === 'rejected');
}
