// The SMS channel by itself: between a desk in memory and a small server of Twilio's.
import { createSmsChannel } from '../../src/channels/sms/channel.ts';
import { MESSAGE_PATH } from '../../src/channels/sms/ingress.ts';
import { STATUS_PATH } from '../../src/channels/sms/send.ts';
import type { SmsSettings } from '../../src/channels/sms/settings.ts';
import { MINUTE_MS } from '../../src/lib/clock.ts';
import type { OutgoingOf } from '../../src/lib/outgoing.ts';
import { TEST_NOW } from './city.ts';
import { standingClock } from './clock.ts';
import { memoryChannelDesk, withIngress } from './telegram-desk.ts';
import {
  ACCOUNT,
  AUTH_TOKEN,
  CITY_NUMBER,
  type Form,
  signed,
  startTwilio,
} from './twilio-server.ts';

export const ANA = '+15105550141';
export const BEN = '+15105550142';
export const PUBLIC_URL = 'https://city.example';

type Reported = { readonly sid: string; readonly state: string; readonly why?: string };

export async function openSms(
  options: { readonly settings?: Partial<SmsSettings>; readonly outgoing?: OutgoingOf } = {},
) {
  const clock = standingClock(TEST_NOW);
  const twilio = await startTwilio({ now: clock.now });
  const memory = memoryChannelDesk(clock.now);
  /** What the desk was told, and of which messages it knows. */
  const reports: Reported[] = [];
  const known = new Set<string>();
  const settings: SmsSettings = {
    accountSid: ACCOUNT,
    authToken: AUTH_TOKEN,
    from: CITY_NUMBER,
    messagingServiceSid: undefined,
    apiBaseUrl: twilio.url,
    messagesPerSecond: 1,
    publicUrl: PUBLIC_URL,
    ...options.settings,
  };
  const open = () =>
    withIngress(
      createSmsChannel({
        ...memory.capabilities,
        ...(options.outgoing && { outgoing: options.outgoing }),
        settings,
        clock,
        trustedMedia: [twilio.cdnUrl],
      }),
      {
        ...memory.inbox,
        report: async ({ channel: _, providerId: sid, ...outcome }) => {
          if (!known.has(sid)) return false;
          reports.push({ sid, ...outcome });
          return true;
        },
      },
    );
  let channel = open();
  let deliveries = 0;

  const post = async (path: string, request: Request): Promise<Response> => {
    const receive = channel.webhooks?.[path];
    if (receive === undefined) throw new Error(`There is no ${path}.`);
    return receive(request);
  };

  return {
    clock,
    twilio,
    memory,
    settings,
    reports,
    known,
    channel: () => channel,
    texts: (): readonly string[] => memory.messages().map(({ text }) => text),
    /** As after a crash: nothing is remembered but what is stored. */
    restart: async (): Promise<void> => {
      await channel.stop();
      channel = open();
    },
    post,
    /** What Twilio posts of a text that came in; the status of the answer. */
    receive: async (form: Form): Promise<number> =>
      (await post(MESSAGE_PATH, signed(`${PUBLIC_URL}${MESSAGE_PATH}`, form))).status,
    /** What Twilio posts of a text that went out. */
    callBack: async (form: Form): Promise<number> =>
      (await post(STATUS_PATH, signed(`${PUBLIC_URL}${STATUS_PATH}`, form))).status,
    send: (text: string, facts: { to?: string; attempt?: number; id?: number } = {}) => {
      deliveries += 1;
      return channel.send({
        id: facts.id ?? deliveries,
        to: facts.to ?? ANA,
        reply: { text, choices: [], pictures: [] },
        kind: 'reply',
        place: null,
        taskId: null,
        announced: null,
        attempt: facts.attempt ?? 1,
        createdAt: clock.time - MINUTE_MS / 2,
      });
    },
    close: async (): Promise<void> => {
      await channel.stop();
      await twilio.close();
    },
  };
}

export type TestSms = Awaited<ReturnType<typeof openSms>>;
