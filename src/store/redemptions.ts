import { and, eq, gte, lte, sql } from 'drizzle-orm';
import type { Database } from './database.ts';
import { codeFailures, offers, partners, redemptions } from './schema/index.ts';
import {
  all,
  changes,
  count,
  exists,
  get,
  given,
  list,
  p,
  placeholders,
  run,
} from './statements.ts';

export type Redemption = typeof redemptions.$inferSelect;

const hasCode = eq(redemptions.codeLookup, given('codeLookup'));
// In the words of the partial indexes: else SQLite would not use them.
const isHeld = sql`${redemptions.state} = 'held'`;

/** Credits held against codes, and wrong guesses, read. */
export function redemptionsReads(db: Database) {
  return {
    get: get(
      db
        .select({ redemption: redemptions, offer: offers, redeemer: partners })
        .from(redemptions)
        .innerJoin(offers, eq(offers.id, redemptions.offerId))
        .innerJoin(partners, eq(partners.id, redemptions.partnerId))
        .where(eq(redemptions.id, given('id'))),
      (id: number) => ({ id }),
    ),
    byCode: get(
      db
        .select({ redemption: redemptions, offer: offers })
        .from(redemptions)
        .innerJoin(offers, eq(offers.id, redemptions.offerId))
        .where(hasCode),
      (codeLookup: string) => ({ codeLookup }),
    ),
    isCodeTaken: exists(
      db.select({ id: redemptions.id }).from(redemptions).where(hasCode),
      (codeLookup: string) => ({ codeLookup }),
    ),
    /** Credits a person holds against codes, oldest first. */
    live: all(
      db
        .select({ redemption: redemptions, offer: offers, redeemer: partners.name })
        .from(redemptions)
        .innerJoin(offers, eq(offers.id, redemptions.offerId))
        .innerJoin(partners, eq(partners.id, offers.partnerId))
        .where(and(eq(redemptions.personId, given('personId')), isHeld))
        .orderBy(redemptions.id),
      (personId: number) => ({ personId }),
    ),
    /** Holds whose code has expired at `now` (ms). */
    overdue: all(
      db
        .select({ redemption: redemptions, offer: offers })
        .from(redemptions)
        .innerJoin(offers, eq(offers.id, redemptions.offerId))
        .where(and(isHeld, lte(redemptions.expiresAt, given('now'))))
        .orderBy(redemptions.expiresAt)
        .limit(p('limit')),
      (now: number, limit: number) => ({ now, limit }),
    ),
    /** The number that the next redemption gets. */
    nextId: count(
      db.select({ value: sql<number>`coalesce(max(${redemptions.id}), 0) + 1` }).from(redemptions),
    ),
    /** When a person typed wrong codes, from `since` on (ms). */
    codeFailures: list(
      db
        .select({ value: codeFailures.at })
        .from(codeFailures)
        .where(
          and(eq(codeFailures.personId, given('personId')), gte(codeFailures.at, given('since'))),
        ),
      (personId: number, since: number) => ({ personId, since }),
    ),
  };
}

/** Credits held against codes, and wrong guesses, written. */
export function redemptionsWrites(db: Database) {
  return {
    add: run(
      db.insert(redemptions).values({
        ...placeholders('id', 'offerId', 'partnerId', 'personId', 'credits', 'codeLookup'),
        ...placeholders('codeSeed', 'holdId', 'day', 'createdAt', 'expiresAt'),
        state: 'held',
      }),
      (redemption: Omit<Redemption, 'state' | 'resolvedAt' | 'honoredBy'>) => redemption,
    ),
    /** False when it was resolved before. */
    resolve: exists(
      db
        .update(redemptions)
        .set(changes('state', 'resolvedAt', 'honoredBy'))
        .where(and(eq(redemptions.id, given('id')), isHeld))
        .returning({ id: redemptions.id }),
      (
        id: number,
        resolution: Pick<Redemption, 'resolvedAt' | 'honoredBy'> & {
          readonly state: Exclude<Redemption['state'], 'held'>;
        },
      ) => ({ ...resolution, id }),
    ),
    addCodeFailure: run(
      db.insert(codeFailures).values(placeholders('personId', 'at')),
      (personId: number, at: number) => ({ personId, at }),
    ),
    forgetCodeFailures: run(
      db.delete(codeFailures).where(lte(codeFailures.at, given('before'))),
      (before: number) => ({ before }),
    ),
  };
}
