/** The one place that says who may act for whom. Source: domain.md, Roles. */
import type { Acting, Partner } from '../store/partners.ts';
import type { Context } from './context.ts';

export type Roles = {
  readonly admin: boolean;
  /** The names of approved partners, oldest delegation first. */
  readonly issuers: readonly string[];
  readonly redeemers: readonly string[];
};

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

const partnersOf = (context: Context, personId: number, kind: Partner['kind']): Partner[] =>
  actingOf(context, personId).flatMap(({ partner }) =>
    partner?.kind === kind && partner.state === 'approved' ? [partner] : [],
  );

/** The approved issuers that a person announces and reviews for, oldest delegation first. */
export const issuersOf = (context: Context, personId: number): Partner[] =>
  partnersOf(context, personId, 'issuer');

/** The approved redeemers that a person honors codes for, oldest delegation first. */
export const redeemersOf = (context: Context, personId: number): Partner[] =>
  partnersOf(context, personId, 'redeemer');

/** Does this person act for the city itself? */
export const isAdmin = (context: Context, personId: number): boolean =>
  actingOf(context, personId).some(({ role }) => role === 'admin');

/** Everything that a person may act for. */
export const rolesOf = (context: Context, personId: number): Roles => ({
  admin: isAdmin(context, personId),
  issuers: issuersOf(context, personId).map(({ name }) => name),
  redeemers: redeemersOf(context, personId).map(({ name }) => name),
});

/** A task with its issuer, if the person may act for that issuer. */
export function findOwnTask(context: Context, personId: number, taskId: number) {
  const found = context.tx.tasks.withIssuer(taskId);
  return issuersOf(context, personId).some(({ id }) => id === found?.issuer.id) ? found : undefined;
}

/** The persons who act for a partner: an issuer's review, a redeemer's honor codes. */
export const personsActingFor = ({ tx, now }: Context, partnerId: number): readonly number[] =>
  tx.partners.personsActingFor(partnerId, now);

/** The persons who act for the city itself. */
export const adminsOf = ({ tx, now }: Context): readonly number[] =>
  tx.partners.personsActingFor(null, now);
