// A whole city with as few connections as an object on Cloudflare has, between providers that let it wait.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { MESSAGE_PATH } from '../../src/channels/sms/ingress.ts';
import { TELEGRAM_WEBHOOK_PATH } from '../../src/channels/telegram/webhook.ts';
import { type OpenCity, openCity } from '../../src/city/city.ts';
import { createConnections, FETCHING, SENDING } from '../../src/cloudflare/connections.ts';
import { readEnvironment } from '../../src/config/config.ts';
import { cidOfBlob } from '../../src/lib/cid.ts';
import type { OutgoingOf } from '../../src/lib/outgoing.ts';
import { createPublishedPictures } from '../../src/media/published-pictures.ts';
import { createLog } from '../../src/node/log.ts';
import { openPlatform } from '../../src/node/start-city.ts';
import { BERKELEY } from '../support/city.ts';
import { openDoors } from '../support/doors.ts';
import { DID } from '../support/record-facts.ts';
import { startSignInServer } from '../support/sign-in-server.ts';
import { startTelegram, TOKEN } from '../support/telegram-server.ts';
import { says, user } from '../support/telegram-updates.ts';
import { ACCOUNT, AUTH_TOKEN, CITY_NUMBER, signed, startTwilio } from '../support/twilio-server.ts';

const PUBLIC_URL = 'https://city.example';
const SECRET = 'webhook-secret_1';
const AT_ONCE_MAX = 4;
const PEOPLE = 12;

let folder: string;
let doors: ReturnType<typeof openDoors>;
let twilio: Awaited<ReturnType<typeof startTwilio>>;
let telegram: Awaited<ReturnType<typeof startTelegram>>;
let pds: Awaited<ReturnType<typeof startSignInServer>>;
let outgoing: OutgoingOf;
let city: OpenCity;
let ends: AsyncDisposableStack;

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'city-sync-outgoing-'));
  doors = openDoors();
  [twilio, telegram, pds] = await Promise.all([
    startTwilio(),
    startTelegram(),
    startSignInServer(DID),
  ]);
  const environment = readEnvironment({
    PUBLIC_URL,
    DATABASE_PATH: join(folder, 'city.db'),
    SECRET_KEY: Buffer.alloc(32, 7).toString('base64'),
    BLUESKY_SERVICE: await doors.add('account', pds.url),
    BLUESKY_IDENTIFIER: 'berkeley.test',
    BLUESKY_PASSWORD: 'secret',
    BLUESKY_POLL_SECONDS: '1',
    PLC_URL: pds.url,
    TELEGRAM_BOT_TOKEN: TOKEN,
    TELEGRAM_API_ROOT: await doors.add('telegram', telegram.url),
    TELEGRAM_WEBHOOK_SECRET: SECRET,
    TWILIO_ACCOUNT_SID: ACCOUNT,
    TWILIO_AUTH_TOKEN: AUTH_TOKEN,
    TWILIO_FROM: CITY_NUMBER,
    TWILIO_API_BASE_URL: await doors.add('sms', twilio.url),
    TWILIO_MESSAGES_PER_SECOND: '100',
  });
  outgoing = createConnections();
  ends = new AsyncDisposableStack();
  const platform = {
    ...openPlatform(environment, createLog('silent'), ends),
    ...{ outgoing, sending: SENDING, fetching: FETCHING },
    remoteAddressOf: () => '203.0.113.1',
  };
  city = await openCity(platform, { city: BERKELEY, environment }, ends);
  await city.startIngresses();
});
afterEach(async () => {
  doors.unlock('account', 'sms', 'telegram');
  await ends.disposeAsync();
  await doors.close();
  await Promise.all([twilio.close(), telegram.close(), pds.close()]);
  rmSync(folder, { recursive: true, force: true });
});

const phone = (at: number): string => `+151055501${at + 10}`;
const chat = (at: number): number => 7_000_200 + at;

