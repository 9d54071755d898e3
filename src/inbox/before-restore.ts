/**
 * What was sent before the database was restored is not answered, on any channel: the city does not
 * know any more what of it was carried out. It is noted for the operator, and STOP is obeyed.
 */
import type { InboundMessage } from '../conversation/message.ts';
import type { Reader } from '../conversation/reader.ts';
import { MINUTE_MS, SECOND_MS } from '../lib/clock.ts';
import { messageDigest } from '../lib/digests.ts';
import type { Context } from '../services/context.ts';
import { findOrAddIdentity, isKnownAddress, noteHeard } from '../services/people/find-identity.ts';
import { handingTo } from '../services/privacy/forget-person.ts';
import { ANSWERING_SINCE, RESTORED_AT } from '../store/cursors.ts';
import type { Tx } from '../store/store.ts';
import { isStop } from './stop.ts';

/** A channel gives what waited there within that time. */
const UNDATED_MS_MAX = 2 * MINUTE_MS;

/** Notes when a restored city begins to answer. */
export function beginAnswering({ tx, now }: Pick<Context, 'tx' | 'now'>): void {
  const restoredAt = Number(tx.cursors.get(RESTORED_AT) ?? 0);
  if (Number(tx.cursors.get(ANSWERING_SINCE) ?? 0) < restoredAt) {
    tx.cursors.put(ANSWERING_SINCE, String(now));
  }
}

/** Was a message sent before the restore? `now` in ms. */
export function isBeforeRestore(
  { cursors }: Pick<Tx, 'cursors'>,
  message: InboundMessage,
  now: number,
): boolean {
  const restoredAt = Number(cursors.get(RESTORED_AT) ?? 0);
  if (restoredAt === 0) return false;
  if (message.isUndated === true) {
    return now < Number(cursors.get(ANSWERING_SINCE) ?? now) + UNDATED_MS_MAX;
  }
  // Some providers tell whole seconds.
  const from = Math.floor(restoredAt / SECOND_MS) * SECOND_MS;
  const at = message.shownAt ?? message.sentAt;
  // What comes without a time comes as it is sent.
  return at !== undefined && at < from;
}

/** Notes a message, of which nothing but its digest is kept. */
export function leaveUnanswered(
  context: Context,
  { message, externalId }: { readonly message: InboundMessage; readonly externalId: string },
  parts: { readonly reader: Pick<Reader, 'legalWord'>; readonly language: () => string },
): number {
  const { tx, now, keys } = context;
  const { channel, sender: address, receivedAt } = message;
  const sentAt = message.shownAt ?? message.sentAt ?? receivedAt;
  if (isStop(message, parts.reader)) {
    const isKnown = isKnownAddress(context, { channel, address });
    const identityId = findOrAddIdentity(context, { channel, address }, parts.language);
    if (isKnown) noteHeard(context, identityId);
    if (tx.identities.get(identityId)?.stoppedAt === null) {
      tx.identities.setStopped(identityId, sentAt);
      tx.consents.add({ identityId, kind: 'stop', wording: '', at: sentAt });
    }
  }
  tx.unanswered.add(channel, sentAt);
  const stored = tx.inbox.put({
    channel,
    externalId: messageDigest(keys, channel, externalId),
    identityId: handingTo(context, 0).to,
    payload: { text: '', replyTo: null, pictures: 0 },
    place: null,
    postUri: null,
    postCid: null,
    segments: message.segments ?? null,
    sentAt: null,
    receivedAt,
  });
  if (stored === undefined) throw new Error('leaveUnanswered: it was known');
  tx.inbox.markDone([stored.id], now);
  return stored.id;
}
