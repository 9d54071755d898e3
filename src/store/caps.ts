import { and, asc, eq, sql } from 'drizzle-orm';
import type { Database } from './database.ts';
import { caps, partners } from './schema/index.ts';
import { all, get, given, p, placeholders, replacing, run } from './statements.ts';

export const CITY_SCOPE = 'city';
export const issuerScope = (partnerId: number): string => `issuer:${partnerId}`;

const isThis = and(eq(caps.scope, given('scope')), eq(caps.epoch, given('epoch')));

const isEither = and(
  sql`${caps.scope} in (${sql.raw(`'${CITY_SCOPE}'`)}, ${given('scope')})`,
  eq(caps.epoch, given('epoch')),
);

/** Caps of an epoch, read. */
export function capsReads(db: Database) {
  const both = all(db.select().from(caps).where(isEither), (scope: string, epoch: string) => ({
    scope,
    epoch,
  }));
  return {
    get: get(db.select().from(caps).where(isThis), (scope: string, epoch: string) => ({
      scope,
      epoch,
    })),
    /** The caps of the city and of an issuer in an epoch, where they are set. */
    both: (partnerId: number, epoch: string) => {
      const scope = issuerScope(partnerId);
      const found = both(scope, epoch);
      const of = (one: string) => found.find((cap) => cap.scope === one);
      return { city: of(CITY_SCOPE), issuer: of(scope) };
    },
    /** How much each issuer that has a cap may issue in an epoch, with its public record. */
    ofIssuers: all(
      db
        .select({ amount: caps.amount, issuer: { rkey: partners.rkey, cid: partners.cid } })
        .from(caps)
        .innerJoin(partners, sql`${caps.scope} = 'issuer:' || ${partners.id}`)
        .where(eq(caps.epoch, given('epoch')))
        .orderBy(asc(partners.rkey)),
      (epoch: string) => ({ epoch }),
    ),
  };
}

/** Caps of an epoch, written. */
export function capsWrites(db: Database) {
  return {
    /** The database refuses an amount below what was already issued. */
    put: run(
      db
        .insert(caps)
        .values(placeholders('scope', 'epoch', 'amount'))
        .onConflictDoUpdate({
          target: [caps.scope, caps.epoch],
          set: replacing(caps, 'amount'),
        }),
      (scope: string, epoch: string, amount: number) => ({ scope, epoch, amount }),
    ),
    /** Counts credits as issued by an issuer and by the city; the database refuses to go above a cap. */
    addIssued: run(
      db
        .update(caps)
        .set({ issued: sql`${caps.issued} + ${p('credits')}` })
        .where(isEither),
      (partnerId: number, epoch: string, credits: number) => ({
        scope: issuerScope(partnerId),
        epoch,
        credits,
      }),
    ),
  };
}
