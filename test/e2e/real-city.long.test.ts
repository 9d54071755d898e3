// `npm start` with credentials: a real city in a process of its own. It begins without an account,
// is killed and started anew, and gets its account later: then everybody can prove what was before.
import { mkdtempSync, readdirSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { NetworkFacts } from '../../src/sandbox/network.ts';
import { runCli } from '../support/run-cli.ts';
import { freePort, openCityFile, type RunningProcess, runCity } from '../support/running-city.ts';
import { joinSharedNetwork } from '../support/shared-network.ts';
import { startTelegram, type TelegramServer, TOKEN } from '../support/telegram-server.ts';
import { CHANNEL_ID, says, user } from '../support/telegram-updates.ts';

const ADMIN = user(7000100, { language_code: 'en' });
const ORGANIZER = user(7000110, { language_code: 'en' });
const CAFE = user(7000120, { language_code: 'en' });
const ANA = user(7000141, { language_code: 'en' });
const POLL = { interval: 50 } as const;

let telegram: TelegramServer;
let network: NetworkFacts;
let folder: string;
let environment: Readonly<Record<string, string>>;
let city: RunningProcess;

beforeAll(async () => {
  [telegram, network] = await Promise.all([startTelegram(), joinSharedNetwork('northtown')]);
  telegram.addChat(CHANNEL_ID, { type: 'channel', username: 'citysync_test' });
  for (const { id } of [ADMIN, ORGANIZER, CAFE, ANA]) telegram.addChat(id);
  folder = mkdtempSync(join(tmpdir(), 'city-sync-real-'));
  environment = {
    CITY_CONFIG: openCityFile(folder),
    PORT: String(await freePort()),
    DATABASE_PATH: join(folder, 'data', 'city.db'),
    SECRET_KEY: Buffer.alloc(32, 5).toString('base64'),
    TELEGRAM_BOT_TOKEN: TOKEN,
    TELEGRAM_API_ROOT: telegram.url,
    TELEGRAM_CHANNEL: '@citysync_test',
  };
});
afterAll(async () => {
  await city?.stop('SIGKILL').catch(() => undefined);
  await telegram?.close();
  rmSync(folder, { recursive: true, force: true });
});

/** Says something, and waits for an answer like this. */
async function ask(from: typeof ANA, text: string, answer: RegExp): Promise<string> {
  const before = telegram.shown(from.id).length;
  telegram.happen(says(from, text));
  const heard = () =>
    telegram
      .shown(from.id)
      .slice(before)
      .map((one) => one.text)
      .join('\n');
  await expect.poll(heard, POLL).toMatch(answer);
  return heard();
}

const meet = async (from: typeof ANA): Promise<void> => {
  await ask(from, 'HI', /Reply OK/);
  await ask(from, 'OK', /you're in/);
};

const invitationIn = (text: string): string => /ACCEPT ([0-9A-Z-]{14})/.exec(text)?.[1] ?? '';

test('a city begins without an account, goes on after a kill, and is proved once it has one', async () => {
  city = await runCity(environment);
  const first = city.invitation();
  expect(first).toMatch(/^[0-9A-Z]{4}(-[0-9A-Z]{4}){2}$/);
  expect(await city.health()).toMatchObject({
    ok: true,
    channels: { telegram: { state: 'on' } },
    records: { state: 'waiting for an account' },
  });
  // Nobody else may read what the city knows, and nobody but a provider is at its doors.
  expect(statSync(environment['DATABASE_PATH'] ?? '').mode & 0o077).toBe(0);
  expect((await fetch(`${city.url}/webhooks/twilio/message`, { method: 'POST' })).status).toBe(404);
  expect((await fetch(`${city.url}/webhooks/telegram`, { method: 'POST' })).status).toBe(404);
  // A second program would send everything twice.
  await expect(runCity({ ...environment, PORT: String(await freePort()) })).rejects.toThrow(
    /is in use: another program of this city is running/,
  );

  // Killed before anybody became its admin: the next start invites anew, and the old is worth nothing.
  await city.stop('SIGKILL');
  city = await runCity(environment);
  const second = city.invitation() ?? '';
  expect(second).not.toBe(first);
  await meet(ADMIN);
  await ask(ADMIN, `ACCEPT ${first}`, /invitation/i);
  await ask(ADMIN, `ACCEPT ${second}`, /admin/i);
  const issuer = invitationIn(await ask(ADMIN, 'INVITE issuer Creek Friends', /ACCEPT/));
  const redeemer = invitationIn(await ask(ADMIN, 'INVITE redeemer Corner Café', /ACCEPT/));
  await meet(ORGANIZER);
  await ask(ORGANIZER, `ACCEPT ${issuer}`, /Creek Friends/);
  await ask(ADMIN, 'CAP Creek Friends 500', /500/);
  await ask(
    ORGANIZER,
    'ANNOUNCE Sweep the creek; 20; any time until tomorrow 11am; The bridge; 5',
    /OK/,
  );
  await ask(ORGANIZER, 'OK', /task 1/i);
  await expect.poll(() => telegram.shown(CHANNEL_ID).at(-1)?.text, POLL).toMatch(/Sweep/);
  await meet(CAFE);
  await ask(CAFE, `ACCEPT ${redeemer}`, /Corner Café/);
  await ask(CAFE, 'OFFER Coffee; 10', /Offer 1 is open/);
  await meet(ANA);
  await ask(ANA, 'JOIN 1', /You're in/);
  await ask(ANA, 'DONE 1 swept it all', /public/);

  // Killed in the middle, and what was said meanwhile is answered once. What Telegram showed counts as
  // sent once the city has written that down: killed before, it would rightly send it again.
  const unsent = async () => (await city.health())['channels'];
  await expect.poll(unsent, POLL).toMatchObject({ telegram: { backlog: 0 } });
  await city.stop('SIGKILL');
  const before = telegram.shown(ANA.id).length;
  telegram.happen(says(ANA, 'OK'));
  city = await runCity(environment);
  expect(city.invitation()).toBeUndefined();
  const heard = () =>
    telegram
      .shown(ANA.id)
      .slice(before)
      .map(({ text }) => text);
  await expect.poll(heard, POLL).toEqual([expect.stringMatching(/Thank you/)]);
  await ask(ORGANIZER, 'APPROVE 1 well done', /approved/i);
  await expect.poll(heard, POLL).toEqual([expect.anything(), expect.stringMatching(/20 CITY/)]);
  // Nothing has an address yet that others could look at.
  expect(await ask(ANA, 'HISTORY', /20 earned/)).not.toContain('at://');
  expect(await ask(ANA, 'ME', /p-[0-9a-z]{12}/)).not.toContain('at://');
  const home = await (await fetch(`${city.url}/?lang=en`)).text();
  expect(home).toContain('Sweep the creek');
  expect(home).not.toContain('unpublished');
  expect(await city.stop()).toBe(0);

  // The account comes: everything is written again under it, and published.
  const account = {
    BLUESKY_SERVICE: network.pds,
    PLC_URL: network.plc,
    BLUESKY_IDENTIFIER: network.handle,
    BLUESKY_PASSWORD: network.password,
  };
  await expect(runCity({ ...environment, ...account, BLUESKY_PASSWORD: 'wrong' })).rejects.toThrow(
    /Bluesky refuses/,
  );
  city = await runCity({ ...environment, ...account });
  const code = /([0-9A-Z]{4}-[0-9A-Z]{4})/.exec(await ask(ANA, 'REDEEM 1', /Code|code/))?.[1];
  await ask(CAFE, `CONFIRM ${code}`, /^GIVE IT/);
  expect(await ask(ANA, 'HISTORY', /10 redeemed/)).toContain(`at://${network.did}/`);
  const records = async () => (await city.health())['records'];
  await expect.poll(records, POLL).toMatchObject({ state: 'idle', backlog: 0 });
  expect(await city.stop()).toBe(0);
  const audit = await runCli('audit', [network.did], {
    PLC_URL: network.plc,
    BLUESKY_SERVICE: network.pds,
  });
  expect(audit.out + audit.err).not.toContain('unpublished');
  expect(audit.code).toBe(0);

  // The database is that of the account from here on, and of this key.
  await expect(runCity(environment)).rejects.toThrow(/BLUESKY_IDENTIFIER and BLUESKY_PASSWORD/);
  await expect(
    runCity({
      ...environment,
      ...account,
      SECRET_KEY: Buffer.alloc(32, 6).toString('base64'),
    }),
  ).rejects.toThrow(/written with another SECRET_KEY/);
  expect(readdirSync(join(folder, 'data'))).toContain('backups');
});
