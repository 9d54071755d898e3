import { and, eq, isNull, sql } from 'drizzle-orm';
import type { Database } from './database.ts';
import { delegations, invites, partners, persons } from './schema/index.ts';
import {
  all,
  changes,
  exists,
  get,
  given,
  insert,
  list,
  p,
  placeholders,
  run,
} from './statements.ts';

export type Partner = typeof partners.$inferSelect;
export type Delegation = typeof delegations.$inferSelect;
export type Invite = typeof invites.$inferSelect;
/** A delegation with the partner it is for; `partner` is null for the city's own admin. */
export type Acting = { readonly role: Delegation['role']; readonly partner: Partner | null };

const isThis = eq(partners.id, given('id'));
const isOfKind = eq(partners.kind, given('kind'));
const isNamed = and(isOfKind, eq(partners.folded, given('folded')));
const isInvite = eq(invites.lookup, given('lookup'));

const isLive = and(
  isNull(delegations.revokedAt),
  sql`coalesce(${delegations.expiresAt}, ${p('now')} + 1) > ${given('now')}`,
);

/** Partners, who acts for them, and open invitations, read. */
export function partnersReads(db: Database) {
  return {
    get: get(db.select().from(partners).where(isThis), (id: number) => ({ id })),
    /** By the folded name. */
    byName: get(
      db.select().from(partners).where(isNamed),
      (kind: Partner['kind'], folded: string) => ({ kind, folded }),
    ),
    all: all(
      db.select().from(partners).where(isOfKind).orderBy(partners.name),
      (kind: Partner['kind']) => ({ kind }),
    ),
    /** The partners that a person may act for at `now` (ms), oldest delegation first. */
    acting: all(
      db
        .select({ role: delegations.role, partner: partners })
        .from(delegations)
        .leftJoin(partners, eq(partners.id, delegations.partnerId))
        .where(and(eq(delegations.personId, given('personId')), isLive))
        .orderBy(delegations.id),
      (personId: number, now: number) => ({ personId, now }),
    ),
    /** The persons who act for a partner, or with null for the city itself. */
    personsActingFor: list(
      db
        .select({ value: delegations.personId })
        .from(delegations)
        .where(and(sql`${delegations.partnerId} is ${given('partnerId')}`, isLive)),
      (partnerId: number | null, now: number) => ({ partnerId, now }),
    ),
    /** Every partner in the order in which they came. */
    every: all(db.select().from(partners).orderBy(partners.id)),
    /** All delegations for a partner, or with null for the city: those that ended, too. */
    delegationsOf: all(
      db
        .select({ delegation: delegations, participantId: persons.participantId })
        .from(delegations)
        .innerJoin(persons, eq(persons.id, delegations.personId))
        .where(sql`${delegations.partnerId} is ${given('partnerId')}`)
        .orderBy(delegations.id),
      (partnerId: number | null) => ({ partnerId }),
    ),
    invite: get(db.select().from(invites).where(isInvite), (lookup: string) => ({ lookup })),
  };
}

/** Partners, who acts for them, and invitations, written. */
export function partnersWrites(db: Database) {
  return {
    add: insert(
      db
        .insert(partners)
        .values(placeholders('kind', 'name', 'folded', 'state', 'rkey', 'cid', 'createdAt'))
        .returning({ id: partners.id }),
      (partner: Omit<Partner, 'id'>) => partner,
    ),
    setState: run(
      db.update(partners).set(changes('state', 'cid')).where(isThis),
      (id: number, state: Partner['state'], cid: string) => ({ id, state, cid }),
    ),
    /** Nothing happens when the person already acts for that partner. */
    addDelegation: run(
      db
        .insert(delegations)
        .values(placeholders('personId', 'partnerId', 'role', 'createdAt'))
        .onConflictDoNothing(),
      (delegation: Pick<Delegation, 'personId' | 'partnerId' | 'role' | 'createdAt'>) => delegation,
    ),
    /** Ends what a person has for a partner, or with null for the city, if it has not ended by itself. */
    endDelegation: run(
      db
        .update(delegations)
        .set({
          revokedAt: sql`min(${given('now')}, coalesce(${delegations.expiresAt}, ${given('now')}))`,
        })
        .where(
          and(
            eq(delegations.personId, given('personId')),
            sql`${delegations.partnerId} is ${given('partnerId')}`,
            isNull(delegations.revokedAt),
          ),
        ),
      (personId: number, partnerId: number | null, now: number) => ({ personId, partnerId, now }),
    ),
    addInvite: run(
      db
        .insert(invites)
        .values(placeholders('lookup', 'role', 'partnerId', 'createdAt', 'expiresAt')),
      (invite: Pick<Invite, 'lookup' | 'role' | 'partnerId' | 'createdAt' | 'expiresAt'>) => invite,
    ),
    /** Removes the open invitations to be the city's admin: none of them counts, whenever it is sent. */
    withdrawAdminInvites: run(
      db
        .delete(invites)
        .where(
          and(
            sql`${invites.role} = 'admin'`,
            sql`${invites.partnerId} is null`,
            sql`${invites.usedAt} is null`,
          ),
        ),
      () => ({}),
    ),
    /** Removes invitations that nobody took up by `now` (ms): a wrong one is refused alike. */
    forgetInvites: run(
      db
        .delete(invites)
        .where(and(isNull(invites.usedAt), sql`${invites.expiresAt} <= ${given('now')}`)),
      (now: number) => ({ now }),
    ),
    /** False when somebody used it before. */
    useInvite: exists(
      db
        .update(invites)
        .set(changes('usedAt', 'usedBy'))
        .where(and(eq(invites.id, given('id')), isNull(invites.usedAt)))
        .returning({ id: invites.id }),
      (id: number, usedBy: number, usedAt: number) => ({ id, usedBy, usedAt }),
    ),
  };
}
