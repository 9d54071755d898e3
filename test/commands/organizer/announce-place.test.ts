import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { City } from '../../../src/domain/city.ts';
import { HOUR_MS, MINUTE_MS } from '../../../src/lib/clock.ts';
import { COLLECTIONS } from '../../../src/records/kinds/index.ts';
import { BERKELEY } from '../../support/city.ts';
import { type Conversation, ORGANIZER, openConversation } from '../../support/conversation.ts';

const GATE = { latitude: 37.855, longitude: -122.272 };
const CITY: City = {
  ...BERKELEY,
  areas: [
    { name: 'South Berkeley', aliases: ['south'], center: GATE, radiusMeters: 1500 },
    { name: 'West Berkeley' },
  ],
};

let city: Conversation;
beforeEach(() => {
  city = openConversation({ city: CITY });
});
afterEach(() => city.close());

const task = (id = 4) => city.store.read.tasks.get(id);
const record = (collection: string, rkey = '') =>
  JSON.parse(city.store.read.records.get(collection, rkey)?.value ?? '{}');
const recordOfTask = () => record(COLLECTIONS.task, task()?.rkey);
const recordOfPlace = () => {
  const { uri } = recordOfTask().location as { readonly uri: string };
  return record(COLLECTIONS.location, uri.split('/').at(-1));
};
/** Asks until where people meet, and answers that. */
const announceAt = async (where: string, extra = {}): Promise<string> => {
  for (const text of ['ANNOUNCE', 'Plant trees', '30', 'sat 9am-11am']) {
    await city.say(ORGANIZER, text);
  }
  return city.ask(ORGANIZER, where, extra);
};
const finish = async (): Promise<void> => {
  await city.say(ORGANIZER, '10');
  await city.say(ORGANIZER, 'OK');
};

describe('the place of a task', () => {
  test('is a location that is shared, with the name that the map has for it', async () => {
    const next = await announceAt('North gate', { location: GATE });
    expect(next).toBe('How many people can join? Write a whole number.');
    await finish();
    expect(task()).toMatchObject({ place: 'North gate (37.855,-122.272)', area: 'South Berkeley' });
    expect(recordOfTask()).toMatchObject({ area: 'South Berkeley' });
    expect(recordOfPlace()).toMatchObject({
      name: 'North gate',
      locationType: 'coordinate-decimal',
      location: { string: '37.855,-122.272' },
    });
  });

  test('is its coordinates alone where the map has no name for it', async () => {
    await announceAt('', { location: GATE });
    await finish();
    expect(task()?.place).toBe('37.855,-122.272');
  });

  test('is what the link of a map shows, also in one line', async () => {
    await city.say(
      ORGANIZER,
      'ANNOUNCE Plant trees; 30; sat 9am-11am; North gate https://www.google.com/maps/@37.8551,-122.272,17z; 10',
    );
    await city.say(ORGANIZER, 'OK');
    expect(task()).toMatchObject({
      place: 'North gate (37.8551,-122.272)',
      area: 'South Berkeley',
    });
  });

  test('is asked for again where a short link says nothing of it', async () => {
    const answer = await announceAt('https://maps.app.goo.gl/Xy12AbCd');
    expect(answer).toContain("I can't open links. Write the name of the place or its coordinates");
    expect(await city.ask(ORGANIZER, 'West Berkeley pier')).toContain('How many people');
    await finish();
    expect(task()).toMatchObject({ place: 'West Berkeley pier', area: 'West Berkeley' });
  });

  test('is in the area of the place that it is changed to', async () => {
    await announceAt('The pier');
    await finish();
    await city.say(ORGANIZER, 'CHANGE 4 where https://maps.google.com/?q=37.855,-122.272');
    await city.say(ORGANIZER, 'OK');
    expect(task()).toMatchObject({ place: '37.855,-122.272', area: 'South Berkeley' });
    expect(recordOfTask()).toMatchObject({ area: 'South Berkeley' });
    await city.say(ORGANIZER, 'CHANGE 4 slots 12');
    await city.say(ORGANIZER, 'OK');
    expect(task()).toMatchObject({ slots: 12, area: 'South Berkeley', sequence: 2 });
  });

  test('is in no area where nothing says so', async () => {
    await announceAt('The pier');
    await finish();
    expect(task()?.area).toBeNull();
    expect(recordOfTask()).not.toHaveProperty('area');
  });
});

describe('a location', () => {
  test('that nobody asked for is answered, and what the map calls it is no word', async () => {
    const answers = await city.say(ORGANIZER, 'HELP', { location: GATE });
    expect(answers.map(({ text }) => text)).toEqual([
      "I can't use a location, so I didn't keep it. Reply TASKS to see where each task is.",
    ]);
  });
});

describe('a location that somebody shares on the day', () => {
  const START = Date.UTC(2026, 10, 28, 17);
  const PERSON = '70012345';
  /** So far north of the gate; a degree has 111 km. */
  const north = (meters: number) => ({
    ...GATE,
    latitude: GATE.latitude + meters / 111_195,
  });
  const share = (location: typeof GATE): Promise<string> => city.ask(PERSON, '', { location });

  beforeEach(async () => {
    await announceAt('North gate', { location: GATE });
    await finish();
    await city.join(PERSON);
  });

  test('is the check-in within 300 meters of the place', async () => {
    await city.say(PERSON, 'JOIN 4');
    city.clock.time = START - HOUR_MS;
    await city.settle();
    expect(await share(north(310))).toContain('300');
    expect(city.claimOf(PERSON, 4)).toBe('joined');
    expect(await share(north(290))).toContain("You're checked in for task 4");
    expect(city.claimOf(PERSON, 4)).toBe('checked-in');
    const steps = record(COLLECTIONS.claim, city.store.read.claims.roster(4)[0]?.claim.rkey).steps;
    expect(steps.at(-1)).toMatchObject({ status: 'checked-in', way: 'location' });
  });

  test('at the same place is that of the shift which the person is not at yet', async () => {
    for (const text of ['ANNOUNCE', 'Plant more', '30', 'sat 11am-1pm']) {
      await city.say(ORGANIZER, text);
    }
    await city.say(ORGANIZER, 'North gate', { location: GATE });
    await finish();
    await city.say(PERSON, 'JOIN 4');
    await city.say(PERSON, 'JOIN 5');
    city.clock.time = START;
    await city.settle();
    expect(await share(GATE)).toContain("You're checked in for task 4");
    city.clock.time = START + 110 * MINUTE_MS;
    await city.settle();
    expect(await share(GATE)).toContain("You're checked in for task 5");
    expect(await share(GATE)).toContain('checked in already');
  });

  test('says so where it cannot be one', async () => {
    expect(await share(GATE)).not.toContain('checked in');
    await city.say(PERSON, 'JOIN 1');
    const far = await share(GATE);
    expect(far).toContain('HERE');
    expect(city.claimOf(PERSON, 1)).toBe('joined');
  });
});
