/** Stored times, judged again after the city's time has gone back. */
import { sql } from 'drizzle-orm';
import { DAY_MS, HOUR_MS } from '../lib/clock.ts';
import type { Database } from './database.ts';
import { delegations, standings } from './schema/index.ts';
import { given, list } from './statements.ts';

/** The newest times of what came in, went out and was decided. */
export function timesReads(db: Database) {
  return {
    /**
     * Where the city's time had come to (ms); 0 in an empty database. The ledger and the record keys
     * do not tell: they never go back, so that they may be ahead of it.
     */
    newest: (): number =>
      db.get<{ readonly at: number }>(sql`select max(
        coalesce((select received_at from inbox order by id desc limit 1), 0),
        coalesce((select created_at from outbox order by id desc limit 1), 0),
        coalesce((select staged_at from records order by seq desc limit 1), 0)) as at`)?.at ?? 0,
    /** The partners who were approved, or got somebody to act for them, after `at` (ms); null for the city. */
    partnersChangedAfter: list(
      db
        .select({ value: delegations.partnerId })
        .from(delegations)
        .where(sql`${delegations.createdAt} > ${given('at')}`)
        .union(
          db
            .select({ value: standings.partnerId })
            .from(standings)
            .where(sql`${standings.at} > ${given('at')}`),
        ),
      (at: number) => ({ at }),
    ),
  };
}

/** When something was done. */
const DEEDS = [
  ['inbox', 'received_at'],
  ['outbox', 'created_at'],
  ['broadcasts', 'created_at'],
  ['identities', 'stopped_at'],
  ['identities', 'alerts_at'],
  ['identities', 'unreachable_at'],
  ['identities', 'way_out_at'],
  ['code_failures', 'at'],
  ['delegations', 'created_at'],
] as const;

/** What ends some time after it was made. */
const WITH_BEGINNING = [
  ['redemptions', 'created_at', 'expires_at'],
  ['invites', 'created_at', 'expires_at'],
  ['link_codes', 'created_at', 'expires_at'],
  ['moves', 'created_at', 'due_at'],
  ['corrections', 'asked_at', 'expires_at'],
] as const;

/** What is not tried before a time. Deliveries that wait for their hour are judged by the calendar. */
const WAITS = [
  ['inbox', 'retry_at', `state = 'received'`],
  ['pictures', 'retry_at', `state in ('remote', 'uploaded')`],
  ['outbox', 'lease_until', `state = 'leased'`],
  [
    'outbox',
    'not_before',
    `state = 'pending' and (attempts > 0 or kind not in ('notice', 'broadcast'))`,
  ],
] as const;

const FOR_ITS_HOUR = `state = 'pending' and attempts = 0 and kind in ('notice', 'broadcast')`;

/** The longest that a link of a channel holds (ms): no token lives longer. */
const TOKEN_MS_MAX = 180 * DAY_MS;
const FOLLOW_UP_MS_MAX = HOUR_MS;

/** Stored times, written. */
export function timesWrites(db: Database) {
  return {
    /**
     * The city's time went back from one time to another (ms). What was done later than it is now was
     * done as long ago as before; what waits has as long to wait, and what ends has as long to live.
     */
    goBack: (
      { from, to }: { readonly from: number; readonly to: number },
      /** The life of a question (ms), and when the city may next call on people. */
      city: { readonly sessionMs: number; readonly nextContactTime: number },
    ): void => {
      const byMs = from - to;
      for (const [table, begins, ends] of WITH_BEGINNING) {
        const [at, until] = [sql.raw(begins), sql.raw(ends)];
        db.run(sql`update ${sql.raw(table)} set ${at} = ${at} - ${byMs},
          ${until} = ${until} - ${byMs} where ${at} > ${to}`);
      }
      // Whoever may act now may act from now on: their next deed must not come before it.
      db.run(sql`update standings set at = at - ${byMs} where at > ${to} and state = 'approved'
        and id in (select max(id) from standings group by partner_id)`);
      for (const [table, longestMs] of [
        ['sessions', city.sessionMs],
        ['follow_ups', FOLLOW_UP_MS_MAX],
        ['payloads', TOKEN_MS_MAX],
      ] as const) {
        db.run(sql`update ${sql.raw(table)} set expires_at = expires_at - ${byMs}
          where expires_at > ${to + longestMs}`);
      }
      for (const [table, column, where] of WAITS) {
        const at = sql.raw(column);
        db.run(sql`update ${sql.raw(table)} set ${at} = max(${to}, ${at} - ${byMs})
          where ${at} > ${to} and ${sql.raw(where)}`);
      }
      db.run(sql`update outbox set not_before = ${city.nextContactTime}
        where not_before > ${to} and ${sql.raw(FOR_ITS_HOUR)}`);
      db.run(sql`update notices set due_at = ${city.nextContactTime} where due_at > ${to}`);
      for (const [table, column] of DEEDS) {
        const at = sql.raw(column);
        db.run(sql`update ${sql.raw(table)} set ${at} = ${at} - ${byMs} where ${at} > ${to}`);
      }
    },
  };
}
