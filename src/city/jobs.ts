/** The scheduled jobs of a running city. */
import type { Backups } from '../backup/backups.ts';
import { backupJob } from '../jobs/backup.ts';
import { broadcastJob } from '../jobs/broadcast.ts';
import { emptyLogJob } from '../jobs/empty-log.ts';
import { expireCodesJob } from '../jobs/expire-codes.ts';
import { forgetGuessesJob } from '../jobs/forget-guesses.ts';
import { forgetPicturesJob } from '../jobs/forget-pictures.ts';
import { forgetSessionsJob } from '../jobs/forget-sessions.ts';
import type { MakeJob } from '../jobs/jobs.ts';
import { openEpochJob } from '../jobs/open-epoch.ts';
import { recordWorkJob } from '../jobs/record-work.ts';
import { refreshAnnouncementsJob } from '../jobs/refresh-announcements.ts';

export const cityJobs = (backups: Backups, emptyLog: () => void): readonly MakeJob[] => [
  expireCodesJob,
  broadcastJob,
  ({ foundation }) => backupJob({ foundation, backups }),
  () => emptyLogJob({ emptyLog }),
  openEpochJob,
  recordWorkJob,
  forgetGuessesJob,
  forgetSessionsJob,
  forgetPicturesJob,
  refreshAnnouncementsJob,
];
