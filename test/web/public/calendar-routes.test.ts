import { describe, expect, test } from 'vitest';
import { DAY_MS, HOUR_MS } from '../../../src/lib/clock.ts';
import { suspendPartner } from '../../../src/services/partners/suspend-partner.ts';
import { announceTask } from '../../../src/services/tasks/announce-task.ts';
import { closeTask } from '../../../src/services/tasks/close-task.ts';
import { createWeb } from '../../../src/web/app.ts';
import { calendarReads } from '../../../src/web/public/calendar-reads.ts';
import { BERKELEY, expectOk, type TestCity, withCity } from '../../support/city.ts';
import { homeReads } from '../../support/home-view.ts';
import { readCalendar } from '../../support/ics.ts';
import { openDataParts } from '../../support/open-data.ts';
import { readAssets } from '../../support/web-server.ts';

const assets = readAssets();

function webOf({ store, foundation, clock }: TestCity) {
  const { city, publicUrl } = foundation;
  return createWeb({
    health: () => ({ ok: true }),
    metrics: () => '',
    home: homeReads(),
    calendar: calendarReads({ store, city, publicUrl, now: () => clock.now }),
    openData: openDataParts(),
    assets,
  });
}

const eventsAt = async (city: TestCity, path: string) => {
  const response = await webOf(city).request(path);
  expect(response.status).toBe(200);
  return readCalendar(await response.text()).events;
};
const titles = async (city: TestCity, path = '/tasks.ics') =>
  (await eventsAt(city, path)).map(({ summary }) => summary);

const announce = (city: TestCity, title: string, place = 'The square', in_ms = DAY_MS): number =>
  city.run((context) => {
    const startsAt = context.now + in_ms;
    const draft = { title, place, credits: 1, slots: 1, startsAt, endsAt: startsAt + HOUR_MS };
    return expectOk(announceTask(context, city.organizer.id, draft)).task.id;
  });

describe('/tasks/12.ics', () => {
  test('is the task, as a file for calendars', () =>
    withCity(
      async (city) => {
        const number = announce(city, 'Sweep', 'North gate 37.8859, -122.2619');
        const response = await webOf(city).request(`/tasks/${number}.ics`);
        expect(response.headers.get('content-type')).toBe('text/calendar; charset=utf-8');
        expect(response.headers.get('cache-control')).toBe('public, no-cache');
        const [event] = readCalendar(await response.text()).events;
        expect(event).toMatchObject({
          summary: 'Sweep',
          geo: '37.8859;-122.2619',
          url: `https://city.example/tasks/${number}`,
        });
      },
      { publicUrl: 'https://city.example' },
    ));

  test('is not there for a task that is not', () =>
    withCity(async (city) => {
      for (const path of ['/tasks/9.ics', '/tasks/0.ics', '/tasks/x.ics']) {
        expect((await webOf(city).request(path)).status).toBe(404);
      }
    }));

  test('is not sent again to whoever has it, until it is changed', () =>
    withCity(async (city) => {
      const number = announce(city, 'Sweep');
      const path = `/tasks/${number}.ics`;
      const etag = (await webOf(city).request(path)).headers.get('etag') ?? '';
      const again = () => webOf(city).request(path, { headers: { 'if-none-match': etag } });
      expect((await again()).status).toBe(304);
      city.run((context) => expectOk(closeTask(context, city.organizer.id, number)));
      expect((await again()).status).toBe(200);
    }));
});

describe('the pages', () => {
  test('lead to the calendars, and that of a closed task to none', () =>
    withCity(async (city) => {
      const page = async (path: string) =>
        (await webOf(city).request(path, { headers: { accept: 'text/html' } })).text();
      expect(await page('/?lang=en')).toContain(
        '<a href="/tasks.ics?lang=en">All tasks in your calendar</a>',
      );
      expect(await page('/tasks/1?lang=es')).toContain(
        '<a href="/tasks/1.ics?lang=es">Agregar a tu calendario</a>',
      );
      expect(await page('/tasks/3?lang=en')).not.toContain('.ics');
    }));
});

describe('/tasks.ics', () => {
  test('keeps what is over for a week, and what is closed as cancelled', () =>
    withCity(async (city) => {
      announce(city, 'Soon');
      const closed = announce(city, 'Closed');
      announce(city, 'Later', 'The square', 20 * DAY_MS);
      city.run((context) => expectOk(closeTask(context, city.organizer.id, closed)));
      expect(await titles(city)).toEqual(['Soon', 'Called off: Closed', 'Later']);
      city.clock.now += 8 * DAY_MS + HOUR_MS - 1;
      expect(await titles(city)).toHaveLength(3);
      city.clock.now += 1;
      expect(await titles(city)).toEqual(['Later']);
    }));

  test('shows nothing of an issuer that is suspended', () =>
    withCity(async (city) => {
      announce(city, 'Soon');
      city.run((context) => expectOk(suspendPartner(context, city.admin.id, 'The Issuer Check')));
      expect(await titles(city)).toEqual([]);
    }));

  test('is that of one area where one is named, in any of its words', () =>
    withCity(
      async (city) => {
        announce(city, 'South', 'A gate 37.855, -122.272');
        announce(city, 'Words', 'South Berkeley library');
        announce(city, 'Elsewhere');
        for (const area of ['south', 'SOUTH%20BERKELEY', 'Sóuth']) {
          expect(await titles(city, `/tasks.ics?area=${area}`)).toEqual(['South', 'Words']);
        }
        const unknown = await webOf(city).request('/tasks.ics?area=moon');
        expect(unknown.status).toBe(404);
        expect(await unknown.json()).toMatchObject({
          instead: ['/tasks.ics?area=South%20Berkeley'],
        });
      },
      {
        city: {
          ...BERKELEY,
          areas: [
            {
              name: 'South Berkeley',
              aliases: ['south'],
              center: { latitude: 37.855, longitude: -122.272 },
              radiusMeters: 1500,
            },
          ],
        },
      },
    ));
});
