/** Takes in what channels report about messages that they took over: delivered, or failed after all. */
import type { Inbox } from '../channels/channel.ts';
import type { Clock } from '../lib/clock.ts';
import type { Store } from '../store/store.ts';
import { advance } from './delivery-state.ts';
import type { SentAgain } from './sent-again.ts';

/** Reports may come twice and in any order: states only move forward. */
export const createReport =
  (options: {
    readonly store: Store;
    readonly clock: Clock;
    readonly sentAgain: Pick<SentAgain, 'again'>;
    /** There is something new in the outbox. */
    readonly wake: () => void;
  }): Inbox['report'] =>
  async ({ channel, providerId, state, why }) => {
    const { store, clock, sentAgain } = options;
    let isAgain = false;
    const isKnown = await store.commit((tx) => {
      const delivery = tx.outbox.byProviderId(channel, providerId);
      if (delivery === undefined) return false;
      const next = advance(delivery.state, state);
      if (next === delivery.state) return true;
      tx.outbox.setState(delivery.id, next);
      const { id, identityId } = delivery;
      if (identityId === null) return true;
      if (next === 'failed' && why === 'retry') {
        isAgain = sentAgain.again(tx, { id, identityId, channel }, clock.now());
      }
      tx.outbox.forget(identityId, id);
      if (why === 'stopped') tx.people.setStopped(identityId, clock.now());
      if (why === 'unreachable') tx.people.setUnreachable(identityId, clock.now());
      if (why === 'stopped' || why === 'unreachable') tx.outbox.silence(identityId);
      return true;
    });
    if (isAgain) options.wake();
    return isKnown;
  };
