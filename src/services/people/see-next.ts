import type { Context } from '../context.ts';
import { seeBalance } from '../credits/see-balance.ts';
import { seeCodes } from '../credits/see-codes.ts';
import { countWaitingEvidence } from '../evidence/count-waiting-evidence.ts';
import { seeOwnPartners } from '../partners/choose-partner.ts';
import { rolesOf } from '../roles.ts';

/** A person's open business with the city, and so what they can do next. */
export type Next = ReturnType<typeof seeNext>;

/** Looks up what a person can do next. */
export function seeNext(
  context: Context,
  person: { readonly id: number; readonly participantId: string },
) {
  const claims = context.tx.claims.of(person.id);
  const roles = rolesOf(context, person.id);
  const named = (...states: readonly string[]) =>
    claims
      .filter(({ claim }) => states.includes(claim.state))
      .map(({ task }) => ({ id: task.id, title: task.title }));
  return {
    /** Tasks that take evidence of theirs, oldest claim first. */
    evidence: named('active', 'submitted'),
    /** Tasks that they can leave. */
    leave: named('active', 'standby'),
    available: seeBalance(context, person.participantId).available,
    codes: seeCodes(context, person.id).length,
    waiting:
      roles.issuers.length === 0 && roles.reviewsInPlaceOf.length === 0
        ? 0
        : countWaitingEvidence(context, person.id),
    roles,
    /** How many organizations they act for. */
    actsFor: seeOwnPartners(context, person.id).length,
  };
}
