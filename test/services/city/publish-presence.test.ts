import { describe, expect, it } from 'vitest';
import type { City } from '../../../src/domain/city.ts';
import { HOUR_MS } from '../../../src/lib/clock.ts';
import { PLACEHOLDER_DID } from '../../../src/lib/placeholder-did.ts';
import { CITY_KEY } from '../../../src/records/kinds/city.ts';
import { CITY_WORK_KEY, contributorsOf } from '../../../src/records/kinds/city-work.ts';
import { COLLECTIONS } from '../../../src/records/kinds/index.ts';
import { projectKey } from '../../../src/records/kinds/project.ts';
import { publishCity } from '../../../src/services/city/publish-city.ts';
import { publishPresence } from '../../../src/services/city/publish-presence.ts';
import { recordCityWork } from '../../../src/services/city/record-city-work.ts';
import { newTask, TEST_CITY, TEST_DID, type TestCity, withCity } from '../../support/city.ts';
import { doWork, versionsOf } from '../../support/work.ts';

const ABOUT: NonNullable<City['about']> = {
  description: 'What residents do here.',
  story: ['# How it began', 'With a creek.'],
  links: [{ label: 'Handbook', url: 'https://city.example/handbook' }],
  bluesky: 'https://bsky.app/profile/operator.example',
  organizationType: ['nonprofit'],
  location: { name: 'Testville', coordinates: { latitude: 37.8716, longitude: -122.2727 } },
  avatar: { uri: 'https://city.example/avatar.png' },
};

/** As a start does: the city first, then what other clients look at. */
const begin = (city: TestCity, about?: City['about']): boolean =>
  city.run((context) => {
    const told = { ...context, city: { ...context.city, about } };
    publishCity(told);
    return publishPresence(told);
  });

const bringUpToDate = (city: TestCity): boolean => city.run((context) => recordCityWork(context));

const workOf = (city: TestCity) =>
  versionsOf(city, 'cityWork').filter(({ rkey }) => rkey === CITY_WORK_KEY);

const presenceOf = (city: TestCity) => ({
  project: versionsOf(city, 'project'),
  profile: versionsOf(city, 'profile'),
  organization: versionsOf(city, 'organization'),
});

describe('who the city is', () => {
  it('is written at the first start, in an order in which records refer to what is there', () =>
    withCity((city) => {
      begin(city, ABOUT);
      const order = city.store.read.records
        .after(0, 1000)
        .map(({ collection }) => collection)
        .slice(-6);
      expect(order).toEqual([
        COLLECTIONS.city,
        COLLECTIONS.location,
        COLLECTIONS.cityWork,
        COLLECTIONS.project,
        COLLECTIONS.profile,
        COLLECTIONS.organization,
      ]);
    }));

  it('tells the story as a document, and has the work of the city as its only item', () =>
    withCity((city) => {
      begin(city, ABOUT);
      const [work] = workOf(city);
      const [project] = presenceOf(city).project;
      const beganAt = city.run(({ records }) =>
        Date.parse(records.get('city', CITY_KEY)?.createdAt ?? ''),
      );
      expect(project?.rkey).toBe(projectKey(beganAt));
      expect(project?.value).toMatchObject({
        type: 'project',
        shortDescription: 'What residents do here.',
        description: {
          $type: 'pub.leaflet.pages.linearDocument',
          blocks: [
            { block: { $type: 'pub.leaflet.blocks.header', plaintext: 'How it began' } },
            { block: { $type: 'pub.leaflet.blocks.text', plaintext: 'With a creek.' } },
          ],
        },
        avatar: { $type: 'org.hypercerts.defs#uri', uri: 'https://city.example/avatar.png' },
        items: [
          {
            itemIdentifier: {
              uri: `at://${TEST_DID}/${COLLECTIONS.cityWork}/city`,
              cid: work?.cid,
            },
          },
        ],
        location: { uri: expect.stringContaining(COLLECTIONS.location) },
      });
    }));

  it('names where else the city is, and the place where it is', () =>
    withCity(
      (city) => {
        begin(city, ABOUT);
        const { profile, organization } = presenceOf(city);
        expect(profile[0]).toMatchObject({
          rkey: 'self',
          value: { displayName: 'City/Sync Testville', website: 'https://testville.example' },
        });
        expect(organization[0]).toMatchObject({
          rkey: 'self',
          value: {
            organizationType: ['nonprofit'],
            visibility: 'public',
            urls: [
              { url: 'https://testville.example' },
              { url: `https://bsky.app/profile/${TEST_DID}` },
              { url: 'https://bsky.app/profile/operator.example' },
              { url: 'https://city.example/handbook', label: 'Handbook' },
            ],
          },
        });
        const [place] = versionsOf(city, 'location');
        expect(organization[0]?.value).toMatchObject({ location: { cid: place?.cid } });
        expect(place?.value).toMatchObject({
          name: 'Testville',
          locationType: 'coordinate-decimal',
          location: { string: '37.8716,-122.2727' },
        });
      },
      { publicUrl: 'https://testville.example' },
    ));

  it('is told in plain words where the city says nothing of itself', () =>
    withCity(
      (city) => {
        begin(city);
        const { project, profile, organization } = presenceOf(city);
        expect(profile[0]?.value).not.toHaveProperty('website');
        expect(profile[0]?.value.description).toContain(TEST_CITY.name);
        expect(organization[0]?.value).not.toHaveProperty('urls');
        expect(organization[0]?.value).not.toHaveProperty('location');
        expect(project[0]?.value).toMatchObject({ description: { blocks: { length: 3 } } });
        expect(versionsOf(city, 'location')).toEqual([]);
      },
      { did: PLACEHOLDER_DID, publicUrl: 'http://localhost:8080' },
    ));

  it('is written again only where it changed', () =>
    withCity((city) => {
      expect(begin(city, ABOUT)).toBe(true);
      expect(begin(city, ABOUT)).toBe(false);
      expect(begin(city, { ...ABOUT, description: 'Something else.' })).toBe(true);
      const { project, profile, organization } = presenceOf(city);
      expect([project, profile, organization].map(({ length }) => length)).toEqual([2, 2, 1]);
      expect(project.map(({ operation }) => operation)).toEqual(['create', 'update']);
      expect(workOf(city)).toHaveLength(1);
      expect(versionsOf(city, 'location')).toHaveLength(1);
    }));

  it('uses the place that somebody named before', () =>
    withCity((city) => {
      newTask(city);
      const { location } = ABOUT;
      if (location === undefined) throw new Error('The example has a place.');
      begin(city, { ...ABOUT, location: { ...location, name: 'the square' } });
      expect(versionsOf(city, 'location')).toHaveLength(1);
    }));
});

