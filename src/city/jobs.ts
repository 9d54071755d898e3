/** The scheduled jobs of a running city. */
import type { Backups } from '../backup/backups.ts';
import { backupJob } from '../jobs/backup.ts';
import { broadcastJob } from '../jobs/broadcast.ts';
import { emptyLogJob } from '../jobs/empty-log.ts';
import { expireCodesJob } from '../jobs/expire-codes.ts';
import { forgetExpiredJob } from '../jobs/forget-expired.ts';
import { forgetPicturesJob } from '../jobs/forget-pictures.ts';
import { openEpochJob } from '../jobs/open-epoch.ts';
import { recordWorkJob } from '../jobs/record-work.ts';
import { refreshAnnouncementsJob } from '../jobs/refresh-announcements.ts';
import type { Spool } from '../media/spool.ts';
import type { CoreParts } from './core.ts';

export const cityJobs =
  (parts: {
    readonly backups: Backups;
    readonly emptyLog: () => void;
    readonly spool: Spool;
  }): CoreParts['jobs'] =>
  (mailer, channels) => [
    expireCodesJob(mailer),
    broadcastJob(mailer, channels),
    backupJob(parts.backups),
    emptyLogJob(parts.emptyLog),
    openEpochJob,
    recordWorkJob,
    forgetExpiredJob,
    forgetPicturesJob(parts.spool.remove),
    refreshAnnouncementsJob(mailer),
  ];
