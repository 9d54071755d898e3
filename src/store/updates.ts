/** The figures that the updates of the city's project tell. */
import { and, eq, gte, lt, sql } from 'drizzle-orm';
import { US_PER_MS } from '../lib/clock.ts';
import type { Database } from './database.ts';
import {
  accounts,
  claims,
  evidence,
  evidencePictures,
  inbox,
  persons,
  pictures,
  reviews,
  transfers,
} from './schema/index.ts';
import { all, given, p, row, value } from './statements.ts';

const isApproved = sql`${reviews.decision} = 'approved'`;
const isWithin = and(isApproved, gte(reviews.at, given('from')), lt(reviews.at, given('until')));

/** What updates tell, read. Times are in ms; `until` is not in a time any more. */
export function updatesReads(db: Database) {
  return {
    ...ledgerFigures(db),
    /** Tasks, people and pieces of evidence with an approval in a time. */
    approvals: row(
      db
        .select({
          tasks: sql<number>`count(distinct ${claims.taskId})`,
          people: sql<number>`count(distinct ${claims.personId})`,
          pieces: sql<number>`count(*)`,
        })
        .from(reviews)
        .innerJoin(evidence, eq(evidence.id, reviews.evidenceId))
        .innerJoin(claims, eq(claims.id, evidence.claimId))
        .where(isWithin),
      (from: number, until: number) => ({ from, until }),
    ),
    /** The time of the approval that was the `count`th, from 1; undefined before there was one. */
    approvalAt: value(
      db
        .select({ value: reviews.at })
        .from(reviews)
        .where(isApproved)
        .orderBy(reviews.id)
        .limit(1)
        .offset(p('before')),
      (count: number) => ({ before: count - 1 }),
    ),
    /**
     * Pictures of evidence that was approved in a time, the newest first: those that a record has
     * published already, of people who still agree that their evidence is public. What stays in a
     * resident's own post is not among them, nor anything of whoever was forgotten.
     */
    pictures: all(
      db
        .select({
          cid: sql<string>`${pictures.cid}`,
          mediaType: sql<string>`${pictures.mediaType}`,
          sizeBytes: sql<number>`${pictures.sizeBytes}`,
        })
        .from(reviews)
        .innerJoin(
          evidence,
          and(eq(evidence.id, reviews.evidenceId), sql`${evidence.state} = 'approved'`),
        )
        .innerJoin(claims, eq(claims.id, evidence.claimId))
        .innerJoin(
          persons,
          and(eq(persons.id, claims.personId), sql`${persons.publicEvidenceAt} is not null`),
        )
        .innerJoin(evidencePictures, eq(evidencePictures.evidenceId, evidence.id))
        .innerJoin(pictures, eq(pictures.id, evidencePictures.pictureId))
        .leftJoin(inbox, eq(inbox.id, pictures.inboxId))
        .where(
          and(
            isWithin,
            sql`${pictures.state} in ('uploaded', 'published')`,
            sql`${inbox.postUri} is null`,
          ),
        )
        .groupBy(pictures.cid)
        .orderBy(sql`max(${reviews.id}) desc`, sql`min(${pictures.id})`)
        .limit(p('limit')),
      (from: number, until: number, limit: number) => ({ from, until, limit }),
    ),
  };
}

function ledgerFigures(db: Database) {
  const last = value(
    db.select({ value: sql<number | null>`max(${transfers.position})` }).from(transfers),
  );
  const timeAt = value(
    db
      .select({ value: transfers.timeUs })
      .from(transfers)
      .where(eq(transfers.position, given('position'))),
    (position: number) => ({ position }),
  );
  const sums = row(
    db
      .select({
        issued: sumOf('issue'),
        redeemed: sumOf('burn'),
        expired: sumOf('expire'),
      })
      .from(transfers)
      .innerJoin(accounts, eq(accounts.id, transfers.debitAccountId))
      .where(
        and(
          gte(transfers.position, given('first')),
          lt(transfers.position, given('next')),
          sql`${transfers.kind} in ('posted', 'post')`,
          eq(accounts.creditKind, given('creditKind')),
        ),
      ),
    (first: number, next: number, creditKind: string) => ({ first, next, creditKind }),
  );
  /** The position of the first link of the chain at a time or after it: times only grow along it. */
  const positionAt = (at: number): number => {
    let [low, high] = [1, (last() ?? 0) + 1];
    while (low < high) {
      const middle = Math.floor((low + high) / 2);
      if ((timeAt(middle) ?? 0) < at * US_PER_MS) low = middle + 1;
      else high = middle;
    }
    return low;
  };
  return {
    /** The credits of a kind that were issued, redeemed and expired in a time. */
    credits: (from: number, until: number, creditKind: string) =>
      sums(positionAt(from), positionAt(until), creditKind),
    /** The time (µs) of the first redemption; undefined before there was one. */
    firstRedemptionUs: value(
      db
        .select({ value: transfers.timeUs })
        .from(transfers)
        .where(sql`${transfers.code} = 'burn'`)
        .orderBy(transfers.position)
        .limit(1),
    ),
  };
}

const sumOf = (code: typeof transfers.$inferSelect.code) =>
  sql<number>`coalesce(sum(case when ${transfers.code} = ${sql.raw(`'${code}'`)}
    then ${transfers.amount} end), 0)`;
