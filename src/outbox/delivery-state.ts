/** The states of a delivery, which only move forward, whatever order reports come in. */
import type { DeliveryState } from '../store/outbox.ts';

const ORDER: Readonly<Record<DeliveryState, number>> = {
  pending: 0,
  leased: 1,
  sent: 2,
  failed: 3,
  delivered: 4,
  dead: 4,
};

/** The state after a report: the later of the two. A late `failed` does not undo `delivered`. */
export const advance = (current: DeliveryState, reported: DeliveryState): DeliveryState =>
  ORDER[reported] > ORDER[current] ? reported : current;
