/** Who may do what for whom, and how partners come to stand (domain.md, Roles and authority). */
import { ok, type Refusal, type Result, refuse } from '../lib/result.ts';

/** What a person can do for a partner. */
export type Right = 'tasks' | 'roster' | 'reviews' | 'offers' | 'codes' | 'invites';
export type PartnerRole = 'owner' | 'manager' | 'reviewer' | 'counter';
export type Role = PartnerRole | 'admin';
export type PartnerKind = 'issuer' | 'redeemer';
export type PartnerState = 'invited' | 'pending' | 'approved' | 'deferred' | 'suspended';
export type Onboarding = 'green' | 'yellow' | 'red';

/** The whole table. An admin acts for the city, and for no partner. */
const RIGHTS: Readonly<Record<Role, readonly Right[]>> = {
  owner: ['tasks', 'roster', 'reviews', 'offers', 'codes', 'invites'],
  manager: ['tasks', 'roster', 'offers'],
  reviewer: ['roster', 'reviews'],
  counter: ['codes'],
  admin: [],
};

/** The rights that mean something to a partner of each kind. */
const RIGHTS_OF_KIND: Readonly<Record<PartnerKind, readonly Right[]>> = {
  issuer: ['tasks', 'roster', 'reviews', 'invites'],
  redeemer: ['offers', 'codes', 'invites'],
};

/** The rights of a role at a partner of a kind. */
export const rightsOf = (role: Role, kind: PartnerKind): readonly Right[] =>
  RIGHTS[role].filter((right) => RIGHTS_OF_KIND[kind].includes(right));

/** Can a partner of that kind have somebody in that role? */
export const isRoleOf = (role: PartnerRole, kind: PartnerKind): boolean =>
  role === 'owner' || rightsOf(role, kind).length > 0;

/** Only approved partners act; a code that lives is honored by one that is suspended, too. */
export const mayExercise = (right: Right, state: PartnerState): boolean =>
  state === 'approved' || (right === 'codes' && state === 'suspended');

/** The role of somebody who is invited to a partner without a word about it. */
export function usualRole(kind: PartnerKind, hasOwner: boolean): PartnerRole {
  if (!hasOwner) return 'owner';
  return kind === 'issuer' ? 'reviewer' : 'counter';
}

/** Where a partner stands once its first invitation is taken up. */
export const standingAfterAccept = (
  state: PartnerState,
  onboarding: Onboarding,
): PartnerState | undefined => {
  if (state !== 'invited' && state !== 'pending') return undefined;
  return onboarding === 'red' ? 'deferred' : 'approved';
};

/** An issuer that was taken on as yellow gets half of the cap that an admin names. */
export const capFor = (onboarding: Onboarding, amount: number): number =>
  onboarding === 'yellow' ? Math.floor(amount / 2) : amount;

/** May an admin suspend a partner that stands like this? */
export function decideSuspend(facts: {
  readonly state: PartnerState;
  readonly reason: string;
}): Result<'suspended', Refusal<'suspend-why' | 'suspend-already'>> {
  if (facts.state === 'suspended') return refuse('suspend-already');
  return facts.reason === '' ? refuse('suspend-why') : ok('suspended');
}

/** May an admin let a partner act again, or at last, or with the whole cap? */
export function decideResume(facts: {
  readonly state: PartnerState;
  readonly onboarding: Onboarding;
  readonly hasPeople: boolean;
}): Result<'approved' | 'invited', Refusal<'resume-nothing'>> {
  const { state, onboarding, hasPeople } = facts;
  if (state === 'invited' || state === 'pending') return refuse('resume-nothing');
  if (state === 'approved' && onboarding === 'green') return refuse('resume-nothing');
  return ok(hasPeople || state === 'approved' ? 'approved' : 'invited');
}

/** May somebody end a delegation? An admin may end any but the last of their own kind. */
export function decideRevoke(facts: {
  readonly isAdmin: boolean;
  /** The one who asks is an owner of the partner that it is for. */
  readonly isOwner: boolean;
  readonly isForCity: boolean;
  readonly adminsLeft: number;
}): Result<true, Refusal<'uninvite-unknown' | 'last-admin'>> {
  if (!facts.isAdmin && !facts.isOwner) return refuse('uninvite-unknown');
  if (facts.isForCity && !facts.isAdmin) return refuse('uninvite-unknown');
  if (facts.isForCity && facts.adminsLeft === 0) return refuse('last-admin');
  return ok(true);
}
