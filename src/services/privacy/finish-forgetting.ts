import { SECOND_MS } from '../../lib/clock.ts';
import type { Context } from '../context.ts';
import { handingTo, removeAddress } from './forget-person.ts';

/** A receipt that was not sent by then never is: being forgotten does not wait. */
const RECEIPT_MS_MAX = 40 * SECOND_MS;

/**
 * Removes the addresses of people who were forgotten, once they have their receipts. One that wrote
 * again since is a stranger's, and stays with what it wrote. Answers how many are done.
 */
export function finishForgetting(context: Context): number {
  const { tx, now } = context;
  let done = 0;
  for (const { identityId, personId, inboxId, at } of tx.forgetting.leaving()) {
    if (tx.outbox.hasUnsentTo(identityId) && now - at < RECEIPT_MS_MAX) continue;
    const wroteAgain = tx.inbox.hasAfter(identityId, inboxId);
    if (wroteAgain) {
      tx.forgetting.endLeaving(identityId);
      tx.forgetting.hand(identityId, handingTo(context, inboxId));
    } else {
      const stranger = tx.identities.get(identityId)?.personId;
      removeAddress(context, identityId);
      if (stranger !== undefined) tx.forgetting.removeStranger(stranger);
    }
    // The last answer counted against the budgets of the person that was.
    tx.forgetting.emptyPerson(personId);
    done += 1;
  }
  return done;
}
