// A city whose machine's clock is set wrong while it runs, or while it does not: the real core over
// a real database, and a channel that asks for patience.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { Channel } from '../../src/channels/channel.ts';
import { createCityClock } from '../../src/lib/city-clock.ts';
import { DAY_MS, HOUR_MS, MINUTE_MS, SECOND_MS } from '../../src/lib/clock.ts';
import { TUESDAY } from '../support/city.ts';
import { machineClock } from '../support/clock.ts';
import { openMigrated } from '../support/migrated.ts';
import { testCity } from '../support/test-city.ts';

const ANA = '+15105550141';
const YEAR_MS = 365 * DAY_MS;

let folder: string;
let machine: ReturnType<typeof machineClock>;
let sent: string[];
let isBusy: boolean;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'city-sync-test-'));
  machine = machineClock(TUESDAY);
  sent = [];
  isBusy = false;
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const channel: Channel = {
  name: 'sms',
  hasPublicPlace: false,
  messagesPerSecond: null,
  send: async ({ reply }) => {
    if (isBusy) {
      return { ok: false, error: { kind: 'retry', detail: 'busy', retryAfterMs: 2 * SECOND_MS } };
    }
    sent.push(reply.text);
    return { ok: true, providerId: null };
  },
};

/** The city over the folder's database, running. */
async function openCity() {
  const { store, close } = openMigrated(join(folder, 'city.db'));
  const clock = createCityClock({ machine, newestMs: store.read.times.newest() });
  const city = testCity({
    ...{ folder, clock, cityClock: clock },
    opened: { store, close },
    channels: () => [channel],
  });
  await city.start();
  const say = async (text: string): Promise<void> => {
    await city.receive({ sender: ANA, text });
    await city.idle();
  };
  return { ...city, say, cityClock: clock };
}

/** Ana has joined, and her last answer could not be sent at once. */
async function openWaitingCity() {
  const city = await openCity();
  await city.say('hello');
  await city.say('yes');
  sent.splice(0);
  isBusy = true;
  await city.say('BALANCE');
  expect(sent).toEqual([]);
  isBusy = false;
  return city;
}

test.each([
  ['an hour', HOUR_MS],
  ['half a day', DAY_MS / 2],
])('an answer does not wait for a clock that goes back %s, nor is it overtaken', async (_, ms) => {
  const city = await openWaitingCity();
  machine.set(-ms);
  machine.pass(2 * SECOND_MS);
  await city.say('HELP');
  expect(sent).toHaveLength(2);
  expect(sent[0]).toMatch(/credits/);
  expect(city.cityClock.moves()).toEqual([]);
  await city.stop();
});

test('an answer goes out after a restart with a clock that was a year ahead', async () => {
  machine.set(YEAR_MS);
  const ahead = await openWaitingCity();
  await ahead.stop();
  machine.set(-YEAR_MS);
  machine.pass(MINUTE_MS);
  const city = await openCity();
  await city.idle();
  machine.pass(2 * SECOND_MS);
  await city.say('HELP');
  expect(sent).toHaveLength(2);
  expect(sent[0]).toMatch(/credits/);
  await city.stop();
});

test('codes and questions live as long as they would have', async () => {
  const city = await openCity();
  await city.say('hello');
  const expiresAt = () => city.run(({ tx }) => tx.sessions.get(1)?.expiresAt ?? 0);
  const left = expiresAt() - city.clock.now();
  expect(left).toBeGreaterThan(0);
  machine.set(YEAR_MS);
  city.clock.now();
  machine.pass(10 * MINUTE_MS);
  await city.say('hello again');
  machine.set(-YEAR_MS);
  city.clock.now();
  machine.pass(10 * MINUTE_MS);
  await city.say('what is this');
  expect(city.clock.now()).toBe(machine.now());
  expect(expiresAt()).toBeLessThanOrEqual(city.clock.now() + left);
  await city.stop();
});
