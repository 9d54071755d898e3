/** The scheduled jobs of a running city. */
import type { Backups } from '../backup/port.ts';
import { backupJob } from '../jobs/backup.ts';
import { bringClaimsOverJob } from '../jobs/bring-claims-over.ts';
import { bringOverJob } from '../jobs/bring-over.ts';
import { broadcastJob } from '../jobs/broadcast.ts';
import { carryOnTasksJob } from '../jobs/carry-on-tasks.ts';
import { carryOutMovesJob } from '../jobs/carry-out-moves.ts';
import { checkBooksJob } from '../jobs/check-books.ts';
import { checkDatabaseJob } from '../jobs/check-database.ts';
import { drillJob } from '../jobs/drill.ts';
import { emptyLogJob } from '../jobs/empty-log.ts';
import { evaluateMonthsJob } from '../jobs/evaluate-months.ts';
import { evaluateWorkJob } from '../jobs/evaluate-work.ts';
import { expireCodesJob } from '../jobs/expire-codes.ts';
import { finishForgettingJob } from '../jobs/finish-forgetting.ts';
import { forgetExpiredJob } from '../jobs/forget-expired.ts';
import { forgetMessagesJob } from '../jobs/forget-messages.ts';
import { forgetPicturesJob } from '../jobs/forget-pictures.ts';
import { keepForgottenJob } from '../jobs/keep-forgotten.ts';
import { makeDatesJob } from '../jobs/make-dates.ts';
import { noteAlikeJob } from '../jobs/note-alike.ts';
import { openEpochJob } from '../jobs/open-epoch.ts';
import { recordCityWorkJob } from '../jobs/record-city-work.ts';
import { recordWorkJob } from '../jobs/record-work.ts';
import { refreshAnnouncementsJob } from '../jobs/refresh-announcements.ts';
import { rekeyJob } from '../jobs/rekey.ts';
import { releaseClaimsJob } from '../jobs/release-claims.ts';
import { reportReachJob } from '../jobs/report-reach.ts';
import { rescueCodesJob } from '../jobs/rescue-codes.ts';
import { selfAuditJob } from '../jobs/self-audit.ts';
import { sendNoticesJob } from '../jobs/send-notices.ts';
import { settlePricesJob } from '../jobs/settle-prices.ts';
import { tellCapsJob } from '../jobs/tell-caps.ts';
import { tellOperatorNewsJob } from '../jobs/tell-operator-news.ts';
import { tellUpdatesJob } from '../jobs/tell-updates.ts';
import { type TextWarning, warnOfSegmentsJob } from '../jobs/warn-of-segments.ts';
import type { Log } from '../lib/log.ts';
import type { Spool } from '../media/spool-port.ts';
import type { CoreParts } from './core.ts';
import type { SelfAudits } from './platform.ts';
import type { StorageWatch } from './storage.ts';

export const cityJobs =
  (parts: {
    readonly backups: Backups;
    readonly storage: Pick<StorageWatch, 'beginCheck'>;
    readonly log: Pick<Log, 'warn'>;
    readonly emptyLog: () => void;
    /** Time that passes (ms), whatever the clock says. */
    readonly elapsed: () => number;
    readonly spool: Spool;
    /** Audits the public record; left out where nobody else could have touched it. */
    readonly selfAudits?: SelfAudits;
    /** Where keys are changed: is told that nothing is sealed with the key of before any more. */
    readonly rekeyed?: Parameters<typeof rekeyJob>[0];
    /** Practises coming back; left out where there is no public record elsewhere. */
    readonly drills?: { readonly begin: () => void };
    /** For a city with SMS. */
    readonly texts?: TextWarning | undefined;
  }): CoreParts['jobs'] =>
  (mailer, channels, isCaughtUp, reporting) => [
    expireCodesJob(mailer, isCaughtUp),
    rescueCodesJob(mailer, channels),
    carryOutMovesJob(mailer, isCaughtUp),
    broadcastJob(mailer, channels),
    releaseClaimsJob(),
    carryOnTasksJob(isCaughtUp),
    makeDatesJob,
    sendNoticesJob(mailer),
    reportReachJob(mailer, reporting),
    backupJob(parts.backups, parts.elapsed),
    keepForgottenJob(parts.backups.keepForgotten),
    checkBooksJob(mailer, (found) =>
      parts.log.warn({ found }, 'The books do not agree: credits stay where they are.'),
    ),
    checkDatabaseJob(parts.storage.beginCheck),
    emptyLogJob(parts.emptyLog),
    openEpochJob,
    tellCapsJob(mailer),
    settlePricesJob,
    bringOverJob,
    bringClaimsOverJob,
    recordWorkJob,
    evaluateWorkJob,
    evaluateMonthsJob,
    recordCityWorkJob,
    tellUpdatesJob,
    tellOperatorNewsJob(mailer),
    noteAlikeJob,
    forgetExpiredJob(isCaughtUp),
    forgetMessagesJob(),
    forgetPicturesJob(parts.spool.remove),
    finishForgettingJob({ removePicture: parts.spool.remove, emptyLog: parts.emptyLog }),
    refreshAnnouncementsJob(mailer),
    ...(parts.selfAudits === undefined ? [] : [selfAuditJob(parts.selfAudits)]),
    ...(parts.rekeyed === undefined ? [] : [rekeyJob(parts.rekeyed)]),
    ...(parts.drills === undefined ? [] : [drillJob(parts.drills.begin)]),
    ...(parts.texts === undefined ? [] : [warnOfSegmentsJob(mailer, parts.texts)]),
  ];
