import { Hono } from 'hono';
import { expect, test } from 'vitest';
import { MINUTE_MS } from '../../../src/lib/clock.ts';
import { beginDataLink } from '../../../src/services/privacy/begin-data-link.ts';
import { takeMyData } from '../../../src/services/privacy/see-my-data.ts';
import { linksBelow } from '../../../src/web/base-path.ts';
import { myDataRoutes } from '../../../src/web/public/my-data-page.ts';
import { type TestCity, withCity } from '../../support/city.ts';
import { CITY } from '../../support/home-view.ts';

const PUBLIC_URL = 'https://city.example/bot';

/** A person, the path of their link, and the pages. */
function open(city: TestCity) {
  const ana = city.join('+15105550141');
  const begin = (): string => {
    const begun = city.run((context) => beginDataLink(context, ana.id));
    return (begun.ok ? begun.value : undefined)?.slice(PUBLIC_URL.length) ?? '';
  };
  const failures: Error[] = [];
  const app = new Hono();
  app.use(linksBelow('/bot'));
  app.route(
    '/',
    myDataRoutes(
      (token) => city.run((context) => takeMyData(context, token)),
      () => CITY,
      (error) => failures.push(error),
    ),
  );
  return { ana, begin, app, failures };
}

const opened = <T>(run: (parts: ReturnType<typeof open> & { city: TestCity }) => Promise<T>) =>
  withCity((city) => run({ ...open(city), city }), { publicUrl: PUBLIC_URL });

test('a link shows once all that is kept, to be read and to be saved, and is kept by nobody', () =>
  opened(async ({ ana, begin, app }) => {
    const path = begin();
    const page = await app.request(path);
    expect(page.status).toBe(200);
    expect(page.headers.get('cache-control')).toBe('no-store');
    expect(page.headers.get('referrer-policy')).toBe('no-referrer');
    const text = await page.text();
    expect(text).toContain('+15105550141');
    expect(text).toContain(ana.participantId);
    const [, json = ''] = /data:application\/json;charset=utf-8,([^"]+)"/.exec(text) ?? [];
    const file = JSON.parse(decodeURIComponent(json.replaceAll('&#39;', "'")));
    expect(file.addresses).toMatchObject([{ channel: 'sms', address: '+15105550141' }]);
    expect(file.parts.agreements).toMatchObject([{ wording: 'agreed in a test' }]);
    expect((await app.request(path)).status).toBe(404);
  }));

test('what looks at links by itself gets nothing, and uses none up', () =>
  opened(async ({ begin, app }) => {
    const path = begin();
    for (const init of [
      { method: 'HEAD' },
      { headers: { 'user-agent': 'TelegramBot (like TwitterBot)' } },
      { headers: { 'sec-purpose': 'prefetch' } },
    ]) {
      expect(await (await app.request(path, init)).text()).toBe('');
    }
    expect((await app.request(path)).status).toBe(200);
  }));

test('a link ends after half an hour, and with the next one', () =>
  opened(async ({ begin, app, city }) => {
    const first = begin();
    const second = begin();
    expect((await app.request(first)).status).toBe(404);
    city.clock.now += 30 * MINUTE_MS;
    expect((await app.request(second)).status).toBe(404);
    expect((await app.request('/my-data/aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa')).status).toBe(404);
  }));

test('a failure names no token', () =>
  withCity(async () => {
    const failures: string[] = [];
    const routes = myDataRoutes(
      () => {
        throw new Error('broken');
      },
      () => CITY,
      (error) => failures.push(error.message),
    );
    expect((await routes.request('/my-data/aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa')).status).toBe(500);
    expect(failures).toEqual(['broken']);
  }));
