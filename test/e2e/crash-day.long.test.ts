// The process is killed while a spot goes from one person to the next: the spot is given once, and
// whoever has it is told once.
import { afterAll, beforeAll, expect, test } from 'vitest';
import { SEEDED } from '../../src/sandbox/seed.ts';
import { BERKELEY } from '../support/city.ts';
import type { DeathStep } from '../support/crash-child.ts';
import { type CrashCity, openCrashCity } from '../support/crash-city.ts';

const ALWAYS = { from: 0, to: 24 };
const FIRST_TASK = 4;

let city: CrashCity;
beforeAll(async () => {
  city = await openCrashCity({ ...BERKELEY, contactHours: ALWAYS, serviceHours: ALWAYS });
});
afterAll(() => city.close());

/** What arrived on a phone, each message once. */
const arrived = (phone: string): string[] => {
  const texts = new Map<number, string>();
  for (const { id, to, reply } of city.provider.received) {
    if (to === phone) texts.set(id, reply.text);
  }
  return [...texts.values()];
};

test.each<readonly [DeathStep, number]>([
  ['messages.processed', 0],
  ['delivery.leased', 1],
  ['delivery.sending', 2],
  ['batch.submitted', 3],
])('killed at %s, it gives the spot once and tells of it once', async (step, at) => {
  const task = FIRST_TASK + at;
  const organizer = { from: SEEDED.organizer };
  await city.say({
    ...organizer,
    text: 'ANNOUNCE Sweep; 5; any time until tomorrow 11am; Here; 1',
  });
  await city.say({ ...organizer, text: 'OK' });
  const [ana, ben] = [1, 2].map((person) => `+1510555060${2 * at + person}`) as [string, string];
  for (const from of [ana, ben]) {
    for (const text of ['HI', 'OK', `JOIN ${task}`]) await city.say({ from, text });
  }
  await city.say({ from: ana, text: `DROP ${task}` }, [{ step, occurrence: 1 }]);
  await expect
    .poll(() => arrived(ben).filter((text) => text.includes('A spot is free')))
    .toHaveLength(1);
  await city.settle();
  expect(arrived(ben).filter((text) => text.includes('A spot is free'))).toHaveLength(1);
  const states = city.rows<{ state: string }>(
    `select state from claims where task_id = ${task} order by id`,
  );
  expect(states.map(({ state }) => state)).toEqual(['left', 'joined']);
  expect(city.rows('select * from notices')).toEqual([]);
  expect(city.errors).toEqual([]);
});
