/** The scheduled jobs of a running city. */
import type { Backups } from '../backup/backups.ts';
import { backupJob } from '../jobs/backup.ts';
import { broadcastJob } from '../jobs/broadcast.ts';
import { carryOutMovesJob } from '../jobs/carry-out-moves.ts';
import { checkDatabaseJob } from '../jobs/check-database.ts';
import { emptyLogJob } from '../jobs/empty-log.ts';
import { expireCodesJob } from '../jobs/expire-codes.ts';
import { forgetExpiredJob } from '../jobs/forget-expired.ts';
import { forgetMessagesJob } from '../jobs/forget-messages.ts';
import { forgetPicturesJob } from '../jobs/forget-pictures.ts';
import { noteAlikeJob } from '../jobs/note-alike.ts';
import { openEpochJob } from '../jobs/open-epoch.ts';
import { recordWorkJob } from '../jobs/record-work.ts';
import { refreshAnnouncementsJob } from '../jobs/refresh-announcements.ts';
import { reportReachJob } from '../jobs/report-reach.ts';
import { rescueCodesJob } from '../jobs/rescue-codes.ts';
import { selfAuditJob } from '../jobs/self-audit.ts';
import { type TextWarning, warnOfSegmentsJob } from '../jobs/warn-of-segments.ts';
import type { Spool } from '../media/spool.ts';
import type { CoreParts } from './core.ts';
import type { SelfAudits } from './self-audit/self-audit.ts';
import type { StorageWatch } from './storage-watch.ts';

export const cityJobs =
  (parts: {
    readonly backups: Backups;
    readonly storage: Pick<StorageWatch, 'beginCheck'>;
    readonly emptyLog: () => void;
    readonly spool: Spool;
    /** Audits the public record; left out where nobody else could have touched it. */
    readonly selfAudits?: SelfAudits;
    /** For a city with SMS. */
    readonly texts?: TextWarning | undefined;
  }): CoreParts['jobs'] =>
  (mailer, channels, isCaughtUp, reporting) => [
    expireCodesJob(mailer, isCaughtUp),
    rescueCodesJob(mailer, channels),
    carryOutMovesJob(mailer, isCaughtUp),
    broadcastJob(mailer, channels),
    reportReachJob(mailer, reporting),
    backupJob(parts.backups),
    checkDatabaseJob(parts.storage.beginCheck),
    emptyLogJob(parts.emptyLog),
    openEpochJob,
    recordWorkJob,
    noteAlikeJob,
    forgetExpiredJob(isCaughtUp),
    forgetMessagesJob(),
    forgetPicturesJob(parts.spool.remove),
    refreshAnnouncementsJob(mailer),
    ...(parts.selfAudits === undefined ? [] : [selfAuditJob(parts.selfAudits)]),
    ...(parts.texts === undefined ? [] : [warnOfSegmentsJob(mailer, parts.texts)]),
  ];
