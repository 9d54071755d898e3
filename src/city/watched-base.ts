/** The base of a city that is looked after: with its log, its backups and what is counted of it. */
import type { Logger } from 'pino';
import { type BackupSettings, createBackups } from '../backup/backups.ts';
import type { Observe, Observer } from '../lib/steps.ts';
import { createPictureCheck } from '../media/check-picture.ts';
import { createMetrics } from '../web/metrics.ts';
import { type BaseParts, createBase } from './base.ts';

export type WatchedBase = ReturnType<typeof createWatchedBase>;

export function createWatchedBase(
  parts: Omit<BaseParts, 'observer' | 'checkPicture'> & {
    readonly log: Logger;
    readonly backups: Pick<BackupSettings, 'databasePath' | 'folder' | 'kept'>;
    /** Is told of every step, besides the metrics. */
    readonly observe?: Observe;
  },
) {
  const { log, backups: settings, observe, ...facts } = parts;
  const { did, keys, clock, random, store } = facts;
  const backups = createBackups({ ...settings, did, keys, clock, random });
  const metrics = createMetrics({
    read: store.read,
    now: clock.now,
    memory: () => process.memoryUsage.rss(),
    lastBackup: () => backups.status().last,
  });
  const observer: Observer = {
    observe: (step, detail) => {
      metrics.observe(step, detail);
      observe?.(step, detail);
    },
    failed: (error) => log.error({ err: error }, 'Something failed.'),
  };
  const checkPicture = createPictureCheck(facts.spool);
  return { base: createBase({ ...facts, checkPicture, observer }), backups, metrics };
}