async function text(at: number): Promise<void> {
  const form = twilio.receive(phone(at), 'HI');
  const answer = await city.app.fetch(signed(`${PUBLIC_URL}${MESSAGE_PATH}`, form));
  expect(answer.status).toBe(200);
}

async function write(at: number): Promise<void> {
  telegram.addChat(chat(at));
  const answer = await city.app.fetch(
    new Request(`${PUBLIC_URL}${TELEGRAM_WEBHOOK_PATH}`, {
      method: 'POST',
      headers: { 'x-telegram-bot-api-secret-token': SECRET },
      body: JSON.stringify(says(user(chat(at)), 'HI')),
    }),
  );
  expect(answer.status).toBe(200);
}

/** How many have their answer. */
const textsAnswered = (): number =>
  Array.from({ length: PEOPLE }, (_, at) => phone(at)).filter(
    (one) => twilio.sentTo(one).length > 0,
  ).length;
const chatsAnswered = (): number =>
  Array.from({ length: PEOPLE }, (_, at) => chat(at)).filter(
    (one) => telegram.shown(one).length > 0,
  ).length;

test('a city never has more requests under way than it may, and everybody has their answer', async () => {
  doors.shut('account', 'sms', 'telegram');
  for (let at = 0; at < PEOPLE; at += 1) {
    await text(at);
    await write(at);
  }
  await expect.poll(() => doors.open()).toBe(AT_ONCE_MAX);
  expect([textsAnswered(), chatsAnswered()]).toEqual([0, 0]);
  doors.unlock('account', 'sms', 'telegram');
  await expect.poll(textsAnswered).toBe(PEOPLE);
  await expect.poll(chatsAnswered).toBe(PEOPLE);
  expect(doors.most()).toBe(AT_ONCE_MAX);
});

test.each(['sms', 'telegram'] as const)(
  'while %s hangs, those on other ways have their answers',
  async (hanging) => {
    doors.shut(hanging);
    for (let at = 0; at < PEOPLE; at += 1) {
      await text(at);
      await write(at);
    }
    await expect.poll(() => doors.open(hanging)).toBe(AT_ONCE_MAX - 1);
    if (hanging === 'sms') await expect.poll(chatsAnswered).toBe(PEOPLE);
    else await expect.poll(textsAnswered).toBe(PEOPLE);
    expect(hanging === 'sms' ? textsAnswered() : chatsAnswered()).toBe(0);
  },
);

test('readers and strangers whose servers hang keep nobody from an answer', async () => {
  doors.shut('readers', 'strangers');
  const slow = await doors.add('readers', pds.url);
  const look = createPublishedPictures({
    addressOf: (cid) => `${slow}/${cid}`,
    cache: {
      get: async () => undefined,
      put: async () => undefined,
      remove: async () => undefined,
    },
    outgoing: outgoing('readers'),
  });
  const looks = Array.from({ length: 50 }, (_, at) => look(cidOfBlob(Uint8Array.of(at))));
  const stranger = await doors.add('strangers', pds.url);
  const fetches = Array.from({ length: 10 }, () =>
    outgoing('strangers')(() => fetch(stranger).then((answer) => answer.text())),
  );
  await expect.poll(() => doors.open('readers') + doors.open('strangers')).toBe(3);
  for (let at = 0; at < PEOPLE; at += 1) {
    await text(at);
    await write(at);
  }
  await expect.poll(textsAnswered).toBe(PEOPLE);
  await expect.poll(chatsAnswered).toBe(PEOPLE);
  // Those for whom there is no place in the line need not wait.
  expect(await Promise.all(looks.slice(21))).toEqual(Array(29).fill(undefined));
  expect([doors.open('readers'), doors.open('strangers')]).toEqual([1, 2]);
  doors.unlock('readers', 'strangers');
  await Promise.all([...looks, ...fetches]);
  expect(doors.most()).toBeLessThanOrEqual(AT_ONCE_MAX);
});
