// A city that does not run for twenty minutes, while a café texts a code that was shown to it in
// time: the real core and the real channels, over the database that it left, and their providers.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Update } from 'grammy/types';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { commands } from '../../commands/index.ts';
import { createBlueskyChannel } from '../../src/channels/bluesky/channel.ts';
import type { TwoWayChannel } from '../../src/channels/channel.ts';
import { createSmsChannel } from '../../src/channels/sms/channel.ts';
import { createTelegramChannel } from '../../src/channels/telegram/channel.ts';
import type { Base } from '../../src/city/base.ts';
import { capabilitiesOf } from '../../src/city/capabilities.ts';
import { telegramTexts } from '../../src/city/telegram-texts.ts';
import type { ChannelName } from '../../src/conversation/message.ts';
import { expireCodesJob } from '../../src/jobs/expire-codes.ts';
import { forgetExpiredJob } from '../../src/jobs/forget-expired.ts';
import { MINUTE_MS, SECOND_MS } from '../../src/lib/clock.ts';
import { systemRandom } from '../../src/lib/random.ts';
import type { Context } from '../../src/services/context.ts';
import { openEpoch } from '../../src/services/credits/open-epoch.ts';
import { redeemOffer } from '../../src/services/credits/redeem-offer.ts';
import { reviewEvidence } from '../../src/services/evidence/review-evidence.ts';
import { submitEvidence } from '../../src/services/evidence/submit-evidence.ts';
import { addOffer } from '../../src/services/partners/add-offer.ts';
import { announceTask } from '../../src/services/tasks/announce-task.ts';
import { joinTask } from '../../src/services/tasks/join-task.ts';
import { addPartner, BERKELEY, expectOk, foundCity, newPerson, TUESDAY } from '../support/city.ts';
import { standingClock } from '../support/clock.ts';
import { startTelegram, type TelegramServer, TOKEN } from '../support/telegram-server.ts';
import { says, user } from '../support/telegram-updates.ts';
import { testCity } from '../support/test-city.ts';
import { ACCOUNT, AUTH_TOKEN, CITY_NUMBER, startTwilio } from '../support/twilio-server.ts';
import { waitFor } from '../support/wait-for.ts';

const CAFE = user(7_000_120);
const CAFE_NUMBER = '+15105550121';
const CAFE_DID = 'did:plc:cafe2222222222222222222a';
const CITY_DID = 'did:plc:city2222222222222222222a';

let folder: string;
let clock: ReturnType<typeof standingClock>;
let twilio: Awaited<ReturnType<typeof startTwilio>>;
let telegram: TelegramServer;
let chat: ReturnType<typeof chatService>;
beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'city-sync-test-'));
  clock = standingClock(TUESDAY);
  twilio = await startTwilio({ now: clock.now });
  telegram = await startTelegram();
  telegram.addChat(CAFE.id);
  chat = chatService();
});
afterEach(async () => {
  await twilio.close();
  await telegram.close();
  rmSync(folder, { recursive: true, force: true });
});

const sms = (base: Base): TwoWayChannel => ({
  ...createSmsChannel({
    ...capabilitiesOf(base, 'sms'),
    clock,
    settings: {
      accountSid: ACCOUNT,
      authToken: AUTH_TOKEN,
      from: CITY_NUMBER,
      messagingServiceSid: undefined,
      apiBaseUrl: twilio.url,
      messagesPerSecond: 1,
      publicUrl: 'https://city.example',
    },
  }),
  messagesPerSecond: null,
});

const byTelegram = (base: Base): TwoWayChannel =>
  createTelegramChannel({
    ...capabilitiesOf(base, 'telegram'),
    clock,
    settings: { token: TOKEN, apiRoot: telegram.url },
    texts: telegramTexts(BERKELEY, commands),
  });

/** Private messages with the café, as Bluesky's service has them. */
function chatService() {
  const unread: object[] = [];
  const sent: string[] = [];
  const convo = () => ({
    ...{ id: 'direct', rev: '1', muted: false, unreadCount: unread.length, status: 'accepted' },
    kind: { $type: 'chat.bsky.convo.defs#directConvo' },
    members: [CITY_DID, CAFE_DID].map((did) => ({ did, handle: 'handle.invalid' })),
  });
  const view = (id: string, text: string, did: string) => ({
    $type: 'chat.bsky.convo.defs#messageView',
    ...{ id, rev: id, text, sender: { did }, sentAt: new Date(clock.time).toISOString() },
  });
  const methods: Readonly<Record<string, (input: { message?: { text: string } }) => object>> = {
    listNotifications: () => ({ notifications: [] }),
    getLog: () => ({ logs: [], cursor: '1' }),
    listConvos: () => ({ convos: unread.length === 0 ? [] : [convo()] }),
    getMessages: () => ({ messages: unread.toReversed() }),
    getConvo: () => ({ convo: convo() }),
    getConvoForMembers: () => ({ convo: convo() }),
    updateRead: () => {
      unread.splice(0);
      return { convo: convo() };
    },
    sendMessage: ({ message }) => {
      sent.push(message?.text ?? '');
      return view(`sent${sent.length}`, message?.text ?? '', CITY_DID);
    },
  };
  return {
    sent,
    say: (text: string) => {
      unread.push(view(`said${unread.length}`, text, CAFE_DID));
    },
    request: async (path: string, init?: RequestInit): Promise<Response> => {
      const name = new URL(path, 'http://localhost').pathname.split('.').at(-1) ?? '';
      const body = init?.body instanceof Uint8Array ? Buffer.from(init.body) : init?.body;
      const input = body == null ? {} : JSON.parse(String(body));
      const method = methods[name];
      return method === undefined
        ? Response.json({ error: 'MethodNotImplemented' }, { status: 501 })
        : Response.json(method(input));
    },
  };
}

