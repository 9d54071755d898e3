// A real city with nothing but a bot's token, as an operator starts it: the first admin comes in by
// Telegram, and what was said before a restart is there after it.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { readEnvironment } from '../../src/config/config.ts';
import { createLog } from '../../src/node/log.ts';
import { type RunningCity, startCity } from '../../src/node/start-city.ts';
import { BERKELEY } from '../support/city.ts';
import { startTelegram, type TelegramServer, TOKEN } from '../support/telegram-server.ts';
import { says, user } from '../support/telegram-updates.ts';
import { waitFor } from '../support/wait-for.ts';

const admin = user(7000100, { first_name: 'Alma' });
let folder: string;
let telegram: TelegramServer;
let city: RunningCity | undefined;

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'city-sync-telegram-'));
  telegram = await startTelegram();
  telegram.addChat(admin.id);
});
afterEach(async () => {
  await city?.stop();
  city = undefined;
  await telegram.close();
  rmSync(folder, { recursive: true, force: true });
});

const start = (token = TOKEN): Promise<RunningCity> =>
  startCity({
    city: BERKELEY,
    environment: readEnvironment({
      PORT: '0',
      DATABASE_PATH: join(folder, 'city.db'),
      SECRET_KEY: Buffer.alloc(32, 7).toString('base64'),
      TELEGRAM_BOT_TOKEN: token,
      TELEGRAM_API_ROOT: telegram.url,
    }),
    log: createLog('silent'),
  });

const told = () =>
  telegram
    .shown(admin.id)
    .map(({ text }) => text)
    .join('\n');

test('the first admin takes up the invitation by Telegram, and a restart forgets nothing', async () => {
  city = await start();
  telegram.happen(says(admin, `ACCEPT ${city.invitation}`));
  await waitFor(() => expect(told()).toContain('admin of City/Sync Berkeley'));
  await city.stop();
  telegram.happen(says(admin, 'INVITE issuer Creek Friends'));
  city = await start();
  expect(city.invitation).toBeUndefined();
  await waitFor(() => expect(told()).toContain('Pass this on to Creek Friends'));
  const health = (await (await fetch(`http://127.0.0.1:${city.port}/healthz`)).json()) as object;
  expect(JSON.stringify(health)).toContain('telegram');
});

test('a wrong token stops the start with a sentence that does not tell it', async () => {
  const wrong = start('7000000001:AAE-wrong-token');
  await expect(wrong).rejects.toThrow(/TELEGRAM_BOT_TOKEN is wrong/);
  await expect(wrong).rejects.not.toThrow(/AAE-wrong/);
});
