// A city in real workerd whose public record goes to a real PDS, and to which people write by Telegram.
import { afterAll, beforeAll, expect, test } from 'vitest';
import { TELEGRAM_WEBHOOK_PATH } from '../../src/channels/telegram/webhook.ts';
import { type LocalNetwork, startLocalNetwork } from '../../src/sandbox/network.ts';
import { startTelegram, type TelegramServer, TOKEN } from '../support/telegram-server.ts';
import { ANA_ID, says, user } from '../support/telegram-updates.ts';
import { openWorkerCity, type WorkerCity } from '../support/worker-city.ts';

const SECRET = 'webhook-secret_1';

let network: LocalNetwork;
let telegram: TelegramServer;
let city: WorkerCity;
beforeAll(async () => {
  [network, telegram] = await Promise.all([startLocalNetwork(), startTelegram()]);
  telegram.addChat(ANA_ID);
  city = await openWorkerCity({
    BLUESKY_SERVICE: network.pds,
    BLUESKY_IDENTIFIER: network.handle,
    BLUESKY_PASSWORD: network.password,
    PLC_URL: network.plc,
    TELEGRAM_BOT_TOKEN: TOKEN,
    TELEGRAM_API_ROOT: telegram.url,
    TELEGRAM_WEBHOOK_SECRET: SECRET,
  });
});
afterAll(async () => {
  await city.close();
  await Promise.all([telegram.close(), network.close()]);
});

test('what it decides stands in the repository of its account', async () => {
  expect(await city.cron()).toBe(200);
  const query = new URLSearchParams({
    repo: network.did,
    collection: 'org.city-sync.civic.city',
    rkey: 'self',
  });
  const recordOf = async () =>
    (await fetch(`${network.pds}/xrpc/com.atproto.repo.getRecord?${query}`)).status;
  await expect.poll(recordOf).toBe(200);
  await expect
    .poll(async () => ((await city.health())['records'] as { backlog: number }).backlog)
    .toBe(0);
});

test('it answers by Telegram, where it has set its webhook', async () => {
  await expect
    .poll(() => telegram.webhook())
    .toMatchObject({ url: `https://city.example${TELEGRAM_WEBHOOK_PATH}` });
  const post = (secret: string) =>
    city.post(TELEGRAM_WEBHOOK_PATH, says(user(ANA_ID), 'HI'), {
      'x-telegram-bot-api-secret-token': secret,
    });
  expect(await post('another')).not.toBe(200);
  expect(await post(SECRET)).toBe(200);
  await expect
    .poll(() =>
      telegram
        .shown(ANA_ID)
        .map(({ text }) => text)
        .join('\n'),
    )
    .toMatch(/Reply OK/);
});
