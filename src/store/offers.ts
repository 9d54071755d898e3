import { and, eq, gte, lte, sql } from 'drizzle-orm';
import type { Database } from './database.ts';
import { codeFailures, offerDays, offers, partners, redemptions } from './schema/index.ts';
import { all, changes, get, given, p, placeholders, run } from './statements.ts';

export type Offer = typeof offers.$inferSelect;
export type Redemption = typeof redemptions.$inferSelect;

/** Offers, redemptions and wrong guesses, read. */
export function offersReads(db: Database) {
  const withRedeemer = db
    .select({ offer: offers, redeemer: partners })
    .from(offers)
    .innerJoin(partners, eq(partners.id, offers.partnerId));
  const codeTaken = db
    .select({ id: redemptions.id })
    .from(redemptions)
    .where(eq(redemptions.codeLookup, given('codeLookup')))
    .prepare();
  const newest = db
    .select({ id: sql<number>`coalesce(max(${offers.id}), 0)` })
    .from(offers)
    .prepare();
  const newestRedemption = db
    .select({ id: sql<number>`coalesce(max(${redemptions.id}), 0)` })
    .from(redemptions)
    .prepare();
  const failures = db
    .select({ times: sql<string>`json_group_array(${codeFailures.at})` })
    .from(codeFailures)
    .where(and(eq(codeFailures.personId, given('personId')), gte(codeFailures.at, given('since'))))
    .prepare();
  return {
    get: get(withRedeemer.where(eq(offers.id, given('id'))), (id: number) => ({ id })),
    open: all(
      db
        .select({ offer: offers, redeemer: partners })
        .from(offers)
        .innerJoin(partners, eq(partners.id, offers.partnerId))
        .where(and(sql`${offers.state} = 'open'`, sql`${partners.state} = 'approved'`))
        .orderBy(offers.credits, offers.id)
        .limit(p('limit')),
      (limit: number) => ({ limit }),
    ),
    /** How many of an offer are taken on a day of the city. */
    offerDay: get(
      db
        .select()
        .from(offerDays)
        .where(and(eq(offerDays.offerId, given('offerId')), eq(offerDays.day, given('day')))),
      (offerId: number, dayOfCity: string) => ({ offerId, day: dayOfCity }),
    ),
    redemption: get(
      db
        .select({ redemption: redemptions, offer: offers, redeemer: partners })
        .from(redemptions)
        .innerJoin(offers, eq(offers.id, redemptions.offerId))
        .innerJoin(partners, eq(partners.id, redemptions.partnerId))
        .where(eq(redemptions.id, given('id'))),
      (id: number) => ({ id }),
    ),
    redemptionByCode: get(
      db
        .select({ redemption: redemptions, offer: offers })
        .from(redemptions)
        .innerJoin(offers, eq(offers.id, redemptions.offerId))
        .where(eq(redemptions.codeLookup, given('codeLookup'))),
      (codeLookup: string) => ({ codeLookup }),
    ),
    isCodeTaken: (codeLookup: string): boolean => codeTaken.get({ codeLookup }) !== undefined,
    /** Credits a person holds against codes, oldest first. */
    liveRedemptions: all(
      db
        .select({ redemption: redemptions, offer: offers, redeemer: partners.name })
        .from(redemptions)
        .innerJoin(offers, eq(offers.id, redemptions.offerId))
        .innerJoin(partners, eq(partners.id, offers.partnerId))
        .where(and(eq(redemptions.personId, given('personId')), sql`${redemptions.state} = 'held'`))
        .orderBy(redemptions.id),
      (personId: number) => ({ personId }),
    ),
    /** Holds whose code has expired at `now` (ms). */
    overdueRedemptions: all(
      db
        .select({ redemption: redemptions, offer: offers })
        .from(redemptions)
        .innerJoin(offers, eq(offers.id, redemptions.offerId))
        .where(and(sql`${redemptions.state} = 'held'`, lte(redemptions.expiresAt, given('now'))))
        .orderBy(redemptions.expiresAt)
        .limit(p('limit')),
      (now: number, limit: number) => ({ now, limit }),
    ),
    /** The number that the next offer gets. */
    nextId: (): number => (newest.get()?.id ?? 0) + 1,
    nextRedemptionId: (): number => (newestRedemption.get()?.id ?? 0) + 1,
    /** When a person typed wrong codes, from `since` on (ms). */
    codeFailures: (personId: number, since: number): readonly number[] =>
      JSON.parse(failures.get({ personId, since })?.times ?? '[]') as number[],
  };
}

/** Offers, redemptions and wrong guesses, written. */
export function offersWrites(db: Database) {
  const resolve = db
    .update(redemptions)
    .set({ ...changes('state', 'honoredBy'), resolvedAt: sql`${p('at')}` })
    .where(and(eq(redemptions.id, given('id')), sql`${redemptions.state} = 'held'`))
    .returning({ id: redemptions.id })
    .prepare();
  return {
    add: run(
      db.insert(offers).values({
        ...placeholders(
          'id',
          'partnerId',
          'title',
          'credits',
          'perDay',
          'createdAt',
          'rkey',
          'cid',
        ),
        state: 'open',
      }),
      (offer: Omit<Offer, 'state'>) => offer,
    ),
    /** Takes one of a day's capacity; the database refuses more than there is. */
    takeOfferDay: run(
      db
        .insert(offerDays)
        .values({ ...placeholders('offerId', 'day', 'capacity'), taken: 1 })
        .onConflictDoUpdate({
          target: [offerDays.offerId, offerDays.day],
          set: { taken: sql`${offerDays.taken} + 1` },
        }),
      (offerId: number, day: string, capacity: number) => ({ offerId, day, capacity }),
    ),
    giveBackOfferDay: run(
      db
        .update(offerDays)
        .set({ taken: sql`${offerDays.taken} - 1` })
        .where(and(eq(offerDays.offerId, given('offerId')), eq(offerDays.day, given('day')))),
      (offerId: number, day: string) => ({ offerId, day }),
    ),
    addRedemption: run(
      db.insert(redemptions).values({
        ...placeholders(
          'id',
          'offerId',
          'partnerId',
          'personId',
          'credits',
          'codeLookup',
          'codeSeed',
          'holdId',
          'day',
          'createdAt',
          'expiresAt',
        ),
        state: 'held',
      }),
      (redemption: Omit<Redemption, 'state' | 'resolvedAt' | 'honoredBy'>) => redemption,
    ),
    /** False when it was resolved before. */
    resolveRedemption: (
      id: number,
      state: Exclude<Redemption['state'], 'held'>,
      at: number,
      honoredBy: number | null,
    ): boolean => resolve.all({ id, state, at, honoredBy }).length === 1,
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
