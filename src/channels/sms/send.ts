/** Sends texts by Twilio. It knows no idempotency keys: a repeat looks first for what went out. */

import { MINUTE_MS } from '../../lib/clock.ts';
import { BoundedMap } from '../../lib/memo.ts';
import { publicAddress } from '../../lib/public-address.ts';
import type { Channel, Delivery, SendError, SendOutcome } from '../channel.ts';
import type { SmsClient } from './client.ts';
import { sendErrorOf } from './errors.ts';
import { isServed } from './parse.ts';
import { render } from './render.ts';
import type { SmsSettings } from './settings.ts';

export const STATUS_PATH = '/webhooks/twilio/status';

/** Clocks differ a little. */
const CLOCKS_APART_MS = MINUTE_MS;
/** One person is sent fewer within an hour or so. */
const LOOKED_UP_MAX = 100;
/** For so many messages it is remembered to which delivery they belong. */
const REMEMBERED_MAX = 10_000;
/** Twilio has given these up: sending again is no second copy. */
const GIVEN_UP = new Set(['failed', 'undelivered', 'canceled']);

const UNSERVED: SendError = {
  kind: 'unreachable',
  detail: 'The number is of a country that is not in SMS_COUNTRIES.',
};

export function createSender(options: {
  readonly client: SmsClient;
  readonly settings: SmsSettings;
  /** Tells the operator why texts cannot be sent; undefined once they can. */
  readonly problem: (about: 'sending', sentence: string | undefined) => void;
}): Channel['send'] {
  const { client, settings, problem } = options;
  const { from, messagingServiceSid, publicUrl, countries } = settings;
  const sender = messagingServiceSid === undefined ? { from: from ?? '' } : { messagingServiceSid };

  /** Which delivery each message is of: the same words may have been said twice. */
  const deliveryOf = new BoundedMap<string, number>(REMEMBERED_MAX);

  /** The messages of a delivery that may have gone out, the oldest first. */
  const sentOf = async ({ id, to, createdAt }: Delivery & { to: string }) => {
    const messages = await client.messages.list({ to, limit: LOOKED_UP_MAX });
    return messages
      .filter(
        ({ sid, direction, status, dateCreated }) =>
          direction !== 'inbound' &&
          !GIVEN_UP.has(status) &&
          (deliveryOf.get(sid) ?? id) === id &&
          dateCreated.getTime() >= createdAt - CLOCKS_APART_MS,
      )
      .toReversed();
  };

  const create = async (to: string, body: string): Promise<string> => {
    const statusCallback = publicAddress(publicUrl, STATUS_PATH);
    const { sid } = await client.messages.create({ ...sender, to, body, statusCallback });
    // It stays open whether the message was taken.
    if (typeof sid !== 'string') throw new Error('The answer names no message.');
    return sid;
  };

  const sendAll = async (delivery: Delivery): Promise<SendOutcome> => {
    const { id, to, reply, attempt } = delivery;
    if (to === null) return refused({ kind: 'rejected', detail: 'SMS has no public place' });
    if (!isServed(countries, to)) return refused(UNSERVED);
    const texts = render(reply, publicUrl);
    const before = attempt > 1 ? await sentOf({ ...delivery, to }) : [];
    const sids: string[] = [];
    for (const { text: body } of texts) {
      const at = before.findIndex((sent) => sent.body === body);
      const known = at === -1 ? undefined : before.splice(at, 1)[0]?.sid;
      const sid = known ?? (await create(to, body));
      deliveryOf.set(sid, id);
      sids.push(sid);
    }
    problem('sending', undefined);
    return {
      ok: true,
      providerId: sids[0] ?? null,
      segments: texts.reduce((sum, { segments }) => sum + segments, 0),
    };
  };

  return async (delivery) => {
    try {
      return await sendAll(delivery);
    } catch (error) {
      const found = sendErrorOf(error);
      if (found.kind === 'misconfigured') problem('sending', found.detail);
      return refused(found);
    }
  };
}

const refused = (error: SendError): SendOutcome => ({ ok: false, error });
