import type { Context } from '../context.ts';
import { seeCodes } from '../credits/live-code.ts';
import { seeBalance } from '../credits/see-balance.ts';
import { countWaitingEvidence } from '../evidence/see-waiting-evidence.ts';
import { type Roles, rolesOf } from '../roles.ts';

type Named = { readonly id: number; readonly title: string };

/** A person's open business with the city, and so what they can do next. */
export type Next = {
  /** Tasks that take evidence of theirs, oldest claim first. */
  readonly evidence: readonly Named[];
  /** Tasks that they can leave. */
  readonly leave: readonly Named[];
  readonly available: number;
  readonly codes: number;
  readonly waiting: number;
  readonly roles: Roles;
};

/** Looks up what a person can do next. */
export function seeNext(
  context: Context,
  person: { readonly id: number; readonly participantId: string },
): Next {
  const claims = context.tx.claims.of(person.id);
  const roles = rolesOf(context, person.id);
  const named = (...states: readonly string[]): Named[] =>
    claims
      .filter(({ claim }) => states.includes(claim.state))
      .map(({ task }) => ({ id: task.id, title: task.title }));
  return {
    evidence: named('active', 'submitted'),
    leave: named('active', 'standby'),
    available: seeBalance(context, person.participantId).available,
    codes: seeCodes(context, person.id).length,
    waiting: roles.issuers.length === 0 ? 0 : countWaitingEvidence(context, person.id),
    roles,
  };
}
