/**
 * Sends again what a channel took over and then could not deliver: a few times, after longer and
 * longer pauses. Until the last word of the channel, for a day at most, the message is kept sealed.
 */
import { DAY_MS, MINUTE_MS } from '../lib/clock.ts';
import type { Keys } from '../lib/crypto.ts';
import type { DueDelivery, OutboxRow } from '../store/outbox.ts';
import type { DeliveryBody } from '../store/schema/messages.ts';
import type { Moment } from './deliveries.ts';

const KEPT_MS = DAY_MS;
/** A phone that is off is on again after minutes or after hours, or else not today. */
const PAUSES_MS = [5 * MINUTE_MS, 30 * MINUTE_MS, 120 * MINUTE_MS] as const;

type Kept = Pick<OutboxRow, 'kind' | 'taskId' | 'inboxId' | 'bulk'> & {
  readonly body: DeliveryBody;
};
type Failed = { readonly id: number; readonly identityId: number; readonly channel: string };

export type ResendParts = {
  readonly keys: Pick<Keys, 'sealText' | 'openText'>;
  /** When the city may next call on people (ms). */
  readonly nextContactTime: (now: number) => number;
};

/** Keeps what was sent just now, so that it can be sent again. */
export function keepSent({ keys }: ResendParts, { tx, now }: Moment, row: DueDelivery): void {
  // A broadcast can be halted and grows old: it is not sent again.
  if (row.identityId === null || row.kind === 'broadcast') return;
  // While it was under way, the person may have said STOP.
  if (tx.identities.get(row.identityId)?.stoppedAt !== null) return;
  const { kind, taskId, inboxId, bulk, body } = row;
  if ((body.sentAgain ?? 0) >= PAUSES_MS.length) return;
  const kept: Kept = { kind, taskId, inboxId, bulk, body };
  const value = keys.sealText(JSON.stringify(kept));
  tx.sent.keep(row.identityId, row.id, { value, expiresAt: now + KEPT_MS });
}

/**
 * Puts a message in the outbox once more; false when it is not kept, was sent often enough, or tells a
 * code that would be over by then.
 */
export function resend(parts: ResendParts, { tx, now }: Moment, failed: Failed): boolean {
  const { id, identityId, channel } = failed;
  const sealed = tx.sent.get(identityId, id, now);
  if (sealed === undefined) return false;
  const { body, ...row } = JSON.parse(parts.keys.openText(sealed)) as Kept;
  const times = body.sentAgain ?? 0;
  const notBefore = now + (PAUSES_MS[times] ?? 0);
  if (body.redemption !== undefined && !tx.redemptions.isLive(body.redemption, notBefore)) {
    return false;
  }
  tx.outbox.add({
    ...row,
    channel,
    identityId,
    // A row of its own, never tried: what the person is answered meanwhile need not wait for it.
    body: { ...body, sentAgain: times + 1 },
    notBefore: row.kind === 'reply' ? notBefore : parts.nextContactTime(notBefore),
    createdAt: now,
  });
  return true;
}
