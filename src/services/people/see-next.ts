import { nextState, takesEvidence } from '../../domain/claim.ts';
import { isEvidenceTime } from '../../domain/review.ts';
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
  return {
    /** Tasks that take evidence of theirs, oldest claim first. */
    evidence: evidenceOf(claims, context.sentAt).map(({ task }) => ({
      id: task.id,
      title: task.title,
    })),
    /** Tasks that they can leave. */
    leave: claims
      .filter(({ claim }) => nextState(claim.state, 'leave') !== undefined)
      .map(({ task }) => ({ id: task.id, title: task.title })),
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

type Claims = ReturnType<Context['tx']['claims']['of']>;

/** Those that take evidence now; where none does, those that will or did. */
function evidenceOf(claims: Claims, now: number): Claims {
  const all = claims.filter(({ claim }) => takesEvidence(claim.state));
  const open = all.filter(({ claim, task }) => isEvidenceTime(claim.state, task, now));
  return open.length > 0 ? open : all;
}
