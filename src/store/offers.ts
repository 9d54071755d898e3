import { and, desc, eq, sql } from 'drizzle-orm';
import type { Database } from './database.ts';
import { offerDays, offers, partners } from './schema/index.ts';
import { all, changes, count, get, given, p, placeholders, run } from './statements.ts';

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
    /** The offers of a redeemer that are not closed, the oldest first. */
    of: all(
      db
        .select()
        .from(offers)
        .where(and(eq(offers.partnerId, given('partnerId')), sql`${offers.state} <> 'closed'`))
        .orderBy(offers.id),
      (partnerId: number) => ({ partnerId }),
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
    /** The offers of a redeemer that are not closed, oldest first. */
    ofPartner: all(
      db
        .select()
        .from(offers)
        .where(and(eq(offers.partnerId, given('partnerId')), sql`${offers.state} <> 'closed'`))
        .orderBy(offers.id),
      (partnerId: number) => ({ partnerId }),
    ),
    /** Those whose price to come is due at `now` (ms). */
    due: all(
      withRedeemer()
        .where(
          sql`${offers.nextCreditsAt} is not null and ${offers.nextCreditsAt} <= ${given('now')}`,
        )
        .orderBy(offers.nextCreditsAt)
        .limit(p('limit')),
      (now: number, limit: number) => ({ now, limit }),
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
      (offer: Omit<Offer, 'state' | 'nextCredits' | 'nextCreditsAt'>) => offer,
    ),
    /** Changes the terms for codes to come. */
    change: run(
      db
        .update(offers)
        .set(changes('state', 'credits', 'nextCredits', 'nextCreditsAt', 'cid'))
        .where(eq(offers.id, given('id'))),
      (
        id: number,
        terms: Pick<Offer, 'state' | 'credits' | 'nextCredits' | 'nextCreditsAt' | 'cid'>,
      ) => ({ ...terms, id }),
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
