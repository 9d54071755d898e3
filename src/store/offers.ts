import { and, eq, gte, lte, sql } from 'drizzle-orm';
import type { Database } from './database.ts';
import { given } from './given.ts';
import { codeFailures, offerDays, offers, partners, redemptions } from './schema/index.ts';

const p = sql.placeholder;

export type Offer = typeof offers.$inferSelect;
export type Redemption = typeof redemptions.$inferSelect;

/** Offers, redemptions and wrong guesses, read. */
export function offersReads(db: Database) {
  const withRedeemer = db
    .select({ offer: offers, redeemer: partners })
    .from(offers)
    .innerJoin(partners, eq(partners.id, offers.partnerId));
  const byId = withRedeemer.where(eq(offers.id, given('id'))).prepare();
  const open = db
    .select({ offer: offers, redeemer: partners })
    .from(offers)
    .innerJoin(partners, eq(partners.id, offers.partnerId))
    .where(and(sql`${offers.state} = 'open'`, sql`${partners.state} = 'approved'`))
    .orderBy(offers.credits, offers.id)
    .limit(p('limit'))
    .prepare();
  const day = db
    .select()
    .from(offerDays)
    .where(and(eq(offerDays.offerId, given('offerId')), eq(offerDays.day, given('day'))))
    .prepare();
  const byCode = db
    .select({ redemption: redemptions, offer: offers })
    .from(redemptions)
    .innerJoin(offers, eq(offers.id, redemptions.offerId))
    .where(eq(redemptions.codeLookup, given('codeLookup')))
    .prepare();
  const redemptionById = db
    .select({ redemption: redemptions, offer: offers, redeemer: partners })
    .from(redemptions)
    .innerJoin(offers, eq(offers.id, redemptions.offerId))
    .innerJoin(partners, eq(partners.id, redemptions.partnerId))
    .where(eq(redemptions.id, given('id')))
    .prepare();
  const codeTaken = db
    .select({ id: redemptions.id })
    .from(redemptions)
    .where(eq(redemptions.codeLookup, given('codeLookup')))
    .prepare();
  const live = db
    .select({ redemption: redemptions, offer: offers, redeemer: partners.name })
    .from(redemptions)
    .innerJoin(offers, eq(offers.id, redemptions.offerId))
    .innerJoin(partners, eq(partners.id, offers.partnerId))
    .where(and(eq(redemptions.personId, given('personId')), sql`${redemptions.state} = 'held'`))
    .orderBy(redemptions.id)
    .prepare();
  const overdue = db
    .select({ redemption: redemptions, offer: offers })
    .from(redemptions)
    .innerJoin(offers, eq(offers.id, redemptions.offerId))
    .where(and(sql`${redemptions.state} = 'held'`, lte(redemptions.expiresAt, given('now'))))
    .orderBy(redemptions.expiresAt)
    .limit(p('limit'))
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
    get: (id: number) => byId.get({ id }),
    open: (limit: number) => open.all({ limit }),
    /** How many of an offer are taken on a day of the city. */
    offerDay: (offerId: number, dayOfCity: string) => day.get({ offerId, day: dayOfCity }),
    redemption: (id: number) => redemptionById.get({ id }),
    redemptionByCode: (codeLookup: string) => byCode.get({ codeLookup }),
    isCodeTaken: (codeLookup: string): boolean => codeTaken.get({ codeLookup }) !== undefined,
    /** Credits a person holds against codes, oldest first. */
    liveRedemptions: (personId: number) => live.all({ personId }),
    /** Holds whose code has expired at `now` (ms). */
    overdueRedemptions: (now: number, limit: number) => overdue.all({ now, limit }),
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
  const add = db
    .insert(offers)
    .values({
      id: p('id'),
      partnerId: p('partnerId'),
      title: p('title'),
      credits: p('credits'),
      perDay: p('perDay'),
      state: 'open',
      createdAt: p('createdAt'),
      rkey: p('rkey'),
      cid: p('cid'),
    })
    .prepare();
  const take = db
    .insert(offerDays)
    .values({ offerId: p('offerId'), day: p('day'), capacity: p('capacity'), taken: 1 })
    .onConflictDoUpdate({
      target: [offerDays.offerId, offerDays.day],
      set: { taken: sql`${offerDays.taken} + 1` },
    })
    .prepare();
  const giveBack = db
    .update(offerDays)
    .set({ taken: sql`${offerDays.taken} - 1` })
    .where(and(eq(offerDays.offerId, given('offerId')), eq(offerDays.day, given('day'))))
    .prepare();
  const addRedemption = db
    .insert(redemptions)
    .values({
      id: p('id'),
      offerId: p('offerId'),
      partnerId: p('partnerId'),
      personId: p('personId'),
      credits: p('credits'),
      state: 'held',
      codeLookup: p('codeLookup'),
      codeSeed: p('codeSeed'),
      holdId: p('holdId'),
      day: p('day'),
      createdAt: p('createdAt'),
      expiresAt: p('expiresAt'),
    })
    .prepare();
  const resolve = db
    .update(redemptions)
    .set({
      state: sql`${p('state')}`,
      resolvedAt: sql`${p('at')}`,
      honoredBy: sql`${p('honoredBy')}`,
    })
    .where(and(eq(redemptions.id, given('id')), sql`${redemptions.state} = 'held'`))
    .returning({ id: redemptions.id })
    .prepare();
  const addFailure = db
    .insert(codeFailures)
    .values({ personId: p('personId'), at: p('at') })
    .prepare();
  const forgetFailures = db
    .delete(codeFailures)
    .where(lte(codeFailures.at, given('before')))
    .prepare();
  return {
    add: (offer: Omit<Offer, 'state'>) => add.run(offer),
    /** Takes one of a day's capacity; the database refuses more than there is. */
    takeOfferDay: (offerId: number, day: string, capacity: number) =>
      take.run({ offerId, day, capacity }),
    giveBackOfferDay: (offerId: number, day: string) => giveBack.run({ offerId, day }),
    addRedemption: (redemption: Omit<Redemption, 'state' | 'resolvedAt' | 'honoredBy'>) =>
      addRedemption.run(redemption),
    /** False when it was resolved before. */
    resolveRedemption: (
      id: number,
      state: Exclude<Redemption['state'], 'held'>,
      at: number,
      honoredBy: number | null,
    ): boolean => resolve.all({ id, state, at, honoredBy }).length === 1,
    addCodeFailure: (personId: number, at: number) => addFailure.run({ personId, at }),
    forgetCodeFailures: (before: number) => forgetFailures.run({ before }),
  };
}
