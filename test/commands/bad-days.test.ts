// Days on which everything comes together: two organizers, a clock change, a crash, hundreds of people.
import { afterEach, beforeEach, expect, test } from 'vitest';
import { DAY_MS, HOUR_MS, MINUTE_MS } from '../../src/lib/clock.ts';
import {
  ADMIN,
  ANA,
  BEN,
  type Conversation,
  EVA,
  ORGANIZER,
  openConversation,
} from '../support/conversation.ts';

let city: Conversation;
afterEach(() => city.close());

/** Saturday, November 28, 9:00 in the city. */
const START = Date.UTC(2026, 10, 28, 17);

const at = async (time: number): Promise<void> => {
  city.clock.time = time;
  for (let round = 0; round < 6; round += 1) await city.settle();
};
const heard = (who: string): string[] => city.heard(who).map(({ text }) => text);

beforeEach(async () => {
  city = openConversation();
  await city.settle();
  for (const person of [ANA, BEN, EVA]) await city.join(person);
});

const announce = async (slots: number, when = 'sat 9am-11am'): Promise<void> => {
  await city.say(ORGANIZER, `ANNOUNCE Weed the garden; 20; ${when}; Ohlone Park; ${slots}`);
  await city.say(ORGANIZER, 'OK');
};

test('two organizers act at once: the second is told what the first did', async () => {
  const other = '+15105550178';
  await announce(3);
  await city.say(ANA, 'JOIN 4');
  const invited = await city.prove(ADMIN, 'INVITE manager Codornices Creek Friends');
  const [token = ''] = /[0-9A-Z]{4}-[0-9A-Z]{4}-[0-9A-Z]{4}/.exec(invited) ?? [];
  await city.say(other, `ACCEPT ${token}`);
  expect(await city.ask(ORGANIZER, 'CHANGE 4 spots 5')).toContain('Spots: 5');
  expect(await city.ask(other, 'CALLOFF 4 heavy rain')).toContain('Call off task 4');
  expect(await city.ask(other, 'OK')).toContain('Called off');
  expect(await city.ask(ORGANIZER, 'OK')).toContain('was called off');
  expect(city.store.read.tasks.get(4)).toMatchObject({ state: 'called-off', slots: 3 });
  expect(heard(ANA)).toEqual([expect.stringContaining('heavy rain')]);
});

test('a task ends while somebody answers: they are told, and nothing is given', async () => {
  await announce(1);
  await city.say(ANA, 'JOIN 4');
  await city.say(BEN, 'JOIN 4');
  await at(START - 90 * MINUTE_MS);
  await city.say(ANA, 'DROP 4');
  expect(city.claimOf(BEN, 4)).toBe('offered');
  await at(START + 2 * HOUR_MS + MINUTE_MS);
  expect(await city.ask(BEN, 'OK 4')).toContain('Task 4 is over');
  expect(city.claimOf(BEN, 4)).toBe('standby');
});

test('the clocks change in the night before: both reminders come by the hours that are left', async () => {
  await announce(2, 'mar 14 2027 9am-11am');
  await city.say(ANA, 'JOIN 4');
  // Nine o'clock in summer is sixteen o'clock UTC.
  const start = Date.UTC(2027, 2, 14, 16);
  expect(city.store.read.tasks.get(4)?.startsAt).toBe(start);
  await at(start - DAY_MS - MINUTE_MS);
  heard(ANA);
  await at(start - DAY_MS);
  expect(heard(ANA)).toEqual([expect.stringContaining('Sun, Mar 14, 9:00-11:00 AM')]);
  await at(start - 2 * HOUR_MS - MINUTE_MS);
  expect(heard(ANA)).toEqual([]);
  await at(start - 2 * HOUR_MS);
  expect(heard(ANA)).toHaveLength(1);
});

test('a call-off at half past six reaches everybody who joined, each once', async () => {
  const people = Array.from({ length: 60 }, (_, person) => `${7_100_000 + person}`);
  await announce(50);
  for (const person of people) {
    await city.join(person);
    await city.say(person, 'JOIN 4');
  }
  await at(START - 150 * MINUTE_MS);
  for (const person of people) heard(person);
  await city.say(ORGANIZER, 'CALLOFF 4 storm warning');
  await city.say(ORGANIZER, 'OK');
  await at(START - 149 * MINUTE_MS);
  for (const person of people) {
    expect(heard(person)).toEqual([expect.stringContaining('Reason: storm warning')]);
  }
  expect(city.store.read.tasks.get(4)?.taken).toBe(0);
});
