/** Which addresses and accounts are whose: joined, parted, shared, and held to be one person's. */
import { and, desc, eq, sql } from 'drizzle-orm';
import type { Database } from './database.ts';
import { movePerson } from './move-person.ts';
import { accountPairs, identities, recoveryCodes, sharedPhones } from './schema/index.ts';
import { all, changes, exists, get, given, p, placeholders, run, value } from './statements.ts';

export type AccountPair = typeof accountPairs.$inferSelect;
export type PairBasis = AccountPair['basis'];

const isPair = and(
  eq(accountPairs.personId, sql`min(${given('one')}, ${given('other')})`),
  eq(accountPairs.otherId, sql`max(${given('one')}, ${given('other')})`),
);
const isThis = eq(accountPairs.id, given('id'));

/** Accounts and their addresses, read. */
export function accountsReads(db: Database) {
  return {
    /** Are two accounts so close that neither decides about the other's work? */
    areClose: exists(
      db
        .select({ id: accountPairs.id })
        .from(accountPairs)
        .where(
          and(
            isPair,
            sql`(${accountPairs.verdict} = 'same'
              or ${accountPairs.basis} = 'phone' and ${accountPairs.verdict} = 'open')`,
          ),
        ),
      (one: number, other: number) => ({ one, other }),
    ),
    pair: get(db.select().from(accountPairs).where(isThis), (id: number) => ({ id })),
    /** Pairs that an admin is to look at, those seen most often first. */
    openPairs: all(
      db
        .select()
        .from(accountPairs)
        .where(
          sql`${accountPairs.verdict} = 'open' and ${accountPairs.basis} not in ('phone', 'unlinked')`,
        )
        .orderBy(desc(accountPairs.times), accountPairs.id)
        .limit(p('limit')),
      (limit: number) => ({ limit }),
    ),
    recoveryOf: get(
      db
        .select()
        .from(recoveryCodes)
        .where(eq(recoveryCodes.personId, given('personId'))),
      (personId: number) => ({ personId }),
    ),
    /** The person whose recovery code has this HMAC. */
    recoveryOwner: value(
      db
        .select({ value: recoveryCodes.personId })
        .from(recoveryCodes)
        .where(eq(recoveryCodes.lookup, given('lookup'))),
      (lookup: string) => ({ lookup }),
    ),
    /** The two people of an address, in their order; none for an address that nobody shares. */
    turnsOf: all(
      db
        .select()
        .from(sharedPhones)
        .where(eq(sharedPhones.identityId, given('identityId')))
        .orderBy(sharedPhones.turn),
      (identityId: number) => ({ identityId }),
    ),
    /** Which of two people speaks at an address now; undefined where nobody shares it. */
    turnAt: value(
      db
        .select({ value: sharedPhones.turn })
        .from(sharedPhones)
        .innerJoin(
          identities,
          and(
            eq(identities.id, sharedPhones.identityId),
            eq(identities.personId, sharedPhones.personId),
          ),
        )
        .where(eq(sharedPhones.identityId, given('identityId'))),
      (identityId: number) => ({ identityId }),
    ),
    /** Which of two people a person is at an address; undefined where nobody shares it. */
    turnOf: value(
      db
        .select({ value: sharedPhones.turn })
        .from(sharedPhones)
        .where(
          and(
            eq(sharedPhones.identityId, given('identityId')),
            eq(sharedPhones.personId, given('personId')),
          ),
        ),
      (identityId: number, personId: number) => ({ identityId, personId }),
    ),
  };
}

/** Accounts and their addresses, written. */
export function accountsWrites(db: Database) {
  const move = movePerson(db);
  return {
    /** Adds a pair, or counts it once more; what was decided about it stays. */
    addPair: run(
      db
        .insert(accountPairs)
        .values({
          personId: sql`min(${p('one')}, ${p('other')})`,
          otherId: sql`max(${p('one')}, ${p('other')})`,
          ...placeholders('basis', 'times', 'verdict', 'createdAt'),
        })
        .onConflictDoUpdate({
          target: [accountPairs.personId, accountPairs.otherId],
          set: {
            times: sql`max(${accountPairs.times}, excluded.times)`,
            basis: sql`case when excluded.basis in ('phone', 'unlinked') then excluded.basis
              else ${accountPairs.basis} end`,
            verdict: sql`case when excluded.verdict = 'same' then 'same'
              else ${accountPairs.verdict} end`,
          },
        }),
      (
        pair: Pick<AccountPair, 'basis' | 'times' | 'verdict' | 'createdAt'> & {
          readonly one: number;
          readonly other: number;
        },
      ) => pair,
    ),
    setVerdict: run(
      db
        .update(accountPairs)
        .set(changes('verdict', 'reason', 'decidedBy', 'decidedAt'))
        .where(isThis),
      (id: number, said: Pick<AccountPair, 'verdict' | 'reason' | 'decidedBy' | 'decidedAt'>) => ({
        ...said,
        id,
      }),
    ),
    putRecovery: run(
      db
        .insert(recoveryCodes)
        .values(placeholders('personId', 'lookup', 'createdAt'))
        .onConflictDoUpdate({
          target: recoveryCodes.personId,
          set: { lookup: sql`excluded.lookup`, createdAt: sql`excluded.created_at` },
        }),
      (code: typeof recoveryCodes.$inferSelect) => code,
    ),
    removeRecovery: run(
      db.delete(recoveryCodes).where(eq(recoveryCodes.personId, given('personId'))),
      (personId: number) => ({ personId }),
    ),
    /** Gives an address to a person. */
    setPerson: run(
      db
        .update(identities)
        .set(changes('personId'))
        .where(eq(identities.id, given('identityId'))),
      (identityId: number, personId: number) => ({ identityId, personId }),
    ),
    addTurn: run(
      db.insert(sharedPhones).values(placeholders('identityId', 'turn', 'personId')),
      (turn: typeof sharedPhones.$inferSelect) => turn,
    ),
    /** Another person has the turn of one. */
    setTurnPerson: run(
      db
        .update(sharedPhones)
        .set({ personId: sql`${p('to')}` })
        .where(
          and(
            eq(sharedPhones.identityId, given('identityId')),
            eq(sharedPhones.personId, given('from')),
          ),
        ),
      (identityId: number, from: number, to: number) => ({ identityId, from, to }),
    ),
    endTurns: run(
      db.delete(sharedPhones).where(eq(sharedPhones.identityId, given('identityId'))),
      (identityId: number) => ({ identityId }),
    ),
    copyPairs: (from: number, to: number): void => copyPairs(db, from, to),
    /**
     * Gives another person all addresses of one, with what belongs to them, all roles, all wrong
     * guesses, and what is known of accounts close to theirs. What is on the public record stays
     * where it is.
     */
    movePerson: (from: number, to: number, at: number): void => {
      move(from, to, at);
      copyPairs(db, from, to);
    },
  };
}

/** Who is close to one person is close to the other, too. */
function copyPairs(db: Database, from: number, to: number): void {
  db.run(sql`insert into ${accountPairs}
      (person_id, other_id, basis, times, verdict, reason, decided_by, decided_at, created_at)
    select min(${to}, other), max(${to}, other), basis, times, verdict, reason, decided_by,
      decided_at, created_at
    from (select *, case person_id when ${from} then other_id else person_id end as other
      from ${accountPairs} where ${from} in (person_id, other_id))
    where other <> ${to}
    on conflict (person_id, other_id) do update
      set verdict = case excluded.verdict when 'same' then 'same' else verdict end`);
}
