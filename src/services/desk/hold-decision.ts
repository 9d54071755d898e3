import { HOLD_MS } from '../../domain/desk.ts';
import { ok, type Refusal, type Result, refuse } from '../../lib/result.ts';
import type { HeldDecision } from '../../store/held-decisions.ts';
import type { Context } from '../context.ts';
import { seeWaitingEvidence } from '../evidence/see-waiting-evidence.ts';
import type { AtDesk } from './find-session.ts';

/** Nobody has more to look through. */
export const QUEUE_MAX = 1000;

/**
 * Holds a decision about evidence for a few seconds, in which it can be taken back: nothing is written
 * in public before. Only evidence that waits for this person's review is taken.
 */
export function holdDecision(
  context: Context,
  { session, person }: AtDesk,
  wanted: Pick<HeldDecision, 'evidenceId' | 'decision' | 'words'>,
): Result<true, Refusal<'evidence-unknown'>> {
  const { tx, keys, now } = context;
  const { evidenceId, decision, words } = wanted;
  const isTheirs = seeWaitingEvidence(context, person, QUEUE_MAX).some(
    ({ evidence }) => evidence.id === evidenceId,
  );
  const isNew =
    isTheirs &&
    tx.heldDecisions.add({
      ...{ evidenceId, decision, words: keys.sealText(words) },
      ...{ personId: person.id, identityId: session.identityId, dueAt: now + HOLD_MS },
    });
  return isNew ? ok(true) : refuse('evidence-unknown', { evidence: evidenceId });
}

/** Takes a decision back that is not made yet; false where it is too late. */
export const takeBackDecision = (
  { tx }: Context,
  { person }: Pick<AtDesk, 'person'>,
  evidenceId: number,
): boolean => tx.heldDecisions.takeBack(evidenceId, person.id);
