/** Sends texts by Twilio. Sending is not idempotent: what may have gone out is looked up first. */
import { MINUTE_MS } from '../../lib/clock.ts';
import type { Delivery, SendError, SendOutcome } from '../channel.ts';
import type { SmsClient } from './client.ts';
import { sendErrorOf } from './errors.ts';
import { render, segmentsOf } from './render.ts';
import type { SmsSettings } from './settings.ts';

export const STATUS_PATH = '/webhooks/twilio/status';

/** Clocks differ a little. */
const CLOCKS_APART_MS = 5 * MINUTE_MS;
/** More than one person is sent in between. */
const LOOKED_UP_MAX = 100;
/** Of these Twilio has given up: sending again is no second copy. */
const GIVEN_UP = new Set(['failed', 'undelivered', 'canceled']);

export function createSender(options: {
  readonly client: SmsClient;
  readonly settings: SmsSettings;
  /** Whether what goes out works now: a sentence for the operator when it does not. */
  readonly problem: (sentence: string | undefined) => void;
}): (delivery: Delivery) => Promise<SendOutcome> {
  const { client, settings, problem } = options;
  const { from, messagingServiceSid, publicUrl } = settings;
  const sender = messagingServiceSid === undefined ? { from: from ?? '' } : { messagingServiceSid };

  /** What went out to a number since a time (ms): the ids, by the text. */
  const sentTo = async (to: string, since: number): Promise<Map<string, string>> => {
    const messages = await client.messages.list({ to, limit: LOOKED_UP_MAX });
    return new Map(
      messages
        .filter(
          ({ direction, status, dateCreated }) =>
            direction !== 'inbound' &&
            !GIVEN_UP.has(status) &&
            dateCreated.getTime() >= since - CLOCKS_APART_MS,
        )
        .map(({ body, sid }) => [body, sid]),
    );
  };

  const sendAll = async ({ to, reply, attempt, createdAt }: Delivery): Promise<SendOutcome> => {
    if (to === null) return refused({ kind: 'rejected', detail: 'SMS has no public place' });
    const texts = render(reply, publicUrl);
    const before = attempt > 1 ? await sentTo(to, createdAt) : new Map<string, string>();
    let providerId: string | null = null;
    for (const body of texts) {
      providerId =
        before.get(body) ??
        (
          await client.messages.create({
            ...sender,
            to,
            body,
            statusCallback: `${publicUrl}${STATUS_PATH}`,
          })
        ).sid;
    }
    problem(undefined);
    return {
      ok: true,
      providerId,
      segments: texts.reduce((sum, text) => sum + segmentsOf(text), 0),
    };
  };

  return async (delivery) => {
    try {
      return await sendAll(delivery);
    } catch (error) {
      const found = sendErrorOf(error);
      if (found.kind === 'misconfigured') problem(found.detail);
      return refused(found);
    }
  };
}

const refused = (error: SendError): SendOutcome => ({ ok: false, error });
