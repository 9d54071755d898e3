import { and, eq, isNull, lte, sql } from 'drizzle-orm';
import type { Database } from './database.ts';
import {
  claims,
  codeFailures,
  delegations,
  identities,
  invites,
  linkCodes,
  persons,
  redemptions,
  sessions,
  tasks,
} from './schema/index.ts';
import { get, given, p, placeholders, row, run } from './statements.ts';

export type LinkCode = typeof linkCodes.$inferSelect;

const isThis = eq(linkCodes.lookup, given('lookup'));

/** Codes by which a person shows on another channel that both are the same, read. */
export function linkCodesReads(db: Database) {
  return {
    get: get(db.select().from(linkCodes).where(isThis), (lookup: string) => ({ lookup })),
    tiesOf: row(
      db
        .select({
          claims: sql<number>`(select count(*) from ${claims} where person_id = persons.id)`,
          openClaims: sql<number>`(select count(*) from ${claims} where person_id = persons.id
            and state in ('active', 'standby', 'submitted'))`,
          liveCodes: sql<number>`(select count(*) from ${redemptions}
            where person_id = persons.id and state = 'held')`,
          delegations: sql<number>`(select count(*) from ${delegations}
            where person_id = persons.id and revoked_at is null)`,
        })
        .from(persons)
        .where(eq(persons.id, given('personId'))),
      (personId: number) => ({ personId }),
    ),
  };
}

/** Codes by which a person shows on another channel that both are the same, written. */
export function linkCodesWrites(db: Database) {
  return {
    add: run(
      db.insert(linkCodes).values(placeholders('lookup', 'personId', 'createdAt', 'expiresAt')),
      (code: LinkCode) => code,
    ),
    /** Ends the code of a person, if there is one. */
    remove: run(
      db.delete(linkCodes).where(eq(linkCodes.personId, given('personId'))),
      (personId: number) => ({ personId }),
    ),
    /**
     * Gives another person all addresses of one, with what belongs to them, all roles and all wrong
     * guesses. What is on the public record stays where it is.
     */
    movePerson: movePerson(db),
    forget: run(
      db.delete(linkCodes).where(lte(linkCodes.expiresAt, given('now'))),
      (now: number) => ({ now }),
    ),
  };
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
    ...[identities, codeFailures].map((table) =>
      run(
        db
          .update(table)
          .set({ personId: sql`${p('to')}` })
          .where(eq(table.personId, given('from'))),
        values,
      ),
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
  };
}
