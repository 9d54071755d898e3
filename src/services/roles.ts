/** The one place that says who may act for whom. Source: domain.md, Roles and authority. */
import { mayExercise, type PartnerKind, type Right, rightsOf } from '../domain/authority.ts';
import { ok, type Refusal, type Result, refuse } from '../lib/result.ts';
import type { Acting, Partner } from '../store/partners.ts';
import type { Context } from './context.ts';

export type Roles = {
  readonly admin: boolean;
  /** The names of partners that are approved, oldest delegation first. */
  readonly issuers: readonly string[];
  readonly redeemers: readonly string[];
  /** What the person may do for at least one of them. */
  readonly rights: readonly Right[];
  /** Suspended issuers whose evidence waits, for an admin, who reviews it in their place. */
  readonly reviewsInPlaceOf: readonly string[];
};

/** A person's delegation for a partner, which is not the city. */
type ActingForPartner = Acting & { readonly partner: Partner };

/** Looks up what a person may act for, once in a transaction. */
function actingOf({ acting, tx, now, unproven }: Context, personId: number): readonly Acting[] {
  if (unproven.has(personId)) return [];
  const known = acting.get(personId);
  if (known !== undefined) return known;
  const found = tx.partners.acting(personId, now);
  acting.set(personId, found);
  return found;
}

/** Must be called when somebody's roles have changed, or a partner's standing. */
export const forgetRoles = ({ acting }: Context): void => acting.clear();

/** What a person may act for besides the city, oldest delegation first, whatever the partner stands. */
export const actingForPartners = (context: Context, personId: number): ActingForPartner[] =>
  actingOf(context, personId).flatMap(({ partner, ...one }) =>
    partner === null ? [] : [{ ...one, partner }],
  );

const mayDo =
  (right: Right) =>
  ({ role, partner }: ActingForPartner): boolean =>
    mayExercise(right, partner.state) && rightsOf(role, partner.kind).includes(right);

/** The partners for which a person may do something now, oldest delegation first. */
export const partnersFor = (context: Context, personId: number, right: Right): Partner[] =>
  actingForPartners(context, personId)
    .filter(mayDo(right))
    .map(({ partner }) => partner);

/** A partner for which a person would act if it were not suspended; undefined for none. */
export const suspendedFor = (
  context: Context,
  personId: number,
  as: 'organizer' | 'redeemer',
): string | undefined =>
  actingForPartners(context, personId).find(
    ({ partner: { kind, state } }) =>
      state === 'suspended' && (kind === 'issuer') === (as === 'organizer'),
  )?.partner.name;

/** The suspended issuers whose evidence an admin reviews in their place; none for anybody else. */
export const reviewedByCity = (context: Context, personId: number): Partner[] =>
  isAdmin(context, personId)
    ? context.tx.partners.all('issuer').filter(({ state }) => state === 'suspended')
    : [];

/**
 * The partner of a kind that a person acts for: the one that they chose with AS, else the first that
 * lets them. It is named in the answer.
 */
export function actFor(
  context: Context,
  personId: number,
  { kind, right }: { readonly kind: PartnerKind; readonly right: Right },
): Result<Partner, Refusal<'not-issuer' | 'not-redeemer' | 'role-short' | 'partner-suspended'>> {
  const all = actingForPartners(context, personId).filter(({ partner }) => partner.kind === kind);
  const mine = all.filter(({ partner }) => mayExercise(right, partner.state));
  // Whoever chose one does not act for another without saying so.
  const stopped = all.find(({ chosenAt, partner: { state } }) => {
    return chosenAt !== null && state === 'suspended' && !mayExercise(right, state);
  });
  if (stopped !== undefined) return refuse('partner-suspended', { name: stopped.partner.name });
  const [first] = mine;
  if (first === undefined) return refuse(kind === 'issuer' ? 'not-issuer' : 'not-redeemer');
  const chosen = mine.find(({ chosenAt }) => chosenAt !== null);
  const able = (chosen === undefined ? mine : [chosen]).find(mayDo(right));
  if (able === undefined) return refuse('role-short', { name: (chosen ?? first).partner.name });
  nameInAnswer(context, personId, able.partner.name);
  return ok(able.partner);
}

/** The answer names the partner that was acted for, if the person acts for more than one. */
export function nameInAnswer(context: Context, personId: number, name: string): void {
  const names = new Set(actingForPartners(context, personId).map(({ partner }) => partner.name));
  if (names.size > 1) context.actedFor.add(name);
}

const approvedOf = (all: readonly ActingForPartner[], kind: PartnerKind): string[] =>
  all.flatMap(({ partner }) =>
    partner.kind === kind && partner.state === 'approved' ? [partner.name] : [],
  );

/** Does this person act for the city itself? */
export const isAdmin = (context: Context, personId: number): boolean =>
  actingOf(context, personId).some(({ role, partner }) => role === 'admin' && partner === null);

/** Is this person an owner of the partner now? */
export const isOwner = (context: Context, personId: number, partnerId: number): boolean =>
  actingForPartners(context, personId).some(
    ({ role, partner }) => role === 'owner' && partner.id === partnerId,
  );

const RIGHTS: readonly Right[] = ['tasks', 'roster', 'reviews', 'offers', 'codes', 'invites'];

/** As what a person reviews for an issuer: in a role of theirs there, or as an admin in its place. */
export function reviewingRole(
  context: Context,
  personId: number,
  issuerId: number,
): 'owner' | 'reviewer' | 'admin' {
  const mine = actingForPartners(context, personId).filter(mayDo('reviews'));
  const found = mine.find(({ partner }) => partner.id === issuerId);
  if (found === undefined) return 'admin';
  return found.role === 'owner' ? 'owner' : 'reviewer';
}

/** Everything that a person may act for. */
export function rolesOf(context: Context, personId: number): Roles {
  const all = actingForPartners(context, personId);
  return {
    admin: isAdmin(context, personId),
    issuers: approvedOf(all, 'issuer'),
    redeemers: approvedOf(all, 'redeemer'),
    rights: RIGHTS.filter((right) => all.some(mayDo(right))),
    reviewsInPlaceOf: reviewedByCity(context, personId)
      .filter(({ id }) => context.tx.evidence.waitingCount(id, personId) > 0)
      .map(({ name }) => name),
  };
}

/** A task with its issuer, if the person may do this with it. */
export function findOwnTask(
  context: Context,
  personId: number,
  { taskId, right }: { readonly taskId: number; readonly right: Right },
) {
  const found = context.tx.tasks.withIssuer(taskId);
  if (found === undefined) return undefined;
  const isOwn = partnersFor(context, personId, right).some(({ id }) => id === found.issuer.id);
  if (!isOwn) return undefined;
  nameInAnswer(context, personId, found.issuer.name);
  return found;
}

/** The persons who act for a partner, in whatever role. */
export const personsActingFor = ({ tx, now }: Context, partnerId: number): readonly number[] =>
  tx.partners.personsActingFor(partnerId, now);

/** Those of them who may do something for it, whether it is approved or not. */
export const personsWith = (context: Context, partner: Partner, right: Right): readonly number[] =>
  personsActingFor(context, partner.id).filter((personId) =>
    actingForPartners(context, personId).some(
      (one) => one.partner.id === partner.id && rightsOf(one.role, partner.kind).includes(right),
    ),
  );

/** The persons who act for the city itself. */
export const adminsOf = ({ tx, now }: Context): readonly number[] =>
  tx.partners.personsActingFor(null, now);
