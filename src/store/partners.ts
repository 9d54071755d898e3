import { and, eq, isNull, sql } from 'drizzle-orm';
import type { Database } from './database.ts';
import {
  delegations,
  identities,
  invites,
  partners,
  persons,
  sharedPhones,
  standings,
} from './schema/index.ts';
import {
  all,
  changes,
  count,
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
export type Standing = typeof standings.$inferSelect;
/** A delegation with the partner it is for; `partner` is null for the city's own admin. */
export type Acting = Pick<Delegation, 'id' | 'role' | 'chosenAt' | 'expiresAt'> & {
  readonly partner: Partner | null;
};

const isThis = eq(partners.id, given('id'));
const isOfKind = eq(partners.kind, given('kind'));
const isNamed = and(isOfKind, eq(partners.folded, given('folded')));
const isInvite = eq(invites.lookup, given('lookup'));
const isOfPartner = sql`${delegations.partnerId} is ${given('partnerId')}`;

const isLive = and(
  isNull(delegations.revokedAt),
  sql`coalesce(${delegations.expiresAt}, ${p('now')} + 1) > ${given('now')}`,
);
const isOpen = and(isNull(invites.usedAt), sql`${invites.expiresAt} > ${given('now')}`);

/** Partners, who acts for them, and open invitations, read. */
export function partnersReads(db: Database) {
  return {
    ...delegationReads(db),
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
    /** Every partner in the order in which they came. */
    every: all(db.select().from(partners).orderBy(partners.id)),
    /** Where a partner stood, oldest first. */
    standings: all(
      db
        .select()
        .from(standings)
        .where(eq(standings.partnerId, given('partnerId')))
        .orderBy(standings.id),
      (partnerId: number) => ({ partnerId }),
    ),
    invite: get(db.select().from(invites).where(isInvite), (lookup: string) => ({ lookup })),
    /** The id that the next invitation gets. */
    nextInviteId: count(
      db.select({ value: sql<number>`coalesce(max(${invites.id}), 0) + 1` }).from(invites),
    ),
    /** The invitation that a person made last. */
    newestInviteBy: get(
      db
        .select()
        .from(invites)
        .where(eq(invites.invitedBy, given('invitedBy')))
        .orderBy(sql`${invites.id} desc`)
        .limit(1),
      (invitedBy: number) => ({ invitedBy }),
    ),
    /** The invitations that can be taken up at `now` (ms), newest first. */
    openInvites: all(
      db.select().from(invites).where(isOpen).orderBy(sql`${invites.id} desc`),
      (now: number) => ({ now }),
    ),
  };
}

/** Who acts for whom, read. */
function delegationReads(db: Database) {
  const named = db
    .select({ delegation: delegations, participantId: persons.participantId })
    .from(delegations)
    .innerJoin(persons, eq(persons.id, delegations.personId));
  // What is found has to hold for more than one time.
  const unrevokedFor = all(
    db
      .select({ personId: delegations.personId, expiresAt: delegations.expiresAt })
      .from(delegations)
      .where(and(isOfPartner, isNull(delegations.revokedAt)))
      .orderBy(delegations.id),
    (partnerId: number | null) => ({ partnerId }),
  );
  return {
    acting: actingRead(db),
    /** The persons who act for a partner, or with null for the city itself. */
    personsActingFor: (partnerId: number | null, now: number): number[] =>
      unrevokedFor(partnerId)
        .filter(({ expiresAt }) => expiresAt === null || expiresAt > now)
        .map(({ personId }) => personId),
    /** Every partner in the order in which they came. */
    every: all(db.select().from(partners).orderBy(partners.id)),
    /**
     * The same without those who have no address: nobody knows where they are. Whoever shares a phone
     * has it, whoever's turn it is.
     */
    reachableActingFor: list(
      db
        .select({ value: delegations.personId })
        .from(delegations)
        .where(
          and(
            isOfPartner,
            isLive,
            sql`(exists (select 1 from ${identities} where person_id = ${delegations.personId})
              or exists (select 1 from ${sharedPhones} where person_id = ${delegations.personId}))`,
          ),
        ),
      (partnerId: number | null, now: number) => ({ partnerId, now }),
    ),
    /** All delegations for a partner, or with null for the city: those that ended, too. */
    delegationsOf: all(
      db
        .select({ delegation: delegations, participantId: persons.participantId })
        .from(delegations)
        .innerJoin(persons, eq(persons.id, delegations.personId))
        .where(isOfPartner)
        .orderBy(delegations.id),
      (partnerId: number | null) => ({ partnerId }),
    ),
    delegation: get(named.where(eq(delegations.id, given('id'))), (id: number) => ({ id })),
  };
}

/** The partners that a person may act for at `now` (ms), oldest delegation first. */
function actingRead(db: Database) {
  // Nearly every message asks, so what is found has to hold for more than one time.
  const unrevoked = all(
    db
      .select({
        id: delegations.id,
        role: delegations.role,
        chosenAt: delegations.chosenAt,
        expiresAt: delegations.expiresAt,
        partner: partners,
      })
      .from(delegations)
      .leftJoin(partners, eq(partners.id, delegations.partnerId))
      .where(and(eq(delegations.personId, given('personId')), isNull(delegations.revokedAt)))
      .orderBy(delegations.id),
    (personId: number) => ({ personId }),
  );
  return (personId: number, now: number): Acting[] =>
    unrevoked(personId).filter(({ expiresAt }) => expiresAt === null || expiresAt > now);
}

/** Partners, who acts for them, and invitations, written. */
export function partnersWrites(db: Database) {
  return {
    ...delegationWrites(db),
    ...inviteWrites(db),
    add: insert(
      db
        .insert(partners)
        .values(
          placeholders(
            ...(['kind', 'name', 'folded', 'state', 'rkey', 'cid', 'createdAt'] as const),
            ...(['onboarding', 'onboardingReason'] as const),
          ),
        )
        .returning({ id: partners.id }),
      (partner: Omit<Partner, 'id'>) => partner,
    ),
    setState: run(
      db.update(partners).set(changes('state', 'onboarding')).where(isThis),
      (id: number, state: Partner['state'], onboarding: Partner['onboarding']) => ({
        id,
        state,
        onboarding,
      }),
    ),
    setCid: run(
      db.update(partners).set(changes('cid')).where(isThis),
      (id: number, cid: string) => ({
        id,
        cid,
      }),
    ),
    addStanding: run(
      db.insert(standings).values(placeholders('partnerId', 'state', 'at', 'by', 'reason')),
      (standing: Omit<Standing, 'id'>) => standing,
    ),
  };
}

type NewDelegation = Pick<
  Delegation,
  'personId' | 'partnerId' | 'role' | 'createdAt' | 'expiresAt' | 'givenBy'
>;

function delegationWrites(db: Database) {
  const isUnended = isNull(delegations.revokedAt);
  return {
    addDelegation: run(
      db
        .insert(delegations)
        .values(placeholders('personId', 'partnerId', 'role', 'createdAt', 'expiresAt', 'givenBy')),
      (delegation: NewDelegation) => delegation,
    ),
    /** Ends what a person has for a partner, or with null for the city, if it has not ended by itself. */
    endDelegation: run(
      db
        .update(delegations)
        .set({
          revokedAt: sql`max(${delegations.createdAt},
            min(${given('now')}, coalesce(${delegations.expiresAt}, ${given('now')})))`,
        })
        .where(and(eq(delegations.personId, given('personId')), isOfPartner, isUnended)),
      (personId: number, partnerId: number | null, now: number) => ({ personId, partnerId, now }),
    ),
    /** Remembers which partner a person chose to act for. */
    choose: run(
      db
        .update(delegations)
        .set(changes('chosenAt'))
        .where(eq(delegations.id, given('id'))),
      (id: number, chosenAt: number | null) => ({ id, chosenAt }),
    ),
  };
}

type NewInvite = Pick<
  Invite,
  'lookup' | 'role' | 'partnerId' | 'createdAt' | 'expiresAt' | 'invitedBy' | 'endsAt'
>;

function inviteWrites(db: Database) {
  return {
    addInvite: run(
      db
        .insert(invites)
        .values(
          placeholders(
            ...(['lookup', 'role', 'partnerId', 'createdAt', 'expiresAt'] as const),
            ...(['invitedBy', 'endsAt'] as const),
          ),
        ),
      (invite: NewInvite) => invite,
    ),
    /** Takes an invitation back that nobody took up. */
    removeInvite: run(
      db.delete(invites).where(and(eq(invites.id, given('id')), isNull(invites.usedAt))),
      (id: number) => ({ id }),
    ),
    /** Removes the operator's open invitations to be the city's admin: none counts, whenever it is sent. */
    withdrawAdminInvites: run(
      db
        .delete(invites)
        .where(
          and(sql`${invites.role} = 'admin'`, isNull(invites.partnerId), isNull(invites.usedAt)),
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
