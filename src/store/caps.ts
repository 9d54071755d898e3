import { and, asc, eq, sql } from 'drizzle-orm';
import type { Database } from './database.ts';
import { given } from './given.ts';
import { caps, partners } from './schema/index.ts';

const p = sql.placeholder;

export type Cap = typeof caps.$inferSelect;
export const CITY_SCOPE = 'city';
export const issuerScope = (partnerId: number): string => `issuer:${partnerId}`;

/** Caps of an epoch, read. */
export function capsReads(db: Database) {
  const byScope = db
    .select()
    .from(caps)
    .where(and(eq(caps.scope, given('scope')), eq(caps.epoch, given('epoch'))))
    .prepare();
  const ofIssuers = db
    .select({ amount: caps.amount, issuer: { rkey: partners.rkey, cid: partners.cid } })
    .from(caps)
    .innerJoin(partners, sql`${caps.scope} = 'issuer:' || ${partners.id}`)
    .where(eq(caps.epoch, given('epoch')))
    .orderBy(asc(partners.rkey))
    .prepare();
  return {
    get: (scope: string, epoch: string): Cap | undefined => byScope.get({ scope, epoch }),
    /** What each issuer that has a cap may issue in an epoch, with its public record. */
    issuerCaps: (epoch: string) => ofIssuers.all({ epoch }),
  };
}

/** Caps of an epoch, written. */
export function capsWrites(db: Database) {
  const put = db
    .insert(caps)
    .values({ scope: p('scope'), epoch: p('epoch'), amount: p('amount') })
    .onConflictDoUpdate({ target: [caps.scope, caps.epoch], set: { amount: sql`excluded.amount` } })
    .prepare();
  const addIssued = db
    .update(caps)
    .set({ issued: sql`${caps.issued} + ${p('credits')}` })
    .where(and(eq(caps.scope, given('scope')), eq(caps.epoch, given('epoch'))))
    .prepare();
  return {
    /** The database refuses an amount below what was already issued. */
    put: (scope: string, epoch: string, amount: number) => put.run({ scope, epoch, amount }),
    /** Counts credits as issued; the database refuses to go above the cap. */
    addIssued: (scope: string, epoch: string, credits: number) =>
      addIssued.run({ scope, epoch, credits }),
  };
}
