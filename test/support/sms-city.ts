// A city whose people have nothing but texts: the real core with its database, spool, desk and
// pictures, and the real channel between it and a server that speaks Twilio's messages API.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createSmsChannel } from '../../src/channels/sms/channel.ts';
import { MESSAGE_PATH } from '../../src/channels/sms/ingress.ts';
import { STATUS_PATH } from '../../src/channels/sms/send.ts';
import { createBase } from '../../src/city/base.ts';
import { capabilitiesOf } from '../../src/city/capabilities.ts';
import { createCore } from '../../src/city/core.ts';
import type { City } from '../../src/domain/city.ts';
import { createKeys } from '../../src/lib/crypto.ts';
import { systemRandom } from '../../src/lib/random.ts';
import { createPictureCheck } from '../../src/media/check-picture.ts';
import { createSpool } from '../../src/media/spool.ts';
import { contextOf } from '../../src/services/context.ts';
import { inviteFirstAdmin } from '../../src/services/partners/invite.ts';
import { openStore } from '../../src/store/open-node.ts';
import { BERKELEY, TUESDAY } from './conversation.ts';
import { DID } from './record-facts.ts';
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

export async function openSmsCity(options: { readonly city?: City } = {}) {
  const folder = mkdtempSync(join(tmpdir(), 'city-sync-sms-'));
  const { store, close: closeStore } = openStore(join(folder, 'city.db'));
  const spool = createSpool(join(folder, 'pictures'));
  const clock = { time: TUESDAY, now: () => clock.time };
  const twilio = await startTwilio({ now: clock.now });
  const errors: unknown[] = [];
  const failed = (error: unknown) => errors.push(error);
  const base = createBase({
    ...{ city: options.city ?? BERKELEY, did: DID, clock, random: systemRandom, store, spool },
    keys: createKeys(new Uint8Array(32).fill(7), systemRandom),
    checkPicture: createPictureCheck(spool),
    observer: { observe: () => {}, failed },
  });
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
    },
    clock,
    trustedMedia: [twilio.cdnUrl],
  });
  const core = createCore({
    base,
    // Its pace is the carriers'; a test need not wait for it.
    channels: [{ ...channel, messagesPerSecond: null }],
    jobs: () => [],
    publisher: { wake: () => {} },
  });
  await core.start();
  const ingress = channel.createIngress(core.inbox);
  await ingress.start();

  const settle = async (): Promise<void> => {
    await store.commit(() => undefined);
    await core.idle();
    if (errors.length > 0) throw errors[0];
  };
  const post = async (path: string, form: Form): Promise<number> => {
    const receive = ingress.webhooks?.[path];
    if (receive === undefined) throw new Error(`There is no ${path}.`);
    const answer = await receive(signed(`${PUBLIC_URL}${path}`, form));
    return answer.status;
  };
  const texted = (): readonly Texted[] =>
    twilio.messages.filter(({ direction }) => direction !== 'inbound').map(asTexted);

  return {
    twilio,
    clock,
    store,
    core,
    settle,
    texted,
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
      await settle();
      const answers = twilio.sentTo(from).slice(before);
      return answers.map(({ body }) => body).join('\n');
    },
    /** The same with fields of Twilio's own, such as `OptOutType`. */
    post: (form: Form) => post(MESSAGE_PATH, form),
    /** What became of a message, as Twilio tells it. */
    report: async (sid: string, status: string, errorCode?: number): Promise<void> => {
      await post(STATUS_PATH, twilio.report(sid, status, errorCode));
      await settle();
    },
    firstInvite: (): string =>
      store.transact((tx) => inviteFirstAdmin(contextOf(core.foundation, tx))) ?? '',
    close: async (): Promise<void> => {
      await ingress.stop();
      await core.stop();
      closeStore();
      await twilio.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

export type SmsCity = Awaited<ReturnType<typeof openSmsCity>>;

const asTexted = ({ to, body }: Kept): Texted => ({ to, text: body, segments: segmentsOf(body) });
