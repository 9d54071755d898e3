/** Answers /healthz: whether the city works, and what waits since when. */

import { isoTime } from '../lib/clock.ts';
import type { Publisher } from '../records/publisher/publisher.ts';
import type { Store } from '../store/store.ts';

const ageSeconds = (oldest: number | null, now: number): number | null =>
  oldest === null ? null : Math.max(0, Math.round((now - oldest) / 1000));

/** The health is not `ok` once publishing has stopped or set records aside: a person has to look. */
export function healthOf(options: {
  readonly store: Store;
  readonly channels: readonly { readonly name: string; readonly status?: () => object }[];
  readonly publisher: Pick<Publisher, 'status' | 'parked' | 'estimateSeconds'>;
  /** `last` is when the newest was made (ms), null when there is none; the rest is told as it is. */
  readonly backups: () => { readonly last: number | null };
  readonly now: () => number;
}) {
  const { read } = options.store;
  return () => {
    const now = options.now();
    const publisher = options.publisher.status();
    const { last, ...backups } = options.backups();
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
      backups: { last: last === null ? null : isoTime(last), ...backups },
    };
  };
}
