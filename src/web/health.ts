/** Answers /healthz: whether the city works, and what waits since when. */

import { isoTime } from '../lib/clock.ts';
import type { PublisherStatus } from '../records/publisher/status.ts';
import type { Store } from '../store/store.ts';

const ageSeconds = (oldest: number | null, now: number): number | null =>
  oldest === null ? null : Math.max(0, Math.round((now - oldest) / 1000));

/** Whatever else it holds is told as it is. */
type BackupStatus = {
  /** When the newest was made (ms); null when there is none. */
  readonly last: number | null;
};

const backupsAt = ({ last, ...status }: BackupStatus) => ({
  last: last === null ? null : isoTime(last),
  ...status,
});

/** The health is not `ok` once publishing has stopped or set records aside: a person has to look. */
export function healthOf(options: {
  readonly store: Store;
  readonly channels: readonly { readonly name: string; readonly status?: () => object }[];
  readonly publisher: {
    readonly status: () => PublisherStatus;
    readonly parked: () => readonly string[];
    readonly estimateSeconds: () => number | null;
  };
  readonly backups: () => BackupStatus;
  readonly now: () => number;
}) {
  const { read } = options.store;
  return () => {
    const now = options.now();
    const publisher = options.publisher.status();
    const parked = options.publisher.parked();
    const inbox = read.inbox.backlog();
    const records = read.records.backlog();
    const outbox = new Map(read.outbox.backlog().map((row) => [row.channel, row]));
    return {
      ok: publisher.state !== 'stopped' && parked.length === 0,
      channels: Object.fromEntries(
        options.channels.map(({ name, status }) => {
          const waiting = outbox.get(name);
          return [
            name,
            {
              ...(status?.() ?? { state: 'on' }),
              backlog: waiting?.count ?? 0,
              oldestUnsentSeconds: ageSeconds(waiting?.oldest ?? null, now),
            },
          ];
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
        ...publisher,
        backlog: records.count,
        oldestUnpublishedSeconds: ageSeconds(records.oldest, now),
        parked: parked.length,
        estimateSeconds: options.publisher.estimateSeconds(),
      },
      backups: backupsAt(options.backups()),
    };
  };
}
