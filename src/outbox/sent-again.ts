/**
 * Sends again what a channel took over and then could not deliver: a few times, after longer and
 * longer pauses. Until the last word of the channel, for a day at most, the message is kept sealed.
 */
import { DAY_MS, MINUTE_MS } from '../lib/clock.ts';
import type { Keys } from '../lib/crypto.ts';
import type { DueDelivery, OutboxRow } from '../store/outbox.ts';
import type { Tx } from '../store/store.ts';
import type { DeliveryBody } from './deliveries.ts';

const KEPT_MS = DAY_MS;
/** A phone that is off is on again after minutes or after hours, or else not today. */
const PAUSES_MS = [5 * MINUTE_MS, 30 * MINUTE_MS, 120 * MINUTE_MS] as const;

type Kept = Pick<OutboxRow, 'kind' | 'taskId' | 'inboxId' | 'bulk'> & {
  readonly body: DeliveryBody;
};
type Failed = { readonly id: number; readonly identityId: number; readonly channel: string };

export type SentAgain = {
  /** Keeps what was sent just now. */
  readonly keep: (tx: Tx, row: DueDelivery, now: number) => void;
  /** Puts it in the outbox once more; false when it is not kept, or was sent often enough. */
  readonly again: (tx: Tx, failed: Failed, now: number) => boolean;
};

export const createSentAgain = (options: {
  readonly keys: Pick<Keys, 'sealText' | 'openText'>;
  /** When the city may next call on people (ms). */
  readonly nextContactTime: (now: number) => number;
}): SentAgain => ({
  keep: (tx, row, now) => {
    // What went to everybody can be halted and grows old: it is not said again.
    if (row.identityId === null || row.body === null || row.kind === 'broadcast') return;
    // While it was under way, the person may have said STOP.
    if (tx.people.identity(row.identityId)?.stoppedAt !== null) return;
    const body = JSON.parse(row.body) as DeliveryBody;
    if ((body.sentAgain ?? 0) >= PAUSES_MS.length) return;
    const { kind, taskId, inboxId, bulk } = row;
    const kept: Kept = { kind, taskId, inboxId, bulk, body };
    const sealed = options.keys.sealText(JSON.stringify(kept));
    tx.outbox.keep(row.identityId, row.id, sealed, now + KEPT_MS);
  },
  again: (tx, { id, identityId, channel }, now) => {
    const sealed = tx.outbox.get(identityId, id, now);
    if (sealed === undefined) return false;
    const { body, ...row } = JSON.parse(options.keys.openText(sealed)) as Kept;
    const times = body.sentAgain ?? 0;
    const notBefore = now + (PAUSES_MS[times] ?? 0);
    tx.outbox.add({
      ...row,
      channel,
      identityId,
      // A row of its own, never tried: what the person is answered meanwhile need not wait for it.
      body: JSON.stringify({ ...body, sentAgain: times + 1 } satisfies DeliveryBody),
      notBefore: row.kind === 'reply' ? notBefore : options.nextContactTime(notBefore),
      createdAt: now,
    });
    return true;
  },
});
