import { and, desc, eq, gte, lt, lte, sql } from 'drizzle-orm';
import { MINUTE_MS } from '../lib/clock.ts';
import type { Database } from './database.ts';
import { codeFailures, offers, outbox, partners, redemptions, transfers } from './schema/index.ts';
import { all, changes, exists, get, given, list, p, placeholders, row, run } from './statements.ts';

export type Redemption = typeof redemptions.$inferSelect;

const nextId = sql`(select coalesce(max(id), 0) + 1 from ${redemptions})`;
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
    /** With its hold, as the ledger has it. */
    byCode: get(
      db
        .select({ redemption: redemptions, offer: offers, hold: transfers })
        .from(redemptions)
        .innerJoin(offers, eq(offers.id, redemptions.offerId))
        .innerJoin(transfers, eq(transfers.id, redemptions.holdId))
        .where(hasCode),
      (codeLookup: string) => ({ codeLookup }),
    ),
    /** Whether a code can still be honored at a time (ms). */
    isLive: exists(
      db
        .select({ id: redemptions.id })
        .from(redemptions)
        .where(
          and(
            eq(redemptions.id, given('id')),
            isHeld,
            sql`${redemptions.expiresAt} > ${given('at')}`,
          ),
        ),
      (id: number, at: number) => ({ id, at }),
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
    ...unheardReads(db),
    ...honoredReads(db),
    /** When a person typed wrong codes (ms), as far as it is kept. */
    codeFailures: list(
      db
        .select({ value: codeFailures.at })
        .from(codeFailures)
        .where(eq(codeFailures.personId, given('personId'))),
      (personId: number) => ({ personId }),
    ),
  };
}

// In the words of the partial index, too.
const wasHonored = sql`${redemptions.state} in ('honored', 'undone')`;

/** What redeemers honored. */
function honoredReads(db: Database) {
  return {
    /** What an operator confirmed last for a partner since a time (ms), and was not undone. */
    lastHonoredBy: get(
      db
        .select({ redemption: redemptions, offer: offers })
        .from(redemptions)
        .innerJoin(offers, eq(offers.id, redemptions.offerId))
        .where(
          and(
            eq(redemptions.partnerId, given('partnerId')),
            gte(redemptions.resolvedAt, given('since')),
            wasHonored,
            eq(redemptions.honoredBy, given('honoredBy')),
            sql`${redemptions.state} = 'honored'`,
          ),
        )
        .orderBy(desc(redemptions.resolvedAt), desc(redemptions.id))
        .limit(1),
      (partnerId: number, honoredBy: number, since: number) => ({ partnerId, honoredBy, since }),
    ),
    /** What a partner honored from one time until before another (ms), also what was undone; oldest first. */
    honoredIn: all(
      db
        .select({
          id: redemptions.id,
          offerId: redemptions.offerId,
          title: offers.title,
          credits: redemptions.credits,
          state: redemptions.state,
          holdId: redemptions.holdId,
          resolvedAt: redemptions.resolvedAt,
        })
        .from(redemptions)
        .innerJoin(offers, eq(offers.id, redemptions.offerId))
        .where(
          and(
            eq(redemptions.partnerId, given('partnerId')),
            gte(redemptions.resolvedAt, given('from')),
            lt(redemptions.resolvedAt, given('until')),
            wasHonored,
          ),
        )
        .orderBy(redemptions.resolvedAt, redemptions.id),
      (partnerId: number, from: number, until: number) => ({ partnerId, from, until }),
    ),
  };
}

/** How long a code may be on its way before another way is tried. */
const ON_ITS_WAY_MS = MINUTE_MS;

/** Codes that did not reach their holders. */
function unheardReads(db: Database) {
  return {
    /**
     * Codes that can be honored at `now` (ms) and were sent by nobody: a channel gave up, or did not
     * manage within a minute. What was never to be sent counts as known.
     */
    unheard: all(
      db
        .select({ redemption: redemptions, offer: offers, redeemer: partners.name })
        .from(redemptions)
        .innerJoin(offers, eq(offers.id, redemptions.offerId))
        .innerJoin(partners, eq(partners.id, redemptions.partnerId))
        .where(
          sql`${isHeld} and ${redemptions.expiresAt} > ${given('now')}
            and exists (select 1 from ${outbox} where ${outbox.redemptionId} = ${redemptions.id})
            and not exists (select 1 from ${outbox}
              where ${outbox.redemptionId} = ${redemptions.id}
                and (${outbox.state} in ('sent', 'delivered')
                  or ${outbox.state} in ('pending', 'leased')
                    and ${outbox.createdAt} > ${given('since')}
                    and ${outbox.notBefore} <= ${given('soon')}))`,
        )
        .orderBy(redemptions.expiresAt)
        .limit(p('limit')),
      (now: number, limit: number) => {
        return { now, limit, since: now - ON_ITS_WAY_MS, soon: now + ON_ITS_WAY_MS };
      },
    ),
    /** The addresses that a code was sent to, and when each is tried again (ms; null for never). */
    waysTried: all(
      db
        .select({
          identityId: outbox.identityId,
          notBefore: sql<number | null>`case when ${outbox.state} in ('pending', 'leased')
            then ${outbox.notBefore} end`,
        })
        .from(outbox)
        .where(eq(outbox.redemptionId, given('redemptionId'))),
      (redemptionId: number) => ({ redemptionId }),
    ),
  };
}

/** Credits held against codes, and wrong guesses, written. */
export function redemptionsWrites(db: Database) {
  return {
    /** Adds one under the next number, which its hold is named by; the database refuses a code twice. */
    add: row(
      db
        .insert(redemptions)
        .values({
          ...placeholders('offerId', 'partnerId', 'personId', 'credits', 'codeLookup', 'codeSeed'),
          ...placeholders('day', 'createdAt', 'expiresAt'),
          id: nextId,
          holdId: sql`'hold:' || ${nextId}`,
          state: 'held',
        })
        .returning({ id: redemptions.id, holdId: redemptions.holdId }),
      (redemption: Omit<Redemption, 'id' | 'holdId' | 'state' | 'resolvedAt' | 'honoredBy'>) =>
        redemption,
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
          readonly state: Exclude<Redemption['state'], 'held' | 'undone'>;
        },
      ) => ({ ...resolution, id }),
    ),
    /** One whose credits were given back is honored after all; false for any other. */
    honorExpired: exists(
      db
        .update(redemptions)
        .set({ ...changes('resolvedAt', 'honoredBy'), state: 'honored' })
        .where(and(eq(redemptions.id, given('id')), sql`${redemptions.state} = 'expired'`))
        .returning({ id: redemptions.id }),
      (id: number, honored: { readonly resolvedAt: number; readonly honoredBy: number }) => ({
        ...honored,
        id,
      }),
    ),
    /** Credits that were honored go back; false where they did before. */
    undo: exists(
      db
        .update(redemptions)
        .set({ state: 'undone' })
        .where(and(eq(redemptions.id, given('id')), sql`${redemptions.state} = 'honored'`))
        .returning({ id: redemptions.id }),
      (id: number) => ({ id }),
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
