/** The base of a city that is looked after: with its log, its backups and what is counted of it. */
import type { Backups } from '../backup/port.ts';
import { dayOf } from '../domain/calendar.ts';
import type { Log } from '../lib/log.ts';
import type { Observe, Observer } from '../lib/steps.ts';
import { createMetrics } from '../web/metrics.ts';
import { type BaseParts, createBase } from './base.ts';
import type { StorageWatch } from './storage.ts';

export type WatchedBase = ReturnType<typeof createWatchedBase>;

export type WatchedParts = Omit<BaseParts, 'observer'> & {
  readonly log: Log;
  readonly backups: Backups;
  readonly storage: StorageWatch;
  /** What the program holds of memory, in bytes. */
  readonly memory: () => number;
  /** How many segments a day the city's texts may cost; undefined without SMS. */
  readonly segmentsPerDay?: number | undefined;
  /** Is told of every step, besides the metrics. */
  readonly observe?: Observe;
};

export function createWatchedBase(parts: WatchedParts) {
  const { log, backups, storage, memory, observe, segmentsPerDay: perDay, ...facts } = parts;
  const { clock, store } = facts;
  const { timeZone } = facts.city;
  const metrics = createMetrics({
    ...{ read: store.read, now: clock.now, memory },
    lastBackup: backups.newest,
    texts: perDay === undefined ? undefined : { perDay, dayOf: (at) => dayOf(at, timeZone) },
  });
  const observer: Observer = {
    observe: (step, detail) => {
      metrics.observe(step, detail);
      observe?.(step, detail);
    },
    failed: (error) => {
      // A full disk fails everything, again and again: the watch tells of it once.
      if (!storage.notice(error)) log.error({ err: error }, 'Something failed.');
    },
    warn: (sentence) => log.warn(sentence),
    channelChanged: (channel, { state, problem }) => {
      if (problem === undefined) log.warn({ channel }, 'The channel works again.');
      else log.warn({ channel, state, problem }, 'The channel is in trouble.');
    },
  };
  return { base: createBase({ ...facts, observer }), backups, metrics, storage, log };
}
