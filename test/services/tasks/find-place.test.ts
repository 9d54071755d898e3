import { sql } from 'drizzle-orm';
import { describe, expect, test } from 'vitest';
import { announceTask } from '../../../src/services/tasks/announce-task.ts';
import { closeTask } from '../../../src/services/tasks/close-task.ts';
import { expectOk, newTask, TEST_CITY, type TestCity, withCity } from '../../support/city.ts';
import { databaseOf } from '../../support/store.ts';
import { versionsOf } from '../../support/work.ts';

const announceAt = (city: TestCity, place: string): number =>
  city.run((context) => {
    const startsAt = context.now + 3_600_000;
    const draft = { title: 'Sweep', place, credits: 1, slots: 1, startsAt, endsAt: null };
    return expectOk(announceTask(context, city.organizer.id, draft)).task.id;
  });

describe('the public record of a place', () => {
  test('is written once, whatever case, accents and punctuation people use', () =>
    withCity((city) => {
      const words = ['Café Colón, 5th & Main', 'cafe colon 5TH  Main', 'Café Colón'];
      for (const place of words) announceAt(city, place);
      const places = versionsOf(city, 'location');
      expect(places.map(({ operation, value }) => [operation, value.name])).toEqual([
        ['create', 'Café Colón, 5th & Main'],
        ['create', 'Café Colón'],
      ]);
      expect(places[0]?.value).toEqual({
        $type: 'app.certified.location',
        lpVersion: '1.0',
        srs: 'http://www.opengis.net/def/crs/OGC/1.3/CRS84',
        locationType: 'address',
        location: { $type: 'app.certified.location#string', string: 'Café Colón, 5th & Main' },
        name: 'Café Colón, 5th & Main',
        createdAt: '2026-11-23T18:00:00.000Z',
      });
      const [first, second, third] = versionsOf(city, 'task').map(({ value }) => value);
      expect(first?.location?.cid).toBe(places[0]?.cid);
      expect(second).toMatchObject({ place: words[1], location: first?.location });
      expect(third?.location?.cid).toBe(places[1]?.cid);
    }));

  test('is one for each where the words have no letter or digit', () =>
    withCity((city) => {
      for (const place of ['🌳', '🏖️', '🌳']) announceAt(city, place);
      expect(versionsOf(city, 'location').map(({ value }) => value.name)).toEqual(['🌳', '🏖️']);
    }));

  test('holds coordinates where the place is nothing else, once for each spelling', () =>
    withCity((city) => {
      const spellings = ['37.8715, -122.2730', '(37.8715,-122.273)', '37.8715, 122.2730'];
      for (const place of spellings) announceAt(city, place);
      const places = versionsOf(city, 'location').map(({ value }) => value);
      expect(places).toMatchObject([
        {
          locationType: 'coordinate-decimal',
          location: { string: '37.8715,-122.273' },
          name: '37.8715, -122.2730',
        },
        { location: { string: '37.8715,122.273' }, name: '37.8715, 122.2730' },
      ]);
      const tasks = versionsOf(city, 'task').map(({ value }) => value);
      expect(tasks.map(({ place }) => place)).toEqual(spellings);
      expect(tasks[1]?.location).toEqual(tasks[0]?.location);
    }));

  test('holds the coordinates that stand among the words, and the name without them', () =>
    withCity((city) => {
      const spellings = [
        'Live Oak Park (37.88390, -122.26900)',
        'live oak park',
        'Live Oak Park 37.8842,-122.2688',
      ];
      for (const place of spellings) announceAt(city, place);
      expect(versionsOf(city, 'location').map(({ value }) => value)).toMatchObject([
        {
          locationType: 'coordinate-decimal',
          location: { string: '37.8839,-122.269' },
          name: 'Live Oak Park',
        },
      ]);
      const tasks = versionsOf(city, 'task').map(({ value }) => value);
      expect(tasks.map(({ place }) => place)).toEqual(spellings);
    }));

  test('is another one a mile away, whose name keeps the coordinates', () =>
    withCity((city) => {
      const far = 'The trailhead 37.9011,-122.2455';
      for (const place of ['The trailhead 37.8839,-122.2690', far, far]) announceAt(city, place);
      expect(versionsOf(city, 'location').map(({ value }) => value)).toMatchObject([
        { location: { string: '37.8839,-122.269' }, name: 'The trailhead' },
        { location: { string: '37.9011,-122.2455' }, name: far },
      ]);
    }));

  test('has the coordinates that the city tells of it, by its name in any spelling', () => {
    const coordinates = { latitude: 37.88, longitude: -122.27 };
    const places = [{ name: 'Café Colón, 5th & Main', coordinates }];
    return withCity(
      (city) => {
        announceAt(city, 'cafe colon 5TH Main');
        announceAt(city, 'Another corner');
        expect(versionsOf(city, 'location').map(({ value }) => value)).toMatchObject([
          {
            locationType: 'coordinate-decimal',
            location: { string: '37.880,-122.270' },
            name: 'cafe colon 5TH Main',
          },
          { locationType: 'address', name: 'Another corner' },
        ]);
      },
      { city: { ...TEST_CITY, places } },
    );
  });

  test('is never replaced: one of words stays so when its coordinates become known', () =>
    withCity((city) => {
      announceAt(city, 'Live Oak Park');
      announceAt(city, 'Live Oak Park 37.8839,-122.2690');
      expect(versionsOf(city, 'location').map(({ value }) => value)).toMatchObject([
        { locationType: 'address', location: { string: 'Live Oak Park' } },
      ]);
    }));

  test('stays the same when the task is closed', () =>
    withCity((city) => {
      const taskId = newTask(city);
      expectOk(city.run((context) => closeTask(context, city.organizer.id, taskId)));
      expect(versionsOf(city, 'location')).toHaveLength(1);
      const [open, closed] = versionsOf(city, 'task').map(({ value }) => value);
      expect(closed).toMatchObject({ status: 'closed', location: open?.location });
    }));

  test('is given to an earlier task when that changes', () =>
    withCity((city) => {
      const taskId = newTask(city);
      databaseOf(city.store).run(sql`update tasks set place_id = null`);
      databaseOf(city.store).run(sql`delete from places`);
      expectOk(city.run((context) => closeTask(context, city.organizer.id, taskId)));
      const location = versionsOf(city, 'location').at(-1);
      expect(versionsOf(city, 'task').at(-1)?.value.location?.cid).toBe(location?.cid);
      const task = city.store.read.tasks.get(taskId);
      expect(city.store.read.places.get(task?.placeId ?? 0)).toMatchObject({
        name: 'The square',
        rkey: location?.rkey,
      });
    }));
});
