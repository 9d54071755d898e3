/** Counts what texts cost, for the report, which tells of nobody in particular. */
import { sql } from 'drizzle-orm';
import type { Database } from './database.ts';

export type SmsUse = {
  /** `2026-11`, in UTC. */
  readonly month: string;
  /** `in`, or the reason why a text went out. */
  readonly kind: string;
  readonly messages: number;
  readonly segments: number;
};

const MONTH = (column: string) => `strftime('%Y-%m', ${column} / 1000, 'unixepoch')`;

/** Texts since a time (ms), by month and kind; a month whose rows are removed counts as a whole. */
export const smsUse = (db: Database, since: number): SmsUse[] =>
  db.all<SmsUse>(sql`
    select month, kind, sum(messages) as messages, sum(segments) as segments from (
    select ${sql.raw(MONTH('received_at'))} as month, 'in' as kind, count(*) as messages,
      sum(segments) as segments
      from inbox where channel = 'sms' and segments is not null and received_at >= ${since}
      group by 1
    union all
    select ${sql.raw(MONTH('sent_at'))}, kind, count(*), sum(segments)
      from outbox where channel = 'sms' and segments is not null and sent_at >= ${since}
      group by 1, 2
    union all
    select month, kind, messages, segments from sms_months
      where month >= strftime('%Y-%m', ${since} / 1000, 'unixepoch')
    ) group by 1, 2 order by 1, 2`);

const count = (db: Database, query: ReturnType<typeof sql>): number =>
  db.get<{ readonly count: number }>(query)?.count ?? 0;

/** People who take part and have a number. */
export const smsResidents = (db: Database): number =>
  count(
    db,
    sql`select count(distinct persons.id) as count from persons
      join identities on identities.person_id = persons.id
      where identities.channel = 'sms' and persons.joined_at is not null`,
  );

/** How many codes of people with a number were honored since a time (ms). */
export const smsLoops = (db: Database, since: number): number =>
  count(
    db,
    sql`select count(*) as count from redemptions
      where state = 'honored' and resolved_at >= ${since}
        and exists (select 1 from identities
          where identities.person_id = redemptions.person_id and identities.channel = 'sms')`,
  );
