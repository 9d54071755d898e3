import { expect, test } from 'vitest';
import { createWeb } from '../../src/web/app.ts';
import { calendarReads } from '../../src/web/public/calendar-reads.ts';
import { newTask, withCity } from '../support/city.ts';
import { homeReads } from '../support/home-view.ts';
import { readCalendar } from '../support/ics.ts';
import { openDataParts } from '../support/open-data.ts';

test('a calendar comes from a Durable Object', () =>
  withCity(async (city) => {
    newTask(city);
    const { store, foundation, clock } = city;
    const app = createWeb({
      health: () => ({ ok: true }),
      metrics: () => '',
      home: homeReads(),
      calendar: calendarReads({
        ...{ store, city: foundation.city, publicUrl: undefined },
        now: () => clock.now,
      }),
      openData: openDataParts(),
      assets: new Map(),
    });
    const { events } = readCalendar(await (await app.request('/tasks.ics')).text());
    expect(events).toMatchObject([{ summary: 'Sweep the square', location: 'The square' }]);
  }));
