/** Which addresses and accounts are whose: joined, parted, shared, and held to be one person's. */
import { and, desc, eq, isNull, sql } from 'drizzle-orm';
import type { Database } from './database.ts';
import {
  accountPairs,
  codeFailures,
  delegations,
  identities,
  invites,
  moves,
  recoveryCodes,
  sessions,
  sharedPhones,
  tasks,
} from './schema/index.ts';
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
    movePerson: movePerson(db),
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

type Move = { readonly from: number; readonly to: number; readonly at: number };

/** The one who stays begins what the other one does for partners and the city. */
const moveDelegations = (db: Database) => (move: Move) =>
  db.run(sql`insert into delegations (person_id, partner_id, role, created_at, expires_at, chosen_at)
    select ${move.to}, partner_id, role, ${move.at}, expires_at, chosen_at from delegations
    where person_id = ${move.from} and revoked_at is null
      and coalesce(expires_at, ${move.at} + 1) > ${move.at}
    order by id`);

function movePerson(db: Database): (from: number, to: number, at: number) => void {
  const values = (move: Move) => move;
  const steps = [
    run(
      db.delete(sessions).where(
        sql`${sessions.identityId} in
          (select ${identities.id} from ${identities} where ${identities.personId} = ${given('from')})`,
      ),
      values,
    ),
    // Where both act for the same partner, or for the city, one role is enough: the wider one.
    run(
      db
        .update(delegations)
        .set({ revokedAt: sql`${p('at')}` })
        .where(
          sql`${delegations.personId} = ${given('to')} and ${delegations.revokedAt} is null
            and ${delegations.role} <> 'owner'
            and exists (select 1 from ${delegations} as wider where wider.person_id = ${given('from')}
              and wider.revoked_at is null and wider.partner_id is delegations.partner_id
              and wider.role = 'owner')`,
        ),
      values,
    ),
    run(
      db
        .update(delegations)
        .set({ revokedAt: sql`${p('at')}` })
        .where(
          sql`${delegations.personId} = ${given('from')} and ${delegations.revokedAt} is null
            and exists (select 1 from ${delegations} as kept where kept.person_id = ${given('to')}
              and kept.revoked_at is null and kept.partner_id is delegations.partner_id)`,
        ),
      values,
    ),
    // What was done until now was done under the other participant id: its delegations end here.
    moveDelegations(db),
    run(
      db
        .update(delegations)
        .set({
          revokedAt: sql`min(${given('at')}, coalesce(${delegations.expiresAt}, ${given('at')}))`,
        })
        .where(and(eq(delegations.personId, given('from')), isNull(delegations.revokedAt))),
      values,
    ),
    run(
      db
        .update(invites)
        .set({ invitedBy: sql`${p('to')}` })
        .where(eq(invites.invitedBy, given('from'))),
      values,
    ),
    // Where both have a code, that of the one who stays counts.
    run(
      db.delete(recoveryCodes).where(
        sql`${recoveryCodes.personId} = ${given('from')} and exists
          (select 1 from recovery_codes as kept where kept.person_id = ${given('to')})`,
      ),
      values,
    ),
    ...[identities, codeFailures, recoveryCodes, sharedPhones].map((table) =>
      run(
        db
          .update(table)
          .set({ personId: sql`${p('to')}` })
          .where(
            // Two who share a phone and are one share it no more.
            table === sharedPhones
              ? sql`${table.personId} = ${given('from')} and not exists
                  (select 1 from shared_phones as theirs where theirs.person_id = ${given('to')}
                    and theirs.identity_id = shared_phones.identity_id)`
              : eq(table.personId, given('from')),
          ),
        values,
      ),
    ),
    run(
      db.delete(sharedPhones).where(
        sql`exists (select 1 from shared_phones as gone where gone.person_id = ${given('from')}
          and gone.identity_id = shared_phones.identity_id)`,
      ),
      values,
    ),
    run(
      db
        .update(moves)
        .set({ state: 'stopped' })
        .where(
          sql`${moves.state} in ('asked', 'waiting') and ${moves.personId} = ${given('from')}`,
        ),
      values,
    ),
    run(
      db
        .update(tasks)
        .set({ createdBy: sql`${p('to')}` })
        .where(eq(tasks.createdBy, given('from'))),
      values,
    ),
  ];
  return (from, to, at) => {
    for (const step of steps) step({ from, to, at });
    copyPairs(db, from, to);
  };
}
