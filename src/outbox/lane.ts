/**
 * One channel's way out: at least once, in order for each recipient, at the channel's pace. A
 * channel that is slow or silent holds up nobody but itself.
 */
import type { Channel } from '../channels/channel.ts';
import { SECOND_MS } from '../lib/clock.ts';
import { createLoop, type Loop } from '../lib/loop.ts';
import { BoundedMap } from '../lib/memo.ts';
import type { Observe } from '../lib/steps.ts';
import type { Timers } from '../lib/timers.ts';
import type { DueDelivery, LastTurns } from '../store/outbox.ts';
import { isTriedAgain } from './backoff.ts';
import { lastTurnsOf } from './last-turns.ts';
import { type Outcomes, record } from './outcomes.ts';
import { createPace, type Pace, worthLookingAt } from './pace.ts';
import {
  endSending,
  pauseBetween,
  SENDING,
  type Sender,
  type SenderParts,
  send,
} from './sending.ts';

const BATCH_MAX = 256;
/** How many messages to one recipient are taken together and sent one after the other. */
const RUN_MAX = 16;
const ADDRESSES_KEPT = 10_000;
/** How long the end of the program waits for a channel. */
const STOP_MS_MAX = 5 * SECOND_MS;

export type LaneParts = SenderParts & {
  readonly outcomes: Outcomes;
  readonly observe: Observe;
  readonly timers: Timers;
  /** Judges stored times again where the city's time has moved, before they are looked at. */
  readonly settleTimes: () => Promise<void>;
};

type Lane = LaneParts &
  Sender & {
    readonly pace: Pace;
    /** The sends under way, one for each recipient. */
    readonly underWay: Set<Promise<void>>;
    /** Who had the last turn, while others wait for theirs. */
    lastTurns: LastTurns;
    /** What the last look saw; undefined where there is more to look for. */
    seen: Seen | undefined;
    /** How many sends have ended. */
    ended: number;
    /** Nothing is handed to it any more. */
    isStopping: boolean;
    /**
     * When (`elapsed`, ms) to give back leases that nobody holds any more, and until when those were
     * given (ms); the first turn gives back all.
     */
    sweep: { readonly at: number; readonly until: number };
  };

/** Longer than all of a run may take, so that only leases that nobody holds run out. */
const leaseMs = ({ sending }: Lane): number => (RUN_MAX + 1) * sending.msMax;

const NEVER = Number.POSITIVE_INFINITY;

/** A look that found nothing to take: it is true until something was written, or comes due. */
type Seen = {
  /** Of the outbox, by its count of changes. */
  readonly changes: number;
  /** When the next row comes due (ms). */
  readonly nextAt: number;
  /** Where something may wait behind what was under way: how many sends had ended by then. */
  readonly behind: number | undefined;
};

/** Starts asleep. The first turn takes up what an earlier run has left. */
export function createLane(channel: Channel, parts: LaneParts): Omit<Loop, 'wakeAfter'> {
  const lane: Lane = {
    sending: SENDING,
    ...parts,
    channel,
    pace: createPace(channel.messagesPerSecond, parts.clock.elapsed),
    addresses: new BoundedMap(ADDRESSES_KEPT),
    nextAt: new BoundedMap(ADDRESSES_KEPT),
    waits: new Set(),
    underWay: new Set(),
    lastTurns: {},
    seen: undefined,
    ended: 0,
    isStopping: false,
    sweep: { at: Number.NEGATIVE_INFINITY, until: Number.MAX_SAFE_INTEGER },
    isEnded: false,
  };
  const loop = createLoop({ ...parts, turn: (self) => takeTurn(lane, self) });
  parts.store.handTo(channel.name, {
    room: () => ({ rows: roomOf(lane), each: RUN_MAX, until: parts.clock.now() + leaseMs(lane) }),
    take: (rows, isUntouched) => takeHanded(lane, loop, { rows, isUntouched }),
  });
  return { wake: loop.wake, stop: () => stop(lane, loop), idle: () => idle(lane, loop) };
}

