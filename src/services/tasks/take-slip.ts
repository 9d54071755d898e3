import { isOver } from '../../domain/claim.ts';
import { INVITE_SYMBOLS } from '../../domain/code.ts';
import { foldCrockford } from '../../lib/crockford.ts';
import { withEither } from '../../lib/crypto.ts';
import { ok, type Refusal, type Result, refuse } from '../../lib/result.ts';
import type { Task } from '../../store/tasks.ts';
import { guessCode } from '../budgets/guess-code.ts';
import type { Context } from '../context.ts';
import { tellSteps } from './step-claim.ts';

const DECIDED = ['verified', 'rejected'];

/** The slip that somebody's words are the code of; undefined for none that is still good. */
function slipOf({ tx, keys, sentAt }: Context, typed: string) {
  const code = foldCrockford(typed);
  if (code.length !== INVITE_SYMBOLS) return undefined;
  const slip = withEither(keys, (one) => tx.claimSlips.byCode(one.secretLookup('slip', code)));
  return slip === undefined || slip.expiresAt <= sentAt ? undefined : slip;
}

/**
 * A person brings what a slip is for into their account: their part in a task that they came to without
 * one. Undefined for words that are no slip's. Once it was decided about, it stays what it is.
 */
export function takeSlip(
  context: Context,
  personId: number,
  typed: string,
):
  | Result<{ readonly task: Task }, Refusal<'link-locked' | 'joined-already' | 'slip-decided'>>
  | undefined {
  const { tx } = context;
  const slip = slipOf(context, typed);
  const claim = slip && tx.claims.get(slip.claimId);
  const task = claim && tx.tasks.get(claim.taskId);
  if (slip === undefined || claim === undefined || task === undefined) return undefined;
  if (!guessCode(context, personId).ok) return refuse('link-locked');
  const own = tx.claims.on(personId, task.id);
  if (own !== undefined && !isOver(own.state)) return refuse('joined-already', { task: task.id });
  if (DECIDED.includes(claim.state)) return refuse('slip-decided', { task: task.id });
  tx.claims.setPerson(claim.id, personId);
  tellSteps(context, { ...claim, personId });
  tx.claimSlips.remove(slip.id);
  return ok({ task });
}

/** A slip that others could read is void; whether the words were one's. */
export function voidSlip(context: Context, typed: string): boolean {
  const slip = slipOf(context, typed);
  if (slip !== undefined) context.tx.claimSlips.remove(slip.id);
  return slip !== undefined;
}
