import { and, eq, isNull, sql } from 'drizzle-orm';
import type { Database } from './database.ts';
import { given } from './given.ts';
import { delegations, invites, partners } from './schema/index.ts';

const p = sql.placeholder;

export type Partner = typeof partners.$inferSelect;
export type Delegation = typeof delegations.$inferSelect;
export type Invite = typeof invites.$inferSelect;
/** A delegation with the partner it is for; `partner` is null for the city's own admin. */
export type Acting = { readonly role: Delegation['role']; readonly partner: Partner | null };

/** Partners, who acts for them, and open invitations, read. */
export function partnersReads(db: Database) {
  const byId = db
    .select()
    .from(partners)
    .where(eq(partners.id, given('id')))
    .prepare();
  const byName = db
    .select()
    .from(partners)
    .where(and(eq(partners.kind, given('kind')), eq(partners.folded, given('folded'))))
    .prepare();
  const acting = db
    .select({ role: delegations.role, partner: partners })
    .from(delegations)
    .leftJoin(partners, eq(partners.id, delegations.partnerId))
    .where(
      and(
        eq(delegations.personId, given('personId')),
        isNull(delegations.revokedAt),
        sql`coalesce(${delegations.expiresAt}, ${p('now')} + 1) > ${given('now')}`,
      ),
    )
    .orderBy(delegations.id)
    .prepare();
  const actingFor = db
    .select({ personId: delegations.personId })
    .from(delegations)
    .where(
      and(
        sql`${delegations.partnerId} is ${given('partnerId')}`,
        isNull(delegations.revokedAt),
        sql`coalesce(${delegations.expiresAt}, ${p('now')} + 1) > ${given('now')}`,
      ),
    )
    .prepare();
  const invite = db
    .select()
    .from(invites)
    .where(eq(invites.lookup, given('lookup')))
    .prepare();
  const list = db
    .select()
    .from(partners)
    .where(eq(partners.kind, given('kind')))
    .orderBy(partners.name);
  const all = list.prepare();
  return {
    get: (id: number): Partner | undefined => byId.get({ id }),
    /** By the folded name. */
    byName: (kind: Partner['kind'], folded: string): Partner | undefined =>
      byName.get({ kind, folded }),
    all: (kind: Partner['kind']): Partner[] => all.all({ kind }),
    /** What a person may act for now (ms), oldest delegation first. */
    acting: (personId: number, now: number): Acting[] => acting.all({ personId, now }),
    /** The persons who act for a partner, or with null for the city itself. */
    personsActingFor: (partnerId: number | null, now: number): number[] =>
      actingFor.all({ partnerId, now }).map((row) => row.personId),
    invite: (lookup: string): Invite | undefined => invite.get({ lookup }),
  };
}

/** Partners, who acts for them, and invitations, written. */
export function partnersWrites(db: Database) {
  const addPartner = db
    .insert(partners)
    .values({
      kind: p('kind'),
      name: p('name'),
      folded: p('folded'),
      state: p('state'),
      rkey: p('rkey'),
      cid: p('cid'),
      createdAt: p('createdAt'),
    })
    .returning({ id: partners.id })
    .prepare();
  const setState = db
    .update(partners)
    .set({ state: sql`${p('state')}`, cid: sql`${p('cid')}` })
    .where(eq(partners.id, given('id')))
    .prepare();
  const addDelegation = db
    .insert(delegations)
    .values({
      personId: p('personId'),
      partnerId: p('partnerId'),
      role: p('role'),
      createdAt: p('createdAt'),
    })
    .onConflictDoNothing()
    .prepare();
  const addInvite = db
    .insert(invites)
    .values({
      lookup: p('lookup'),
      role: p('role'),
      partnerId: p('partnerId'),
      createdAt: p('createdAt'),
      expiresAt: p('expiresAt'),
    })
    .prepare();
  const withdrawAdminInvites = db
    .update(invites)
    .set({ expiresAt: sql`${p('now')}` })
    .where(
      and(
        sql`${invites.role} = 'admin'`,
        sql`${invites.partnerId} is null`,
        sql`${invites.usedAt} is null`,
        sql`${invites.expiresAt} > ${given('now')}`,
      ),
    )
    .prepare();
  const useInvite = db
    .update(invites)
    .set({ usedAt: sql`${p('at')}`, usedBy: sql`${p('personId')}` })
    .where(and(eq(invites.id, given('id')), isNull(invites.usedAt)))
    .returning({ id: invites.id })
    .prepare();
  return {
    add: (partner: Omit<Partner, 'id'>): number => (addPartner.get(partner) as { id: number }).id,
    setState: (id: number, state: Partner['state'], cid: string) =>
      setState.run({ id, state, cid }),
    /** Nothing happens when the person already acts for that partner. */
    addDelegation: (
      delegation: Pick<Delegation, 'personId' | 'partnerId' | 'role' | 'createdAt'>,
    ) => addDelegation.run(delegation),
    addInvite: (
      invite: Pick<Invite, 'lookup' | 'role' | 'partnerId' | 'createdAt' | 'expiresAt'>,
    ) => addInvite.run(invite),
    /** Nobody can take up an earlier invitation to be the city's admin from here on. */
    withdrawAdminInvites: (now: number) => withdrawAdminInvites.run({ now }),
    /** False when somebody used it before. */
    useInvite: (id: number, personId: number, at: number): boolean =>
      useInvite.all({ id, personId, at }).length === 1,
  };
}
