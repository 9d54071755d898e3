/** Tells how far a long backlog is, and when it will be published. */
import { type Clock, DAY_MS, HOUR_MS, MINUTE_MS, SECOND_MS } from '../../lib/clock.ts';
import { grouped } from '../../lib/text.ts';

/** An estimate is made from this; times in ms, of `clock.elapsed()`. */
export type Pace = {
  readonly now: number;
  /** Records that wait. */
  readonly waiting: number;
  /** How many were published lately, and how long that took without the pauses between. */
  readonly lately: { readonly records: number; readonly ms: number };
  /** Until when nothing at all is published. */
  readonly heldUntil: number;
  /** When the write budget, and what the PDS itself allows, will have paid for all that waits. */
  readonly budgetAt: number;
  readonly allowanceAt: number;
};

/**
 * How long (s) it will take to publish what waits: as long as the work takes at the pace of lately,
 * and not before everything is paid for. Null while nothing tells the pace.
 */
export function estimateSeconds(pace: Pace): number | null {
  if (pace.waiting === 0) return 0;
  const paidAt = Math.max(pace.budgetAt, pace.allowanceAt);
  const { records, ms } = pace.lately;
  if (records === 0 && paidAt <= pace.now) return null;
  const workMs = records === 0 ? 0 : (pace.waiting * ms) / records;
  const doneAt = Math.max(paidAt, Math.max(pace.now, pace.heldUntil) + workMs);
  return Math.ceil((doneAt - pace.now) / SECOND_MS);
}

/** A duration for people, such as "18 minutes". */
export function inWords(seconds: number): string {
  const ms = seconds * SECOND_MS;
  const units = [
    { name: 'day', unitMs: DAY_MS },
    { name: 'hour', unitMs: HOUR_MS },
  ];
  const { name, unitMs } = units.find((unit) => ms >= 2 * unit.unitMs) ?? {
    name: 'minute',
    unitMs: MINUTE_MS,
  };
  const count = Math.round(ms / unitMs);
  if (count < 1) return 'less than a minute';
  return `${grouped(count)} ${count === 1 ? name : `${name}s`}`;
}

const LONG_RECORDS = 1000;
const LONG_MS = MINUTE_MS;
const EVERY_MS = 30 * SECOND_MS;
/** Nobody needs to be told every half minute, all night, that nothing moves. */
const EVERY_MS_MAX = 10 * MINUTE_MS;
const BATCHES_LATELY = 20;

export type ProgressDetail = {
  readonly published: number;
  readonly waiting: number;
  readonly estimateSeconds: number | null;
};

/** A line for people, and the same for programs. */
export type Say = (line: string, detail: ProgressDetail) => void;

export type ProgressSettings = {
  readonly clock: Clock;
  /** How many records wait, and since when (ms) the oldest does. */
  readonly backlog: () => { readonly count: number; readonly oldest: number | null };
  /** The rest of the pace. */
  readonly pace: () => Pick<Pace, 'heldUntil' | 'budgetAt' | 'allowanceAt'>;
  /** The write budget, such as "1,666 an hour". */
  readonly budget: string;
  /** Why publishing fails at the moment; undefined when it does not. */
  readonly trouble: () => string | undefined;
  readonly say: Say;
};

export type Progress = ReturnType<typeof createProgress>;

export function createProgress(settings: ProgressSettings) {
  const { clock, backlog, say } = settings;
  const lately: { readonly records: number; readonly ms: number }[] = [];
  let lookedAt = Number.NEGATIVE_INFINITY;
  let everyMs = EVERY_MS;
  /** Since the backlog became long. */
  let long: { readonly since: number; published: number; told: number } | undefined;

  const paceOf = (waiting: number): Pace => ({
    now: clock.elapsed(),
    waiting,
    lately: {
      records: lately.reduce((sum, { records }) => sum + records, 0),
      ms: lately.reduce((sum, { ms }) => sum + ms, 0),
    },
    ...settings.pace(),
  });

  function lineOf(done: number, pace: Pace, seconds: number | null): string {
    const begin = `Published ${grouped(done)} of ${grouped(done + pace.waiting)} records`;
    const trouble = settings.trouble();
    if (trouble !== undefined) return `${begin}. ${trouble}`;
    if (seconds === null) return begin;
    const isShort = seconds < MINUTE_MS / SECOND_MS / 2;
    const left = `${begin}, ${isShort ? '' : 'about '}${inWords(seconds)} left`;
    const end = pace.now + (seconds - 1) * SECOND_MS;
    if (pace.allowanceAt > Math.max(end, pace.budgetAt)) return `${left} (the PDS sets the pace)`;
    return pace.budgetAt > end ? `${left} (the write budget allows ${settings.budget})` : left;
  }

  return {
    /** So many records more are published. */
    notePublished: (records: number) => {
      if (long !== undefined) long.published += records;
    },
    /** So many records took so many ms. */
    notePace: (records: number, ms: number) => {
      lately.push({ records, ms });
      if (lately.length > BATCHES_LATELY) lately.shift();
    },
    /** Says how far it is, when it is time for that. */
    tellIfDue: () => {
      const now = clock.elapsed();
      if (now < lookedAt + everyMs) return;
      lookedAt = now;
      const { count, oldest } = backlog();
      if (long === undefined) {
        if (count <= LONG_RECORDS && clock.now() - (oldest ?? clock.now()) <= LONG_MS) return;
        long = { since: now, published: 0, told: -1 };
      }
      everyMs = long.published === long.told ? Math.min(EVERY_MS_MAX, 2 * everyMs) : EVERY_MS;
      long.told = long.published;
      const pace = paceOf(count);
      const seconds = settings.trouble() === undefined ? estimateSeconds(pace) : null;
      const detail = { published: long.published, waiting: count, estimateSeconds: seconds };
      say(lineOf(long.published, pace, seconds), detail);
    },
    /** Says that everything is published, if there was a long backlog. */
    tellEnd: () => {
      if (long === undefined) return;
      const { since, published } = long;
      long = undefined;
      lookedAt = clock.elapsed();
      everyMs = EVERY_MS;
      const took = inWords(Math.max(0, lookedAt - since) / SECOND_MS);
      const detail = { published, waiting: 0, estimateSeconds: 0 };
      say(`Published all ${grouped(published)} records, in ${took}.`, detail);
    },
    estimateSeconds: () =>
      settings.trouble() === undefined ? estimateSeconds(paceOf(backlog().count)) : null,
  };
}
