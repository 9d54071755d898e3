// A city whose people have nothing but texts: the real core with its database, spool, desk and
// pictures, and the real channel between it and a server that speaks Twilio's messages API.
import { createSmsChannel } from '../../src/channels/sms/channel.ts';
import { MESSAGE_PATH } from '../../src/channels/sms/ingress.ts';
import { STATUS_PATH } from '../../src/channels/sms/send.ts';
import { capabilitiesOf } from '../../src/city/capabilities.ts';
import type { City } from '../../src/domain/city.ts';
import { systemRandom } from '../../src/lib/random.ts';
import { listenToSelf } from '../../src/node/listen.ts';
import { webhookRoutes } from '../../src/web/webhooks.ts';
import { TUESDAY } from './city.ts';
import { standingClock } from './clock.ts';
import { testCity } from './test-city.ts';
import {
  ACCOUNT,
  AUTH_TOKEN,
  CITY_NUMBER,
  type Form,
  type Kept,
  segmentsOf,
  signed,
  startTwilio,
} from './twilio-server.ts';

const PUBLIC_URL = 'https://city.example';

/** A text that the city sent, and what it cost. */
export type Texted = { readonly to: string; readonly text: string; readonly segments: number };

export async function openSmsCity(
  options: { readonly city?: City; readonly countries?: readonly string[] } = {},
) {
  const clock = standingClock(TUESDAY);
  const twilio = await startTwilio({ now: clock.now });
  const { countries, ...about } = options;
  const city = testCity({
    ...about,
    ...{ clock, random: systemRandom },
    channels: (base) => {
      const channel = createSmsChannel({
        ...capabilitiesOf(base, 'sms'),
        settings: {
          accountSid: ACCOUNT,
          authToken: AUTH_TOKEN,
          from: CITY_NUMBER,
          messagingServiceSid: undefined,
          apiBaseUrl: twilio.url,
          messagesPerSecond: 1,
          publicUrl: PUBLIC_URL,
          countries,
        },
        clock,
        trustedMedia: [twilio.cdnUrl],
      });
      // Its pace is the carriers'; a test need not wait for it.
      return [{ ...channel, messagesPerSecond: null }];
    },
  });
  await city.start();

  const post = async (path: string, form: Form): Promise<number> =>
    (await city.post(path, signed(`${PUBLIC_URL}${path}`, form))).status;
  const texted = (): readonly Texted[] =>
    twilio.messages.filter(({ direction }) => direction !== 'inbound').map(asTexted);

  return {
    ...{ twilio, clock, texted },
    store: city.store,
    core: city.core,
    settle: city.idle,
    run: city.run,
    seed: city.seed,
    errors: city.errors,
    folder: city.folder,
    /** Listens at a port of this machine for what Twilio posts. */
    listen: () => listenToSelf(webhookRoutes(city.ingresses).fetch, 0),
    firstInvite: city.firstInvite,
    /** A text as Twilio posts it, and what this person is then texted. */
    say: async (
      from: string,
      text: string,
      pictures: readonly Uint8Array[] = [],
    ): Promise<string> => {
      const before = twilio.sentTo(from).length;
      const media = pictures.map((bytes) => ({ bytes, type: 'image/jpeg' }));
      const status = await post(MESSAGE_PATH, twilio.receive(from, text, media));
      if (status !== 200) throw new Error(`The webhook answered ${status}.`);
      await city.idle();
      const answers = twilio.sentTo(from).slice(before);
      return answers.map(({ body }) => body).join('\n');
    },
    /** The same with fields of Twilio's own, such as `OptOutType`. */
    post: (form: Form) => post(MESSAGE_PATH, form),
    /** What became of a message, as Twilio tells it. */
    report: async (sid: string, status: string, errorCode?: number): Promise<void> => {
      await post(STATUS_PATH, twilio.report(sid, status, errorCode));
      await city.idle();
    },
    close: async (): Promise<void> => {
      await city.stop();
      await twilio.close();
    },
  };
}

export type SmsCity = Awaited<ReturnType<typeof openSmsCity>>;

const asTexted = ({ to, body }: Kept): Texted => ({ to, text: body, segments: segmentsOf(body) });
