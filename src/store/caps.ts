import { and, asc, eq, gt, sql } from 'drizzle-orm';
import type { CapSource } from '../domain/caps.ts';
import type { Database } from './database.ts';
import { caps, partners } from './schema/index.ts';
import { all, get, given, list, p, placeholders, replacing, run, value } from './statements.ts';

/** A cap from before it was written down where it comes from. */
const UNTOLD = { carriedFrom: null, decidedAt: null, decidedBy: null };

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
    /** The last epoch before one that has caps; undefined for none. */
    lastBefore: value(
      db
        .select({ value: sql<string | null>`max(${caps.epoch})` })
        .from(caps)
        .where(
          sql`${caps.scope} = ${sql.raw(`'${CITY_SCOPE}'`)} and ${caps.epoch} < ${p('epoch')}`,
        ),
      (epoch: string) => ({ epoch }),
    ),
    /** The epochs after one that have caps already, the next first. */
    epochsAfter: list(
      db
        .select({ value: caps.epoch })
        .from(caps)
        .where(and(eq(caps.scope, CITY_SCOPE), gt(caps.epoch, given('epoch'))))
        .orderBy(asc(caps.epoch)),
      (epoch: string) => ({ epoch }),
    ),
    /** The issuers that have a cap in an epoch, each with it and with its public record. */
    ofIssuers: all(
      db
        .select({ cap: caps, issuer: partners })
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
        .values(placeholders('scope', 'epoch', 'amount', 'carriedFrom', 'decidedAt', 'decidedBy'))
        .onConflictDoUpdate({
          target: [caps.scope, caps.epoch],
          set: replacing(caps, 'amount', 'carriedFrom', 'decidedAt', 'decidedBy'),
        }),
      (scope: string, epoch: string, amount: number, source: CapSource = UNTOLD) => ({
        ...{ scope, epoch, amount },
        ...source,
      }),
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
