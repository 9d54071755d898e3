// A city in real workerd, which people text through Twilio.
import { afterAll, beforeAll, expect, test } from 'vitest';
import { readBackup } from '../../src/backup/backup-file.ts';
import { createKeys } from '../../src/lib/crypto.ts';
import { systemRandom } from '../../src/lib/random.ts';
import { openWorkerCity, WORKER_KEY, type WorkerCity } from '../support/worker-city.ts';

const ANA = '+15105550141';

let city: WorkerCity;
beforeAll(async () => {
  city = await openWorkerCity();
});
afterAll(() => city.close());

const said = (to: string) => city.textsTo(to).join('\n');

test('a stranger is greeted, joins and has a balance', async () => {
  expect(await city.text(ANA, 'HI')).toBe(200);
  await expect.poll(() => said(ANA)).toMatch(/Reply OK/);
  expect(await city.text(ANA, 'OK')).toBe(200);
  await expect.poll(() => said(ANA)).toMatch(/you're in/);
  expect(await city.text(ANA, 'BALANCE')).toBe(200);
  await expect.poll(() => said(ANA)).toMatch(/0 CITY/);
});

test('a city that is killed before it could answer does so when the cron wakes it, once', async () => {
  const before = city.textsTo(ANA).length;
  const asked = () => city.twilio.calls.filter(({ route }) => route === 'create').length;
  const askedBefore = asked();
  // Twilio does not take the answer over, which is under way when the city is killed.
  city.twilio.fault('create', 'hang');
  expect(await city.text(ANA, 'OFFERS')).toBe(200);
  await expect.poll(asked).toBe(askedBefore + 1);
  await city.kill();
  expect(city.textsTo(ANA)).toHaveLength(before);
  await city.restart();
  expect(await city.cron()).toBe(200);
  await expect.poll(() => city.textsTo(ANA).length).toBe(before + 1);
  expect(city.textsTo(ANA).at(-1)).toMatch(/offers/i);
  expect(await city.text(ANA, 'BALANCE')).toBe(200);
  await expect.poll(() => city.textsTo(ANA).at(-1)).toMatch(/0 CITY/);
  expect(city.textsTo(ANA)).toHaveLength(before + 2);
});

test('a backup that it makes is one that a city on Node comes back from', async () => {
  await city.kill();
  await city.restart();
  expect(await city.cron()).toBe(200);
  // Each start makes one where that of the night is missing, or of the last minutes.
  await expect.poll(() => city.backups().length).toBeGreaterThan(0);
  const keys = createKeys(WORKER_KEY, systemRandom);
  const people = await Promise.all(
    city.backups().map(async (path) => {
      const rows: unknown[] = [];
      for await (const page of readBackup(path, keys)) {
        if (page.kind === 'identities') rows.push(...page.rows);
      }
      return rows.length;
    }),
  );
  expect(Math.max(...people)).toBe(1);
  await expect
    .poll(async () => ((await city.health())['backups'] as { failed: boolean }).failed)
    .toBe(false);
});

test('who has everything deleted hears first how long copies stay', async () => {
  const eva = '+15105550144';
  for (const [text, answer] of [
    ['HI', /Reply OK/],
    ['OK', /you're in/],
    ['FORGET ME', /Delete it\?/],
    ['OK', /recovery copies of our host for up to 30 days.* Are you sure\?/],
    ['OK', /We no longer know you/],
  ] as const) {
    expect(await city.text(eva, text)).toBe(200);
    await expect.poll(() => city.textsTo(eva).join('\n')).toMatch(answer);
  }
});

test('its pages, its health and its numbers are those of any city', async () => {
  const home = await city.get('/');
  expect(home.status).toBe(200);
  const page = await home.text();
  const [, style = ''] = /href="(\/assets\/base\.css)"/.exec(page) ?? [];
  expect((await city.get(style)).headers.get('content-type')).toMatch(/text\/css/);
  expect(await city.health()).toMatchObject({ ok: true });
  expect(await (await city.get('/metrics')).text()).toMatch(/^city_backlog/m);
});
