/** Takes in what channels report about messages that they took over: delivered, or failed after all. */
import type { Report } from '../channels/channel.ts';
import type { Clock } from '../lib/clock.ts';
import type { Store } from '../store/store.ts';
import { advance } from './delivery-state.ts';

/** Reports may come twice and in any order: states only move forward. */
export const createReport =
  (store: Store, clock: Clock): Report =>
  (channel, providerId, state, why) =>
    store.commit((tx) => {
      const delivery = tx.outbox.deliveryByProviderId(channel, providerId);
      if (delivery === undefined) return false;
      const next = advance(delivery.state, state);
      if (next === delivery.state) return true;
      tx.outbox.setDeliveryState(delivery.id, next);
      if (delivery.identityId === null) return true;
      if (why === 'stopped') tx.people.setStopped(delivery.identityId, clock.now());
      if (why === 'unreachable') tx.people.setUnreachable(delivery.identityId, clock.now());
      if (why === 'stopped' || why === 'unreachable') tx.outbox.silence(delivery.identityId);
      return true;
    });
