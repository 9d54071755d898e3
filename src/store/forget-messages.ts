/** Removes messages that nothing needs any more, a few at a time, in the order of their numbers. */
import { and, gt, lt, sql } from 'drizzle-orm';
import type { Database } from './database.ts';
import {
  broadcasts,
  evidencePictures,
  inbox,
  outbox,
  pictures,
  smsMonths,
} from './schema/index.ts';
import { all, given, isAmong, p, placeholders, run } from './statements.ts';

const asIds = (ids: readonly number[]): string => JSON.stringify(ids);

type Asked = { readonly ids: readonly number[]; readonly before: number };
const values = ({ ids, before }: Asked) => ({ ids: asIds(ids), before });

// The number of the last row would be given a second time, and numbers tell deliveries apart.
const isNotLast = (table: typeof inbox | typeof outbox) =>
  sql`${table.id} < (select max(id) from ${table})`;

/** Messages in the order of their numbers, to see which are old. */
export function oldMessagesReads(db: Database) {
  return {
    /** `at`: when it came (ms). */
    inbox: all(
      db
        .select({ id: inbox.id, at: inbox.receivedAt })
        .from(inbox)
        .where(gt(inbox.id, given('after')))
        .orderBy(inbox.id)
        .limit(p('limit')),
      (after: number, limit: number) => ({ after, limit }),
    ),
    /** `at`: when it was decided (ms). */
    outbox: all(
      db
        .select({ id: outbox.id, at: outbox.createdAt })
        .from(outbox)
        .where(gt(outbox.id, given('after')))
        .orderBy(outbox.id)
        .limit(p('limit')),
      (after: number, limit: number) => ({ after, limit }),
    ),
  };
}

/** Removes those of some messages that were done with before a time (ms). */
export function oldMessagesWrites(db: Database) {
  return {
    ...inboxWrites(db),
    /** Deliveries that came to an end; answers what each cost, where that is counted. */
    removeSent: all(
      db
        .delete(outbox)
        .where(
          and(
            isAmong(outbox.id, 'ids'),
            sql`${outbox.state} in ('sent', 'delivered', 'failed', 'dead')`,
            lt(outbox.createdAt, given('before')),
            isNotLast(outbox),
            sql`not exists (select 1 from ${broadcasts}
              where ${broadcasts}.id = ${outbox.broadcastId} and state = 'running')`,
          ),
        )
        .returning({
          channel: outbox.channel,
          kind: outbox.kind,
          segments: outbox.segments,
          at: outbox.sentAt,
        }),
      values,
    ),
    /** Adds to what texts of a month cost whose rows are removed. */
    addToMonth: run(
      db
        .insert(smsMonths)
        .values(placeholders('month', 'kind', 'messages', 'segments'))
        .onConflictDoUpdate({
          target: [smsMonths.month, smsMonths.kind],
          set: {
            messages: sql`${smsMonths.messages} + excluded.messages`,
            segments: sql`${smsMonths.segments} + excluded.segments`,
          },
        }),
      (sum: typeof smsMonths.$inferSelect) => sum,
    ),
  };
}

function inboxWrites(db: Database) {
  const isOf = (one: string) =>
    sql`exists (select 1 from ${sql.raw(one)} where inbox_id = inbox.id)`;
  return {
    /** Notes about pictures that were refused: nothing else is left of them. */
    removeRefused: run(
      db
        .delete(pictures)
        .where(
          and(
            isAmong(pictures.inboxId, 'ids'),
            sql`${pictures.state} = 'refused' and ${pictures.source} is null`,
            sql`not exists (select 1 from ${evidencePictures} where picture_id = ${pictures.id})`,
          ),
        ),
      (ids: readonly number[]) => ({ ids: asIds(ids) }),
    ),
    /** Messages that are done, and that no evidence, picture or delivery points at. */
    removeDone: all(
      db
        .delete(inbox)
        .where(
          and(
            isAmong(inbox.id, 'ids'),
            sql`${inbox.state} = 'done'`,
            lt(inbox.processedAt, given('before')),
            isNotLast(inbox),
            sql`not ${isOf('pictures')} and not ${isOf('evidence')} and not ${isOf('outbox')}`,
          ),
        )
        .returning({ channel: inbox.channel, segments: inbox.segments, at: inbox.receivedAt }),
      values,
    ),
  };
}
