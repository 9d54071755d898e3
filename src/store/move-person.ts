/** Gives another person all that is one's: for two persons who are one from now on. */
import { and, eq, isNull, sql } from 'drizzle-orm';
import type { Database } from './database.ts';
import {
  codeFailures,
  delegations,
  deskLinks,
  deskSessions,
  heldDecisions,
  identities,
  invites,
  moves,
  notices,
  proofs,
  questions,
  recoveryCodes,
  series,
  seriesPeople,
  sessions,
  sharedPhones,
  tasks,
} from './schema/index.ts';
import { given, p, run } from './statements.ts';

type Move = { readonly from: number; readonly to: number; readonly at: number };

/** The one who stays begins what the other one does for partners and the city. */
const moveDelegations = (db: Database) => (move: Move) =>
  db.run(sql`insert into delegations (person_id, partner_id, role, created_at, expires_at, chosen_at)
    select ${move.to}, partner_id, role, ${move.at}, expires_at, chosen_at from delegations
    where person_id = ${move.from} and revoked_at is null
      and coalesce(expires_at, ${move.at} + 1) > ${move.at}
    order by id`);

const values = (move: Move) => move;

/** What was done until now was done under the other participant id: its delegations end here. */
const delegationSteps = (db: Database) => [
  // A role that ended by itself stands in nobody's way.
  run(
    db
      .update(delegations)
      .set({ revokedAt: sql`${delegations.expiresAt}` })
      .where(
        sql`${delegations.personId} in (${given('from')}, ${given('to')})
          and ${delegations.revokedAt} is null and ${delegations.expiresAt} <= ${given('at')}`,
      ),
    values,
  ),
  // Where both act for the same partner, or for the city, one role is enough: the wider one.
  run(
    db
      .update(delegations)
      .set({ revokedAt: sql`max(${delegations.createdAt}, ${p('at')})` })
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
      .set({ revokedAt: sql`max(${delegations.createdAt}, ${p('at')})` })
      .where(
        sql`${delegations.personId} = ${given('from')} and ${delegations.revokedAt} is null
          and exists (select 1 from ${delegations} as kept where kept.person_id = ${given('to')}
            and kept.revoked_at is null and kept.partner_id is delegations.partner_id)`,
      ),
    values,
  ),
  moveDelegations(db),
  run(
    db
      .update(delegations)
      .set({
        revokedAt: sql`max(${delegations.createdAt},
          min(${given('at')}, coalesce(${delegations.expiresAt}, ${given('at')})))`,
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
];

/** Whoever had the desk open as the one who goes opens it again; what was decided there stays. */
const deskSteps = (db: Database) => [
  ...[deskLinks, deskSessions].map((table) =>
    run(db.delete(table).where(eq(table.personId, given('from'))), values),
  ),
  run(
    db
      .update(heldDecisions)
      .set({ personId: sql`${p('to')}` })
      .where(eq(heldDecisions.personId, given('from'))),
    values,
  ),
];

export function movePerson(db: Database): (from: number, to: number, at: number) => void {
  const steps = [
    run(
      db.delete(sessions).where(
        sql`${sessions.identityId} in
          (select ${identities.id} from ${identities} where ${identities.personId} = ${given('from')})`,
      ),
      values,
    ),
    ...delegationSteps(db),
    // Where both have a code, that of the one who stays counts.
    run(
      db.delete(recoveryCodes).where(
        sql`${recoveryCodes.personId} = ${given('from')} and exists
          (select 1 from recovery_codes as kept where kept.person_id = ${given('to')})`,
      ),
      values,
    ),
    ...deskSteps(db),
    // A page shows what one of two did: nobody who has its address is to see what both did.
    run(db.delete(proofs).where(eq(proofs.personId, given('from'))), values),
    ...[identities, codeFailures, notices, questions, recoveryCodes, sharedPhones].map((table) =>
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
      db.delete(seriesPeople).where(
        sql`${seriesPeople.personId} = ${given('from')} and exists (select 1 from series_people
            as kept where kept.person_id = ${given('to')} and kept.series_id = series_people.series_id)`,
      ),
      values,
    ),
    run(
      db
        .update(seriesPeople)
        .set({ personId: sql`${p('to')}` })
        .where(eq(seriesPeople.personId, given('from'))),
      values,
    ),
    run(
      db
        .update(series)
        .set({ createdBy: sql`${p('to')}` })
        .where(eq(series.createdBy, given('from'))),
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
  };
}
