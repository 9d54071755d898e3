import { decideForget } from '../../domain/forget.ts';
import { ok, type RefusalOf, type Result } from '../../lib/result.ts';
import type { Person } from '../../store/people.ts';
import type { Context } from '../context.ts';
import { seeBalance } from '../credits/see-balance.ts';
import { isProven } from '../people/must-prove.ts';

/** What somebody loses who is forgotten. */
export type ForgetLoss = {
  readonly credits: number;
  readonly codes: number;
  readonly tasks: number;
  readonly addresses: number;
};

/** Looks up what a person would lose. Refused for whoever alone acts for the city or a partner. */
export function seeForget(
  context: Context,
  person: Pick<Person, 'id' | 'participantId'>,
): Result<ForgetLoss, RefusalOf<typeof decideForget> | RefusalOf<typeof isProven>> {
  const { tx, now } = context;
  const proven = isProven(context, person.id);
  if (!proven.ok) return proven;
  const roles = tx.partners.acting(person.id, now).map(({ partner }) => ({
    partner: partner?.name ?? null,
    others: tx.partners.personsActingFor(partner?.id ?? null, now).filter((id) => id !== person.id)
      .length,
  }));
  const decision = decideForget(roles);
  if (!decision.ok) return decision;
  const { available, held } = seeBalance(context, person.participantId);
  return ok({
    credits: available + held,
    codes: tx.redemptions.live(person.id).length,
    tasks: tx.forgetting.openClaims(person.id).length,
    addresses: tx.identities.of(person.id).length,
  });
}