async function stop(lane: Lane, loop: Loop): Promise<void> {
  const { underWay, wait } = lane;
  lane.isStopping = true;
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

/** How many deliveries the lane takes as they are written: none while others wait before them. */
const roomOf = (lane: Lane): number =>
  lane.seen === undefined || lane.isStopping ? 0 : placesLeft(lane);

const placesLeft = ({ sending, underWay }: Lane): number =>
  Math.max(0, sending.atOnceMax - underWay.size);

/** Sends what was leased as it was written; what the channel's pace has no room for waits its turn. */
function takeHanded(
  lane: Lane,
  loop: Loop,
  { rows, isUntouched }: { readonly rows: readonly DueDelivery[]; readonly isUntouched: boolean },
): void {
  const until = lane.clock.now() + leaseMs(lane);
  const taking = Promise.resolve()
    .then(async () => {
      const taken = keepPace(lane, loop, rows);
      const ids = taken.map(({ id }) => id);
      // Nobody can have said STOP after the commit: it is the same turn of the event loop.
      const wanted = new Set(isUntouched ? ids : lane.store.read.outbox.stillWanted(ids));
      sendAll(lane, loop, { rows: taken, wanted, until });
      const rest = rows.slice(taken.length).map(({ id }) => id);
      if (rest.length === 0) return;
      lane.seen = undefined;
      await lane.store.commit((tx) => tx.outbox.release(rest));
      loop.wake();
    })
    .catch((error: unknown) => leaveLeased(lane, loop, { error, until }))
    .finally(() => lane.underWay.delete(taking));
  lane.underWay.add(taking);
}

async function takeTurn(lane: Lane, loop: Loop): Promise<boolean> {
  const { channel, clock, store, underWay, seen } = lane;
  const now = clock.now();
  await lane.settleTimes();
  if (clock.elapsed() >= lane.sweep.at) await giveBackLeases(lane);
  const changes = store.read.outbox.changes();
  const { ended } = lane;
  const isTrue = seen?.changes === changes && (seen.behind === undefined || seen.behind === ended);
  if (isTrue && now < seen.nextAt) {
    loop.wakeAfter(seen.nextAt - now);
    return false;
  }
  lane.seen = undefined;
  if (placesLeft(lane) === 0) return false;
  const isUnderWay = underWay.size > 0;
  const { rows, isAny, isAll } = takeDue(lane, loop, now);
  if (rows.length === 0) {
    if (!isAll) return false;
    const nextAt = (isAny ? store.read.outbox.nextAt(channel.name, now) : undefined) ?? NEVER;
    loop.wakeAfter(nextAt - now);
    lane.seen = { changes, nextAt, behind: isAny && isUnderWay ? ended : undefined };
    return false;
  }
  const ids = rows.map((row) => row.id);
  const until = now + leaseMs(lane);
  await store.commit((tx) => tx.outbox.lease(ids, until));
  // Since they were taken the recipient may have said STOP.
  const wanted = new Set(store.read.outbox.stillWanted(ids));
  sendAll(lane, loop, { rows, wanted, until });
  return isAll;
}

/** A slow send must not hold up the others. */
function sendAll(
  lane: Lane,
  loop: Loop,
  {
    rows,
    wanted,
    until,
  }: {
    readonly rows: readonly DueDelivery[];
    readonly wanted: ReadonlySet<number>;
    /** When their lease ends (ms). */
    readonly until: number;
  },
): void {
  if (rows.length === 0) return;
  const { underWay } = lane;
  lane.observe('delivery.leased', { count: rows.length, channel: lane.channel.name });
  for (const own of Map.groupBy(rows, (row) => row.identityId).values()) {
    const sending = sendInOrder(lane, own, wanted)
      .catch((error: unknown) => leaveLeased(lane, loop, { error, until }))
      .finally(() => {
        underWay.delete(sending);
        lane.ended += 1;
        loop.wake();
      });
    underWay.add(sending);
  }
}

/** Something broke: rows stay leased that nobody sends, until their lease ends. */
function leaveLeased(
  lane: Lane,
  loop: Loop,
  { error, until }: { readonly error: unknown; readonly until: number },
): void {
  lane.failed(error);
  lane.sweep = { at: lane.clock.elapsed() + leaseMs(lane), until };
  loop.wakeAfter(leaseMs(lane));
}

async function giveBackLeases(lane: Lane): Promise<void> {
  const { until } = lane.sweep;
  lane.sweep = { at: Number.POSITIVE_INFINITY, until };
  await lane.store.commit((tx) => tx.outbox.expireLeases(lane.channel.name, until));
}

/**
 * Takes the messages that may be sent now, at the channel's pace. Recipients take turns, also from
 * one look to the next: however much waits for one of them, another waits for one message of it.
 */
function takeDue(lane: Lane, loop: Loop, now: number) {
  const { channel, store, lastTurns: after } = lane;
  const asked = { channel: channel.name, now, each: RUN_MAX, after };
  const limit = worthLookingAt(channel.messagesPerSecond, Math.min(BATCH_MAX, placesLeft(lane)));
  const { rows: due, isAny } = store.read.outbox.due(asked, limit);
  const rows = keepPace(lane, loop, due);
  // Where all had their turn the ring begins anew; those who have something under way wait unseen.
  const isAll = rows.length === due.length;
  const isUnseen = channel.messagesPerSecond !== null && lane.underWay.size > 0;
  const isRound = isAll && due.length < limit && !isUnseen;
  lane.lastTurns = isRound ? {} : { ...after, ...lastTurnsOf(rows, after) };
  return { rows, isAny, isAll };
}

/** Those of these messages that may be sent now, at the channel's pace; wakes the lane for the others. */
function keepPace(lane: Lane, loop: Loop, rows: readonly DueDelivery[]): readonly DueDelivery[] {
  for (let taken = 0; taken < rows.length; taken += 1) {
    const pauseMs = lane.pace();
    if (pauseMs > 0) {
      loop.wakeAfter(pauseMs);
      return rows.slice(0, taken);
    }
  }
  return rows;
}

/** Sends to one recipient in order, and gives back what has to wait for one that failed. */
async function sendInOrder(
  lane: Lane,
  rows: readonly DueDelivery[],
  wanted: ReadonlySet<number>,
): Promise<void> {
  const { store } = lane;
  const records: Promise<void>[] = [];
  const unsent: number[] = [];
  for (const [at, row] of rows.entries()) {
    const isLater = (await pauseBetween(lane, row)) || at > 0;
    // Since they were taken the recipient may have said STOP, too.
    const isWanted = isLater
      ? store.read.outbox.stillWanted([row.id]).length > 0
      : wanted.has(row.id);
    if (!isWanted) {
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
      if (outcome.ok) return;
      if (isRetried) observe('delivery.retried', about);
      else observe('delivery.dead', { ...about, reason: outcome.error.kind });
    }),
  );
  return outcome.ok || (!isRetried && outcome.error.kind === 'rejected');
}
