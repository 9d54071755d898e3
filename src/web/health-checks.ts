/**
 * What health looks at: each check is one function that answers how something is and, where it is not
 * well, one sentence that says what is wrong and what to do. docs/operations.md explains them.
 */
import { HOUR_MS, MINUTE_MS } from '../lib/clock.ts';
import type { PublisherStatus } from '../records/publisher/status.ts';

/** `trouble`: somebody should look. `down`: the city cannot do its work. */
export type Finding =
  | { readonly state: 'ok' }
  | { readonly state: 'trouble' | 'down'; readonly sentence: string };

export type Check = () => Finding;

const OK = { state: 'ok' } as const;
const trouble = (sentence: string): Finding => ({ state: 'trouble', sentence });
const down = (sentence: string): Finding => ({ state: 'down', sentence });

/** How the database and its disks are. */
export type StorageStatus = {
  /** The code of what refused the last write, such as `SQLITE_FULL`; undefined once one succeeded. */
  readonly writeFault: string | undefined;
  /** What was found wrong with the database; undefined while nothing is. */
  readonly damage: string | undefined;
  /** Bytes free where each lies; undefined where nobody can tell, or it is beside the database. */
  readonly free: Readonly<Record<'database' | 'backups', number | undefined>>;
};

export function checkDatabase({ damage }: StorageStatus): Finding {
  if (damage === undefined) return OK;
  return down(
    `The database is damaged (${damage}): stop the city, keep a copy of the file, and bring the database back as docs/operations.md says under "A damaged database".`,
  );
}

export function checkWrite({ writeFault: code }: StorageStatus): Finding {
  if (code === undefined) return OK;
  const sentence = WRITE_FAULTS.find(([pattern]) => pattern.test(code))?.[1] ?? DISK_BROKEN;
  return down(`${sentence} (${code}).`);
}

const WRITE_FAULTS = [
  [
    /FULL|ENOSPC|EDQUOT/,
    'The disk is full, so nothing can be stored: make room, and the city goes on by itself',
  ],
  [
    /BUSY|LOCKED/,
    'Another program holds the database, so nothing can be stored: end what has it open, and the city goes on by itself',
  ],
  [
    /READONLY|EROFS|PERM|CANTOPEN/,
    'The database may not be written: give its folder to the user who runs the city, and mount its disk for writing',
  ],
] as const;
const DISK_BROKEN =
  'The disk does not read or write what it is told: look at the system log, and bring the database to another disk';

const MB = 1024 ** 2;
/** So little is used up within minutes by a busy city. */
const FULL_MB = 16;
const SCARCE_MB = 512;

/** Looks whether there is room, before there is none. */
export function checkDisk({ free }: StorageStatus): Finding {
  const { database = Number.POSITIVE_INFINITY, backups = Number.POSITIVE_INFINITY } = free;
  const left = (bytes: number): string => `${Math.floor(bytes / MB)} MB are free`;
  if (database < FULL_MB * MB) {
    return down(`The disk of the database is full (${left(database)}): make room.`);
  }
  if (database < SCARCE_MB * MB) {
    return trouble(`The disk of the database is nearly full (${left(database)}): make room.`);
  }
  if (backups < SCARCE_MB * MB) {
    return trouble(`The disk of the backups is nearly full (${left(backups)}): make room.`);
  }
  return OK;
}

/** While the books do not agree, credits stay where they are; all else goes on. */
export function checkBooks(books: { readonly fault: string | null } | undefined): Finding {
  if (books === undefined || books.fault === null) return OK;
  return down(
    `The books do not agree, so credits are stopped: ${books.fault} Run "npm run books", and see "The books" in docs/operations.md.`,
  );
}

/** One channel in trouble is for somebody to look at; without any the city cannot be reached. */
export function checkChannels(
  channels: readonly { readonly name: string; readonly state: string; readonly problem?: string }[],
): Finding {
  const bad = channels.filter(({ state }) => state !== 'on');
  if (bad.length === 0) return OK;
  const why = bad.map(({ name, problem = 'It does not work.' }) => `${name}: ${problem}`).join(' ');
  if (bad.length < channels.length) return trouble(`A channel is in trouble. ${why}`);
  return down(`The city cannot be reached: no channel works. ${why}`);
}

export function checkPublishing(status: PublisherStatus, parked: readonly string[]): Finding {
  if (status.state === 'stopped') {
    return down(`Publishing stopped (${status.reason}): see "Publishing" in docs/operations.md.`);
  }
  const [first] = parked;
  if (first === undefined) return OK;
  return down(
    `${parked.length} records are set aside (${first}): see "Publishing" in docs/operations.md.`,
  );
}

/** What was published is there, as far as it was read back. */
export function checkKept(
  kept:
    | {
        readonly records: { readonly toPutBack: number; readonly photosNotKept: number };
        readonly selfAudit: { readonly problem: string | null };
      }
    | undefined,
): Finding {
  if (kept === undefined) return OK;
  const { records, selfAudit } = kept;
  const { toPutBack, photosNotKept } = records;
  if (toPutBack > 0 || photosNotKept > 0) {
    return down(
      `The PDS does not have what was published (${toPutBack} records, ${photosNotKept} photos): see "The server is not believed" in docs/operations.md.`,
    );
  }
  return selfAudit.problem === null ? OK : trouble(selfAudit.problem);
}

/** The last drill of coming back, which a job makes every week. */
export function checkDrill(
  last: { readonly ok: boolean; readonly sentence: string | null } | undefined,
): Finding {
  if (last === undefined || last.ok) return OK;
  return trouble(
    `The city could not come back from its newest backup: see "How to practise it" in docs/operations.md. (${last.sentence})`,
  );
}

/** A clock that somebody set is not believed at once: then the city's time is another than its. */
export function checkClock({ apartMs }: { readonly apartMs: number }): Finding {
  const minutes = Math.round(Math.abs(apartMs) / MINUTE_MS);
  if (minutes === 0) return OK;
  return trouble(
    `The clock of this machine is ${minutes} minutes ${apartMs > 0 ? 'ahead of' : 'behind'} the city's time: set it right, or the city follows it soon.`,
  );
}

/** Messages that failed three times; `dead` deliveries are counted, since STOP makes some, too. */
export function checkWork({ parked }: { readonly parked: number }): Finding {
  if (parked === 0) return OK;
  return trouble(
    `${parked} messages were set aside after three tries: the log has the errors, report them.`,
  );
}

/** One is made every ten minutes. */
const BACKUP_AGE_MS_MAX = 2 * HOUR_MS;

export function checkBackups(
  { last, failed }: { readonly last: number | null; readonly failed?: boolean },
  now: number,
): Finding {
  if (failed === true) {
    return trouble(
      'The last backup failed: the log says why. It is tried again every ten minutes.',
    );
  }
  // A new city makes its first one within a minute of its start.
  if (last === null || now - last < BACKUP_AGE_MS_MAX) return OK;
  return trouble('There was no backup for two hours: look whether the folder can be written.');
}
