import { newParticipantId } from '../../lib/ids.ts';
import { ok, type Refusal, type Result, refuse } from '../../lib/result.ts';
import type { Context } from '../context.ts';
import { rememberOne } from './join-people.ts';
import { isProven } from './must-prove.ts';

/**
 * Somebody parts one of their addresses off: it becomes a person of its own, with no credits and no
 * role. The last one cannot be parted off.
 */
export function unlinkAddress(
  context: Context,
  personId: number,
  identityId: number,
): Result<true, Refusal<'number-returned' | 'unlink-last' | 'unlink-unknown'>> {
  const proven = isProven(context, personId);
  if (!proven.ok) return proven;
  const all = context.tx.identities.of(personId);
  if (!all.some(({ id }) => id === identityId)) return refuse('unlink-unknown');
  if (all.length === 1) return refuse('unlink-last');
  partAddress(context, { personId, identityId }, { isStillTheirs: true });
  return ok(true);
}

/**
 * Takes an address from a person. Where two share it, the other one has it alone; else somebody new
 * has it, who takes part only if the address is still the same person's.
 */
export function partAddress(
  context: Context,
  { personId, identityId }: { readonly personId: number; readonly identityId: number },
  { isStillTheirs }: { readonly isStillTheirs: boolean },
): void {
  const { tx, now, random } = context;
  const person = tx.people.get(personId);
  if (person === undefined) throw new Error('partAddress: an address of nobody');
  forgetPublicDid(context, person, identityId);
  tx.sessions.end(identityId);
  tx.followUps.end(identityId);
  tx.linkCodes.removeAt(identityId);
  const other = tx.accounts.turnsOf(identityId).find((turn) => turn.personId !== personId);
  tx.accounts.endTurns(identityId);
  if (other !== undefined) {
    tx.accounts.setPerson(identityId, other.personId);
    return;
  }
  const { language } = person;
  const participantId = newParticipantId(random);
  const newId = tx.people.add({ participantId, language, createdAt: now });
  if (isStillTheirs && person.joinedAt !== null) tx.people.setJoined(newId, person.joinedAt);
  if (!isStillTheirs) tx.identities.setAlerts(identityId, null, null);
  tx.accounts.setPerson(identityId, newId);
  tx.accounts.copyPairs(personId, newId);
  rememberOne(context, personId, newId);
}

/** An account on Bluesky that is not the person's any more is not who they are in public. */
function forgetPublicDid(
  { tx, keys }: Context,
  person: { readonly id: number; readonly publicDid: string | null },
  identityId: number,
): void {
  const identity = person.publicDid === null ? undefined : tx.identities.get(identityId);
  if (identity === undefined) return;
  const address = keys.open({ keyId: identity.keyId, bytes: identity.ciphertext });
  if (address === person.publicDid) tx.people.setPublicDid(person.id, null);
}
