import type { Onboarding, PartnerState } from '../../domain/authority.ts';
import type { Partner } from '../../store/partners.ts';
import type { Context } from '../context.ts';
import { forgetRoles } from '../roles.ts';

type Change = {
  readonly state: PartnerState;
  readonly onboarding?: Onboarding;
  /** The person who decided it; null for the operator. */
  readonly by: number | null;
  readonly reason?: string;
};

/** Gives a partner its new standing and remembers who decided it; its record is left to the caller. */
export function changeStanding(context: Context, partner: Partner, change: Change): void {
  const { tx, now } = context;
  const { state, onboarding = partner.onboarding, reason = '' } = change;
  tx.partners.setState(partner.id, state, onboarding);
  tx.partners.addStanding({
    partnerId: partner.id,
    state,
    at: now,
    by: participantOf(context, change.by),
    reason,
  });
  forgetRoles(context);
}

/** The public name of a person; null for nobody. */
export const participantOf = ({ tx }: Context, personId: number | null): string | null =>
  (personId === null ? undefined : tx.people.get(personId)?.participantId) ?? null;
