// Who a city is comes through a rebuild as it was: nothing is written a second time.
import { sql } from 'drizzle-orm';
import { describe, expect, it } from 'vitest';
import type { City } from '../../src/domain/city.ts';
import { COLLECTIONS } from '../../src/records/kinds/index.ts';
import { publishCity } from '../../src/services/city/publish-city.ts';
import { publishPresence } from '../../src/services/city/publish-presence.ts';
import { recordCityWork } from '../../src/services/city/record-city-work.ts';
import { type Context, contextOf } from '../../src/services/context.ts';
import { newTask, TEST_CITY, TEST_NOW, testFoundation, withCity } from '../support/city.ts';
import { standingClock } from '../support/clock.ts';
import { sourceOf, withRebuilt } from '../support/rebuilt.ts';
import { databaseOf } from '../support/store.ts';
import { doWork } from '../support/work.ts';

const PAPERVILLE: City = {
  ...TEST_CITY,
  about: {
    description: 'What residents do here.',
    location: { name: 'Testville', coordinates: { latitude: 37.8716, longitude: -122.2727 } },
    avatar: { uri: 'https://city.example/avatar.png' },
  },
};

const begin = (context: Context): boolean => {
  publishCity(context);
  return publishPresence(context);
};

const HOURS_LATER = TEST_NOW + 10 * 3_600_000;

describe('a city that is rebuilt', () => {
  it('is the same city to other clients', () =>
    withCity(
      async (city) => {
        city.run(begin);
        const taskId = newTask(city);
        for (const one of [1, 2]) doWork(city, city.join(`+1510555018${one}`), taskId);
        expect(city.run((context) => recordCityWork(context))).toBe(true);
        await withRebuilt(sourceOf(databaseOf(city.store)), (_after, _rebuilt, store) => {
          const foundation = testFoundation({
            clock: standingClock(HOURS_LATER),
            city: PAPERVILLE,
          });
          const run = (work: (context: Context) => boolean) =>
            store.transact((tx) => work(contextOf(foundation, tx)));
          expect(run(begin)).toBe(false);
          expect(run((context) => recordCityWork(context))).toBe(false);
        });
      },
      { city: PAPERVILLE },
    ));

  it('has all the work in the city as no task’s', () =>
    withCity(
      async (city) => {
        city.run(begin);
        doWork(city, city.join('+15105550191'), newTask(city));
        await withRebuilt(sourceOf(databaseOf(city.store)), (after, { counts, leftOut }) => {
          expect(leftOut).toEqual([]);
          expect(after.all(sql`select rkey from activities`)).toHaveLength(1);
          expect(counts.get(COLLECTIONS.activity)).toBe(2);
          for (const kind of ['project', 'profile', 'organization'] as const) {
            expect(counts.get(COLLECTIONS[kind])).toBe(1);
          }
        });
      },
      { city: PAPERVILLE },
    ));

  it('has the project after the work that it refers to', () =>
    withCity(
      async (city) => {
        city.run(begin);
        city.clock.now += 60_000;
        doWork(city, city.join('+15105550192'), newTask(city));
        await withRebuilt(sourceOf(databaseOf(city.store)), (after) => {
          const keys = after
            .all<{ collection: string; rkey: string }>(
              sql`select collection, rkey from records order by seq`,
            )
            .map(({ collection, rkey }) => `${collection}/${rkey}`);
          const work = keys.indexOf(`${COLLECTIONS.cityWork}/city`);
          const project = keys.findIndex((key) => key.startsWith(`${COLLECTIONS.project}/`));
          const last = keys.findLastIndex((key) => key.startsWith(`${COLLECTIONS.activity}/`));
          expect(work).toBeGreaterThan(0);
          expect(project).toBeGreaterThan(work);
          expect(last).toBeGreaterThan(project);
        });
      },
      { city: PAPERVILLE },
    ));
});
