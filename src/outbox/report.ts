/** Takes in what channels report about messages that they took over: delivered, or failed after all. */
import type { Inbox } from '../channels/channel.ts';
import type { Clock } from '../lib/clock.ts';
import type { DeliveryState } from '../store/outbox.ts';
import type { Store } from '../store/store.ts';
import { giveUpAddress } from './outcomes.ts';
import { type ResendParts, resend } from './resending.ts';

/** The states of a delivery only move forward, whatever order reports come in. */
const ORDER: Readonly<Record<DeliveryState, number>> = {
  pending: 0,
  leased: 1,
  sent: 2,
  failed: 3,
  delivered: 4,
  dead: 4,
};

/** The state after a report: the later of the two. A late `failed` does not undo `delivered`. */
const advance = (current: DeliveryState, reported: DeliveryState): DeliveryState =>
  ORDER[reported] > ORDER[current] ? reported : current;

type Parts = ResendParts & {
  readonly store: Store;
  readonly clock: Clock;
  /** There is something new in the outbox. */
  readonly wake: () => void;
};

/** Reports may come twice and in any order: states only move forward. */
export const createReport =
  (parts: Parts): Inbox['report'] =>
  async ({ channel, providerId, state, why }) => {
    let isAgain = false;
    const isKnown = await parts.store.commit((tx) => {
      const delivery = tx.outbox.byProviderId(channel, providerId);
      if (delivery === undefined) return false;
      const next = advance(delivery.state, state);
      if (next === delivery.state) return true;
      tx.outbox.setState(delivery.id, next);
      const { id, identityId } = delivery;
      if (identityId === null) return true;
      const now = parts.clock.now();
      if (next === 'failed' && why === 'retry') {
        isAgain = resend(parts, { tx, now }, { id, identityId, channel });
      }
      tx.sent.forget(identityId, id);
      giveUpAddress({ tx, now }, identityId, why);
      return true;
    });
    if (isAgain) parts.wake();
    return isKnown;
  };
