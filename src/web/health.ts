/** Answers /healthz: whether the city works, what to do where it does not, and what waits. */

import { isoTime } from '../lib/clock.ts';
import { lastDrill } from '../records/drill.ts';
import type { Publisher } from '../records/publisher/publisher.ts';
import { RESTORED_AT } from '../store/cursors.ts';
import type { Store } from '../store/store.ts';
import {
  type Check,
  checkBackups,
  checkBooks,
  checkChannels,
  checkDatabase,
  checkDisk,
  checkDrill,
  checkKept,
  checkPublishing,
  checkWork,
  checkWrite,
  type Finding,
  type StorageStatus,
} from './health-checks.ts';
import { keptHealth } from './self-audit.ts';

type State = { readonly state: string; readonly problem?: string };

type HealthOptions = {
  readonly store: Store;
  readonly channels: readonly { readonly name: string; readonly status?: () => State }[];
  readonly publisher: Pick<Publisher, 'status' | 'parked' | 'estimateSeconds'>;
  /** `last` is when the newest was made (ms), null when there is none; the rest is told as it is. */
  readonly backups: () => { readonly last: number | null; readonly failed?: boolean };
  readonly storage: () => StorageStatus;
  /** Further checks, by their names. */
  readonly checks?: Readonly<Record<string, Check>>;
  readonly now: () => number;
  /** Hears why something could not be read. */
  readonly failed: (error: unknown) => void;
};

/** How everything is that health looks at, by its name. */
export type Findings = Readonly<Record<string, Finding>>;

/** `ok` is false, and `problem` says what to do, when the city cannot do its work. */
export function healthOf(options: HealthOptions) {
  const findings = createFindings(options);
  return {
    findings,
    health: () => {
      const waiting = readOr(options, () => whatWaits(options));
      // After the store was read: that may have found it damaged.
      const checks = findings();
      const down = Object.values(checks).find(({ state }) => state === 'down');
      const problem = down !== undefined && 'sentence' in down ? down.sentence : null;
      return { ok: down === undefined, problem, checks, ...waiting };
    },
  };
}

/** Most urgent first: the first that is down is the problem that is told. */
function createFindings(options: HealthOptions): () => Findings {
  const { store, publisher, backups, storage, now, checks = {} } = options;
  return () => {
    const parked = readOr(options, () => store.read.inbox.parked()) ?? 0;
    const status = storage();
    return {
      database: checkDatabase(status),
      write: checkWrite(status),
      disk: checkDisk(status),
      books: checkBooks(readOr(options, () => store.read.books.state())),
      channels: checkChannels(statesOf(options)),
      publishing: checkPublishing(publisher.status(), publisher.parked()),
      kept: checkKept(readOr(options, () => keptHealth({ read: store.read, now }))),
      work: checkWork({ parked }),
      backups: checkBackups(backups(), now()),
      drill: checkDrill(readOr(options, () => lastDrill(store.read.cursors))),
      ...Object.fromEntries(Object.entries(checks).map(([name, check]) => [name, check()])),
    };
  };
}

/** What the store answers; undefined where it cannot be read. */
function readOr<T>({ failed }: Pick<HealthOptions, 'failed'>, read: () => T): T | undefined {
  try {
    return read();
  } catch (error) {
    failed(error);
    return undefined;
  }
}

const statesOf = ({ channels }: Pick<HealthOptions, 'channels'>) =>
  channels.map(({ name, status }) => ({ name, ...(status?.() ?? { state: 'on' }) }));

const ageSeconds = (oldest: number | null, now: number): number | null =>
  oldest === null ? null : Math.max(0, Math.round((now - oldest) / 1000));

/** What waits in each queue and since when, and how what works on them is. */
function whatWaits(options: HealthOptions) {
  const { read } = options.store;
  const { publisher } = options;
  const now = options.now();
  const { last, ...backups } = options.backups();
  const inbox = read.inbox.backlog();
  const records = read.records.backlog();
  const kept = keptHealth({ read, now: options.now });
  const outbox = new Map(read.outbox.backlog().map((row) => [row.channel, row]));
  return {
    channels: Object.fromEntries(
      statesOf(options).map(({ name, ...state }) => {
        const waiting = outbox.get(name);
        const oldestUnsentSeconds = ageSeconds(waiting?.oldest ?? null, now);
        return [name, { ...state, backlog: waiting?.count ?? 0, oldestUnsentSeconds }];
      }),
    ),
    inbox: {
      backlog: inbox.count,
      oldestSeconds: ageSeconds(inbox.oldest, now),
      parked: read.inbox.parked(),
    },
    outbox: { dead: read.outbox.deadLetters() },
    broadcasts: read.broadcasts.progress(),
    records: {
      ...publisher.status(),
      backlog: records.count,
      oldestUnpublishedSeconds: ageSeconds(records.oldest, now),
      parked: publisher.parked().length,
      estimateSeconds: publisher.estimateSeconds(),
      ...kept.records,
    },
    selfAudit: kept.selfAudit,
    ...restoredHealth(read),
    ...drillHealth(read),
    backups: { last: last === null ? null : isoTime(last), ...backups },
  };
}

const UNANSWERED_SHOWN = 20;

/** What would be lost if the machine were, as the last drill found. */
function drillHealth({ cursors }: Store['read']) {
  const last = lastDrill(cursors);
  if (last === undefined) return {};
  const { ok, at, seconds, rows, records, tookSeconds } = last;
  return { drill: { last: isoTime(at), ok, tookSeconds, wouldLose: { seconds, rows, records } } };
}

/** When the database was made again, and which messages from before that nobody answers. */
function restoredHealth({ cursors, unanswered }: Store['read']) {
  const at = cursors.get(RESTORED_AT);
  if (at === undefined) return {};
  const newest = unanswered
    .newest(UNANSWERED_SHOWN)
    .map(({ channel, sentAt }) => ({ channel, at: isoTime(sentAt) }));
  return { restored: { at: isoTime(Number(at)), unanswered: unanswered.count(), newest } };
}
