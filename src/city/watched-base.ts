/** The base of a city that is looked after: with its log, its backups and what is counted of it. */
import type { Logger } from 'pino';
import { type BackupSettings, createBackups } from '../backup/backups.ts';
import { dayOf } from '../domain/calendar.ts';
import type { Observe, Observer } from '../lib/steps.ts';
import { createPictureCheck } from '../media/check-picture.ts';
import { createCleaner } from '../media/cleaner.ts';
import { createMetrics } from '../web/metrics.ts';
import { type BaseParts, createBase } from './base.ts';
import { createStorageWatch } from './storage-watch.ts';

export type WatchedBase = ReturnType<typeof createWatchedBase>;

export function createWatchedBase(
  parts: Omit<BaseParts, 'observer' | 'checkPicture'> & {
    readonly log: Logger;
    /** How many segments a day the city's texts may cost; undefined without SMS. */
    readonly segmentsPerDay?: number | undefined;
    readonly backups: Pick<BackupSettings, 'databasePath' | 'folder' | 'kept'>;
    /** Is told of every step, besides the metrics. */
    readonly observe?: Observe;
  },
) {
  const { log, backups: settings, observe, segmentsPerDay: perDay, ...facts } = parts;
  const { did, keys, clock, random, store, spool } = facts;
  const { timeZone } = facts.city;
  const readPhoto = spool.get;
  const backups = createBackups({ ...settings, did, keys, readPhoto, clock, random });
  const { databasePath, folder: backupFolder } = settings;
  const storage = createStorageWatch({ store, databasePath, backupFolder, now: clock.now, log });
  const metrics = createMetrics({
    read: store.read,
    now: clock.now,
    memory: () => process.memoryUsage.rss(),
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
  const checkPicture = createPictureCheck(spool, createCleaner());
  return { base: createBase({ ...facts, checkPicture, observer }), backups, metrics, storage, log };
}
