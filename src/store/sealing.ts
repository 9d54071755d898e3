/**
 * What earlier versions kept in the clear, and this one keeps sealed. It is rewritten once, in the
 * transaction of the first start.
 */
import { sql } from 'drizzle-orm';
import type { Database } from './database.ts';

type Seal = (text: string) => string;

/** Columns that are sealed as they are; where there is nothing to seal they are null. */
export const SEALED = [
  ['inbox', 'place'],
  ['inbox', 'post_uri'],
  ['inbox', 'post_cid'],
  ['outbox', 'place'],
  ['pictures', 'source'],
  ['sessions', 'data'],
] as const;

const PAGE = 500;

export function sealingWrites(db: Database) {
  const text = (table: string, column: string, where: string, change: Seal): void => {
    const [name, value] = [sql.raw(table), sql.raw(column)];
    let after = 0;
    for (;;) {
      const rows = db.all<{ id: number; value: string }>(sql`select rowid as id, ${value} as value
        from ${name} where rowid > ${after} and ${value} is not null and ${sql.raw(where)}
        order by rowid limit ${PAGE}`);
      for (const row of rows) {
        db.run(sql`update ${name} set ${value} = ${change(row.value)} where rowid = ${row.id}`);
      }
      const last = rows.at(-1);
      if (last === undefined) return;
      after = last.id;
    }
  };
  return {
    /** `hide` names a post of somebody's by what does not tell its author. */
    sealAll: (seal: Seal, hide: Seal): void => {
      for (const [table, column] of SEALED) text(table, column, 'true', seal);
      text('payloads', 'value', "token not like 'sent-%'", seal);
      text('cursors', 'value', "name = 'bluesky-parked-posts'", seal);
      text('inbox', 'external_id', "external_id like 'at://%'", hide);
      // Where the answer goes that is said in public after a private one was sent.
      text('outbox', 'body', 'body like \'%"afterwards"%\'', (body) => {
        const reply = JSON.parse(body);
        const { afterwards } = reply;
        return JSON.stringify({
          ...reply,
          afterwards: { ...afterwards, place: seal(afterwards.place) },
        });
      });
      // It is counted for an hour only.
      db.run(sql`update outbox set thread = null where thread is not null`);
    },
  };
}