const byBluesky = (base: Base): TwoWayChannel =>
  createBlueskyChannel({
    ...capabilitiesOf(base, 'bluesky'),
    clock,
    settings: {
      service: 'https://pds.example',
      identifier: 'testville.test',
      password: '',
      chatDid: 'did:web:chat.example',
      pollSeconds: 1,
      plcUrl: 'https://plc.example',
      publicUrl: undefined,
      operator: 'The test operator',
      contact: 'test@city.example',
    },
    session: {
      signIn: async () => ({ kind: 'ok', value: CITY_DID }),
      request: chat.request,
    },
  });

/** The city over what it left in the folder. */
const openCity = (channel: (base: Base) => TwoWayChannel) =>
  testCity({
    ...{ folder, clock, city: BERKELEY, random: systemRandom },
    channels: (base) => [channel(base)],
    jobs: (mailer, _channels, isCaughtUp) => [
      expireCodesJob(mailer, isCaughtUp),
      forgetExpiredJob(isCaughtUp),
    ],
  });

type City = ReturnType<typeof openCity>;

/** A café that is reached on this channel, and somebody with a live code for its coffee. */
function openCode(context: Context, channel: ChannelName, cafe: string) {
  openEpoch(context);
  const { admin, organizer } = foundCity(context, 1000);
  const person = newPerson(context, '+15105550101');
  const operator = addPartner(context, admin, {
    ...{ kind: 'redeemer', name: 'The Café' },
    person: newPerson(context, cafe, channel),
  });
  const { task } = expectOk(
    announceTask(context, organizer.id, {
      ...{ title: 'Sweep the square', place: 'The square', credits: 20, slots: 5 },
      startsAt: context.now + 60 * MINUTE_MS,
      endsAt: context.now + 120 * MINUTE_MS,
    }),
  );
  expectOk(joinTask(context, person, task.id));
  const inboxId = context.tx.inbox.add({
    ...{ channel: 'sms', externalId: '1', identityId: person.identityId },
    payload: { text: '', replyTo: null, pictures: 0 },
    receivedAt: context.now,
  });
  const sent = { taskId: task.id, text: 'clean', pictureIds: [], inboxId: inboxId ?? 0 };
  const { evidenceId } = expectOk(submitEvidence(context, person, sent));
  expectOk(reviewEvidence(context, organizer, { evidenceId, approved: true, note: 'seen' }));
  context.tx.inbox.markDone([inboxId ?? 0], context.now);
  const coffee = { title: 'Coffee', credits: 10, perDay: null };
  const { offerId } = expectOk(addOffer(context, operator.id, coffee));
  return expectOk(redeemOffer(context, person, offerId)).code;
}

const redemptions = ({ store }: City) =>
  store.read.records
    .after(0, 1000)
    .filter(({ collection }) => collection.endsWith('.redemption'))
    .map(({ value }) => JSON.parse(value));

const CHANNELS = {
  sms: {
    channel: sms,
    cafe: CAFE_NUMBER,
    /** Said while nobody takes it: the provider keeps it. */
    say: (text: string) => {
      twilio.receive(CAFE_NUMBER, text);
    },
    told: () => twilio.sentTo(CAFE_NUMBER).map(({ body }) => body),
  },
  telegram: {
    channel: byTelegram,
    cafe: String(CAFE.id),
    say: (text: string) => {
      const update = says(CAFE, text, { date: clock.time / SECOND_MS }) as Update;
      telegram.happen(update);
    },
    told: () => telegram.shown(CAFE.id).map(({ text }) => text),
  },
  bluesky: {
    channel: byBluesky,
    cafe: CAFE_DID,
    say: (text: string) => chat.say(text),
    told: () => chat.sent,
  },
} as const;

test.each(['sms', 'telegram', 'bluesky'] as const)(
  'a code that a café sent in time is honored after the outage, and says so (%s)',
  async (name) => {
    const { channel, cafe, say, told } = CHANNELS[name];
    const before = openCity(channel);
    const code = before.run((context) => openCode(context, name, cafe));
    await before.stop();

    clock.time += 10 * MINUTE_MS;
    say(`CONFIRM ${code}`);
    clock.time += 10 * MINUTE_MS;

    const after = openCity(channel);
    await after.start();
    await waitFor(() => expect(told()).toHaveLength(1));
    expect(told()[0]).toMatch(/^GIVE IT: Coffee, 10 .*Late/);
    expect(redemptions(after)).toMatchObject([{ late: true }]);
    await after.stop();
  },
);