describe('all the work in the city', () => {
  it('names everybody once who was approved, in the order of approval', () =>
    withCity(async (city) => {
      begin(city, ABOUT);
      expect(workOf(city)[0]?.value).toMatchObject({ contributors: [] });
      const [first, second] = [city.join('+15105550131'), city.join('+15105550132')];
      const tasks = [newTask(city), newTask(city)];
      doWork(city, second, tasks[0] ?? 0);
      doWork(city, first, tasks[0] ?? 0);
      doWork(city, second, tasks[1] ?? 0);
      expect(bringUpToDate(city)).toBe(true);
      const { value } = workOf(city).at(-1) ?? {};
      expect(value && contributorsOf(value)).toEqual([second.participantId, first.participantId]);
      expect(value?.shortDescription).toContain('2 people, 3 pieces of work');
      expect(value).toMatchObject({
        title: 'Civic work in Testville',
        image: { uri: 'https://city.example/avatar.png' },
        locations: { length: 1 },
      });
    }));

  it('is written every six hours at most, and only when somebody was approved', () =>
    withCity((city) => {
      begin(city, ABOUT);
      const taskId = newTask(city);
      const people = [1, 2, 3].map((one) => city.join(`+1510555014${one}`));
      for (const person of people.slice(0, 1)) doWork(city, person, taskId);
      expect(bringUpToDate(city)).toBe(true);
      expect(bringUpToDate(city)).toBe(false);
      for (const person of people.slice(1)) doWork(city, person, taskId);
      city.clock.now += 6 * HOUR_MS - 1;
      expect(bringUpToDate(city)).toBe(false);
      city.clock.now += 1;
      expect(bringUpToDate(city)).toBe(true);
      city.clock.now += 6 * HOUR_MS;
      expect(bringUpToDate(city)).toBe(false);
      const { value } = workOf(city).at(-1) ?? {};
      expect(value && contributorsOf(value)).toEqual(people.map((one) => one.participantId));
      expect(value?.shortDescription).toContain('3 people, 3 pieces of work');
      expect(workOf(city)).toHaveLength(3);
    }));

  it('leaves the project as it is, which goes on pointing at the work', () =>
    withCity((city) => {
      begin(city, ABOUT);
      doWork(city, city.join('+15105550151'), newTask(city));
      bringUpToDate(city);
      begin(city, ABOUT);
      begin(city, { ...ABOUT, description: 'Something else.' });
      const [project, changed] = presenceOf(city).project;
      expect(presenceOf(city).project).toHaveLength(2);
      expect(changed?.value.items).toEqual(project?.value.items);
    }));

  it('is counted at the first start of a city that has worked for long', () =>
    withCity((city) => {
      const people = [1, 2].map((one) => city.join(`+1510555016${one}`));
      const taskId = newTask(city);
      for (const person of people) doWork(city, person, taskId);
      begin(city, ABOUT);
      const [work, ...others] = workOf(city);
      expect(others).toEqual([]);
      expect(work && contributorsOf(work.value)).toEqual(people.map((one) => one.participantId));
      expect(begin(city, ABOUT)).toBe(false);
    }));

  it('is said with the same words where nothing is known of what was counted', () =>
    withCity((city) => {
      doWork(city, city.join('+15105550171'), newTask(city));
      begin(city, ABOUT);
      city.run(({ tx }) =>
        tx.cursors.put('city-work', '{"review":0,"people":0,"pieces":0,"at":0}'),
      );
      expect(begin(city, ABOUT)).toBe(false);
      expect(bringUpToDate(city)).toBe(false);
    }));
});
