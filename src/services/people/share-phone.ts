import { newParticipantId } from '../../lib/ids.ts';
import { ok, type Refusal, type Result, refuse } from '../../lib/result.ts';
import type { Context } from '../context.ts';
import type { At } from './agree-to-messages.ts';

/** Which of the two people of an address speaks now; undefined where there is only one. */
export const seeTurn = ({ tx }: Context, identityId: number): number | undefined =>
  tx.accounts.turnAt(identityId);

/** From now on the other one speaks; what was asked of the first is not asked of the second. */
export function takeTurn(
  { tx }: Context,
  identityId: number,
  turn: number,
): Result<true, Refusal<'turn-unknown'>> {
  const next = tx.accounts.turnsOf(identityId).find((one) => one.turn === turn);
  if (next === undefined) return refuse('turn-unknown');
  tx.sessions.end(identityId);
  tx.followUps.end(identityId);
  tx.linkCodes.removeAt(identityId);
  tx.accounts.setPerson(identityId, next.personId);
  return ok(true);
}

/**
 * A second person on the same phone: an account of their own, with agreements of their own. Neither
 * of the two decides about the other's work. `wording` is what they agreed to.
 */
export function addSecondPerson(context: Context, at: At, wording: string): void {
  const { tx, now, random } = context;
  const { identityId, personId } = at;
  if (tx.accounts.turnsOf(identityId).length > 0) return;
  const language = tx.people.get(personId)?.language;
  if (language === undefined) throw new Error('addSecondPerson: nobody');
  tx.linkCodes.removeAt(identityId);
  const participantId = newParticipantId(random);
  const secondId = tx.people.add({ participantId, language, createdAt: now });
  tx.people.setJoined(secondId, now);
  tx.consents.add({ identityId, kind: 'messages', wording, at: now });
  tx.accounts.addTurn({ identityId, turn: 1, personId });
  tx.accounts.addTurn({ identityId, turn: 2, personId: secondId });
  const pair = { one: personId, other: secondId, basis: 'phone', times: 1 } as const;
  tx.accounts.addPair({ ...pair, verdict: 'open', createdAt: now });
  tx.accounts.setPerson(identityId, secondId);
}
