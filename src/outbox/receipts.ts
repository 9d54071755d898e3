/**
 * What receipts of a channel say together about one message.
 *
 * Twilio posts the statuses of a message in any order, and twice; a text of several segments is
 * reported segment by segment, so that one message is both `delivered` and `undelivered`; `delivered`
 * often says that a carrier took it, not that a phone has it. So a receipt with an error says more
 * than one without: a part at least did not arrive. Telegram and Bluesky send no receipts: their
 * answer to the request is the last word.
 */
import type { DeliveryState, Unreached } from '../store/outbox.ts';

export type Receipt =
  | { readonly state: 'delivered' }
  | { readonly state: 'failed'; readonly reason: Unreached };

/** What is known of a message that a channel took over. */
export type Standing = { readonly state: DeliveryState; readonly reason: Unreached | null };

/** Of two reasons for one message the one counts that says more of its recipient. */
const TELLING: readonly Unreached[] = [
  ...(['unknown', 'over', 'halted', 'retry', 'misconfigured'] as const),
  ...(['rejected', 'closed', 'unreachable', 'stopped'] as const),
];

/**
 * The standing after one more receipt; the same whatever order receipts come in, and however often.
 * What was given up here stays so.
 */
export function withReceipt(standing: Standing, receipt: Receipt): Standing {
  const { state, reason } = standing;
  if (state === 'dead') return standing;
  if (receipt.state === 'delivered') return state === 'failed' ? standing : DELIVERED;
  if (state !== 'failed' || reason === null) return receipt;
  return TELLING.indexOf(receipt.reason) > TELLING.indexOf(reason) ? receipt : standing;
}

const DELIVERED: Standing = { state: 'delivered', reason: null };
