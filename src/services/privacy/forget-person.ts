import { addressDigest, messageDigest, participantDigest } from '../../lib/digests.ts';
import { newParticipantId } from '../../lib/ids.ts';
import { ok, type RefusalOf, type Result } from '../../lib/result.ts';
import type { Identity } from '../../store/identities.ts';
import type { Person } from '../../store/people.ts';
import { recordDelegations } from '../city/record-delegations.ts';
import type { Context } from '../context.ts';
import { endHold } from '../credits/end-hold.ts';
import { forgetRoles } from '../roles.ts';
import { leaveTask } from '../tasks/drop-task.ts';

import { type ForgetLoss, seeForget } from './see-forget.ts';

/** What was deleted. */
export type Forgotten = ForgetLoss & {
  readonly messages: number;
  readonly agreements: number;
  readonly pictures: number;
  /** The address that asked is another person's as well, who stays. */
  readonly isShared: boolean;
};

type Leaving = {
  readonly person: Pick<Person, 'id' | 'participantId'>;
  /** The address and the message that ask for it. */
  readonly identityId: number;
  readonly inboxId: number;
};

/**
 * Forgets a person. Codes are given back and work under way is left first; then every address goes
 * with what was said on it, and what hangs on the person. The address that asks stays until it has its
 * receipt (`finishForgetting`), but is a new stranger's at once. Refused as `seeForget` says.
 */
export function forgetPerson(
  context: Context,
  asked: Leaving,
): Result<Forgotten, RefusalOf<typeof seeForget>> {
  const { tx, now, keys } = context;
  const { person, identityId, inboxId } = asked;
  const loss = seeForget(context, person);
  if (!loss.ok) return loss;
  const counts = tx.forgetting.counts(person.id);
  for (const held of tx.redemptions.live(person.id)) endHold(context, held, 'released');
  leaveTasks(context, person.id);
  tx.notices.dropOf(person.id, person.participantId);
  tx.questions.removeOf(person.id);
  tx.series.removeAllOf(person.id);
  const acting = tx.partners.acting(person.id, now);
  tx.forgetting.revokeAll(person.id, now);
  forgetRoles(context);
  for (const { partner } of acting) recordDelegations(context, partner?.id ?? null);
  tx.forgetting.add({
    digest: participantDigest(keys, person.participantId),
    at: now,
    stoppedAt: null,
  });
  let isShared = false;
  for (const identity of tx.identities.of(person.id)) {
    if (leaveToOther(context, identity.id, person.id)) {
      isShared ||= identity.id === identityId;
      continue;
    }
    remember(context, identity);
    if (identity.id === identityId) renew(context, identity, { personId: person.id, inboxId });
    else removeAddress(context, identity.id);
  }
  tx.forgetting.emptyPerson(person.id);
  return ok({ ...loss.value, ...counts, isShared });
}

/** Evidence that waits for a review is withdrawn with its claim. */
function leaveTasks(context: Context, personId: number): void {
  const { tx } = context;
  for (const claim of tx.forgetting.openClaims(personId)) {
    const task = tx.tasks.get(claim.taskId);
    if (task === undefined) throw new Error('forgetPerson: a claim on nothing');
    const pending = tx.evidence.pendingOn(claim.id);
    if (pending !== undefined) tx.evidence.setState(pending.id, 'withdrawn');
    leaveTask(context, claim, task);
  }
}

/** An address that two people share is the other one's alone from now on; whether two do. */
function leaveToOther({ tx }: Context, identityId: number, personId: number): boolean {
  const other = tx.accounts.turnsOf(identityId).find((turn) => turn.personId !== personId);
  if (other === undefined) return false;
  tx.sessions.end(identityId);
  tx.followUps.end(identityId);
  tx.linkCodes.removeAt(identityId);
  tx.accounts.endTurns(identityId);
  tx.accounts.setPerson(identityId, other.personId);
  return true;
}

/** What a restore of an older backup needs to know, and what STOP needs for ever. */
function remember({ tx, keys, now }: Context, identity: Identity): void {
  const { channel, keyId, ciphertext, stoppedAt } = identity;
  const address = keys.open({ keyId, bytes: ciphertext });
  tx.forgetting.add({ digest: addressDigest(keys, channel, address), at: now, stoppedAt });
}

/** The address is a stranger's at once, and is removed once it has the receipt. */
function renew(
  { tx, now, city, random }: Context,
  { id: identityId }: Identity,
  { personId, inboxId }: { readonly personId: number; readonly inboxId: number },
): void {
  tx.outbox.silence(identityId, 'over');
  tx.forgetting.emptyIdentity(identityId);
  const [language = ''] = city.languages;
  const stranger = tx.people.add({
    participantId: newParticipantId(random),
    language: tx.people.get(personId)?.language ?? language,
    createdAt: now,
  });
  tx.forgetting.renew(identityId, stranger, now);
  tx.forgetting.addLeaving({ identityId, personId, inboxId, at: now });
}

/** Removes an address with what was said on it: its messages are known by their digests alone. */
export function removeAddress(context: Context, identityId: number): void {
  context.tx.forgetting.removeIdentity(identityId, handingTo(context, Number.MAX_SAFE_INTEGER));
}

/** How nobody takes messages. */
export const handingTo = ({ tx, now, keys, city }: Context, until: number) => ({
  to: tx.forgetting.nobody(city.languages[0] ?? '', () => keys.seal('')),
  until,
  now,
  digestOf: (channel: string, externalId: string) => messageDigest(keys, channel, externalId),
});
