/** Deliveries wait in line for the account's server. */
import { SECOND_MS } from '../../../lib/clock.ts';
import { createGate } from '../../../lib/gate.ts';
import type { Channel, SendError } from '../../channel.ts';
import type { Account, OpenAccount, SendOptions } from '../account.ts';
import { createSend } from './send.ts';

/** A server writes the records of one account one after the other: more at once only wait there. */
const AT_ONCE = 4;
/** The outbox gives up a delivery that it hears nothing of for a minute. */
const IN_LINE_MS_MAX = 20 * SECOND_MS;
const IN_LINE: SendError = {
  kind: 'retry',
  detail: 'others are before it',
  retryAfterMs: SECOND_MS,
  isUntried: true,
};

export function createSendInLine(
  options: Omit<SendOptions, 'account'> & { readonly open: OpenAccount },
): Channel['send'] {
  const { open, clock } = options;
  const gate = createGate(AT_ONCE);
  let sender: { readonly account: Account; readonly send: Channel['send'] } | undefined;
  return async (delivery) => {
    const opened = await open();
    if (opened.kind !== 'ok') {
      const kind = opened.kind === 'refused' ? 'misconfigured' : 'retry';
      return { ok: false, error: { kind, detail: 'there is no session', isUntried: true } };
    }
    const { value: account } = opened;
    if (sender?.account !== account)
      sender = { account, send: createSend({ ...options, account }) };
    const { send } = sender;
    const askedAt = clock.elapsed();
    return await gate(1, async () => {
      if (clock.elapsed() - askedAt > IN_LINE_MS_MAX) return { ok: false, error: IN_LINE };
      return await send(delivery);
    });
  };
}
