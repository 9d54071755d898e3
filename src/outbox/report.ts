/** Takes in what channels report about messages that they took over: delivered, or failed after all. */
import type { Report } from '../channels/channel.ts';
import type { Store } from '../store/store.ts';
import { advance } from './delivery-state.ts';

/** Reports may come twice and in any order: states only move forward. */
export const createReport =
  (store: Store): Report =>
  (channel, providerId, state) =>
    store.commit((tx) => {
      const delivery = tx.outbox.deliveryByProviderId(channel, providerId);
      if (delivery === undefined) return false;
      const next = advance(delivery.state, state);
      if (next !== delivery.state) tx.outbox.setDeliveryState(delivery.id, next);
      return true;
    });
