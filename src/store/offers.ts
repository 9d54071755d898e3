import { and, desc, eq, sql } from 'drizzle-orm';
import type { Database } from './database.ts';
import { offerDays, offers, partners } from './schema/index.ts';
import { all, count, get, given, p, placeholders, run } from './statements.ts';

export type Offer = typeof offers.$inferSelect;

const isThisDay = and(eq(offerDays.offerId, given('offerId')), eq(offerDays.day, given('day')));

/** Offers and how many of them are taken, read. */
export function offersReads(db: Database) {
  const withRedeemer = () =>
    db
      .select({ offer: offers, redeemer: partners })
      .from(offers)
      .innerJoin(partners, eq(partners.id, offers.partnerId));
  return {
    get: get(withRedeemer().where(eq(offers.id, given('id'))), (id: number) => ({ id })),
    /** Open offers of approved redeemers, the cheapest first. */
    open: all(
      withRedeemer()
        .where(sql`${offers.state} = 'open' and ${partners.state} = 'approved'`)
        .orderBy(offers.credits, offers.id)
        .limit(p('limit')),
      (limit: number) => ({ limit }),
    ),
    /** The offer that a redeemer added last. */
    newestOf: get(
      db
        .select()
        .from(offers)
        .where(eq(offers.partnerId, given('partnerId')))
        .orderBy(desc(offers.id))
        .limit(1),
      (partnerId: number) => ({ partnerId }),
    ),
    /** How many of an offer are taken on a day of the city. */
    day: get(db.select().from(offerDays).where(isThisDay), (offerId: number, day: string) => ({
      offerId,
      day,
    })),
    /** The number that the next offer gets. */
    nextId: count(
      db.select({ value: sql<number>`coalesce(max(${offers.id}), 0) + 1` }).from(offers),
    ),
  };
}

/** Offers and how many of them are taken, written. */
export function offersWrites(db: Database) {
  return {
    add: run(
      db.insert(offers).values({
        ...placeholders('id', 'partnerId', 'title', 'credits', 'perDay'),
        ...placeholders('createdAt', 'rkey', 'cid'),
        state: 'open',
      }),
      (offer: Omit<Offer, 'state'>) => offer,
    ),
    /** Takes one of a day's capacity; the database refuses more than there is. */
    takeDay: run(
      db
        .insert(offerDays)
        .values({ ...placeholders('offerId', 'day', 'capacity'), taken: 1 })
        .onConflictDoUpdate({
          target: [offerDays.offerId, offerDays.day],
          set: {
            taken: sql`${offerDays.taken} + 1`,
            capacity: sql`max(${offerDays.capacity}, excluded.capacity)`,
          },
        }),
      (offerId: number, day: string, capacity: number) => ({ offerId, day, capacity }),
    ),
    /** Gives one back; `perDay` is what the offer itself has a day. */
    giveBackDay: run(
      db
        .update(offerDays)
        .set({
          taken: sql`${offerDays.taken} - 1`,
          capacity: sql`max(${p('perDay')}, ${offerDays.taken} - 1)`,
        })
        .where(isThisDay),
      (offerId: number, day: string, perDay: number) => ({ offerId, day, perDay }),
    ),
  };
}
