import { Hono } from 'hono';
import { expect, test } from 'vitest';
import { HOUR_MS } from '../../../src/lib/clock.ts';
import { beginProof, endProof, publishProof } from '../../../src/services/proof/keep-proof.ts';
import { seeProof } from '../../../src/services/proof/see-proof.ts';
import { announceTask } from '../../../src/services/tasks/announce-task.ts';
import { proofRoutes } from '../../../src/web/public/proof-page.ts';
import { expectOk, newTask, type TestCity, withCity } from '../../support/city.ts';
import { CITY } from '../../support/home-view.ts';
import { doWork, sendWork } from '../../support/work.ts';

const PUBLIC_URL = 'https://city.example';

function open(city: TestCity) {
  const ana = city.join('+15105550141');
  const begin = (isNew = false): string => {
    const begun = city.run((context) => beginProof(context, ana.id, { isNew, isPublic: false }));
    return expectOk(begun)?.url.slice(PUBLIC_URL.length) ?? '';
  };
  const failures: Error[] = [];
  const app = new Hono();
  const routes = proofRoutes(
    (token) => city.run((context) => seeProof(context, token)),
    () => CITY,
    (error) => failures.push(error),
  );
  app.route('/', routes);
  const page = async (path: string, headers: Record<string, string> = {}) =>
    (await app.request(path, { headers })).text();
  return { city, ana, begin, app, page, failures };
}
const opened = <T>(run: (parts: ReturnType<typeof open>) => Promise<T>) =>
  withCity((city) => run(open(city)), { publicUrl: PUBLIC_URL });

/** Work that was verified on a task of three hours and a quarter. */
function workHours({ city, ana }: Pick<ReturnType<typeof open>, 'city' | 'ana'>): void {
  const startsAt = city.clock.now + HOUR_MS;
  const endsAt = startsAt + 3.25 * HOUR_MS;
  const place = 'Ohlone <b>Park</b>';
  const taskId = city.run(
    (context) =>
      expectOk(
        announceTask(context, city.organizer.id, {
          ...{ title: 'Weed the beds', place, credits: 30, slots: 3, startsAt, endsAt },
        }),
      ).task.id,
  );
  doWork(city, ana, taskId);
}

test('shows verified work with its hours, each line with its record, and names nobody', () =>
  opened(async (parts) => {
    const { city, ana, begin, page } = parts;
    workHours(parts);
    doWork(city, ana, newTask(city, { credits: 20 }));
    // What is not reviewed is not proven, nor is what others did.
    sendWork(city, ana, newTask(city, { credits: 7 }));
    const text = await page(begin());
    expect(text).toContain('Proof of service');
    expect(text).toContain(ana.participantId);
    expect(text).toContain('Hours: 3.25');
    expect(text).toContain('Ohlone &lt;b&gt;Park&lt;/b&gt;');
    expect(text).toContain('No fixed hours');
    expect(text).toMatch(/<dt>Tasks<\/dt><dd>2</);
    expect(text).toMatch(/<dt>Hours<\/dt><dd>3.25</);
    expect(text).toMatch(/<dt>Credits<\/dt><dd>50</);
    expect(text.match(/org\.city-sync\.civic\.claim/g)?.length ?? 0).toBeGreaterThanOrEqual(2);
    expect(text).toContain('November 23, 2026');
    expect(text).not.toContain('5550141');
    const spanish = await page(`${begin(true)}?lang=es`);
    expect(spanish).toContain('Constancia de servicio');
    expect(spanish).toContain('23 de noviembre de 2026');
  }));

test('is kept by nobody and shown to no robot until it is public', () =>
  opened(async ({ city, ana, begin, app }) => {
    const path = begin();
    const robot = { headers: { 'user-agent': 'TelegramBot (like TwitterBot)' } };
    const secret = await app.request(path);
    expect(secret.headers.get('cache-control')).toBe('no-store');
    expect(secret.headers.get('x-robots-tag')).toContain('noindex');
    expect((await app.request(path, robot)).status).toBe(204);
    expect((await app.request(path, { method: 'HEAD' })).status).toBe(204);
    expectOk(city.run((context) => publishProof(context, ana.id)));
    const open = await app.request(path, robot);
    expect([open.status, open.headers.get('x-robots-tag')]).toEqual([200, null]);
    expect(await open.text()).toContain('This page is public');
  }));

test('is gone once it was ended, or another one was begun; other tokens show nothing', () =>
  opened(async ({ city, ana, begin, app }) => {
    const first = begin();
    const second = begin(true);
    expect((await app.request(first)).status).toBe(404);
    expect((await app.request(second)).status).toBe(200);
    expect((await app.request(`/proof/${'0'.repeat(32)}`)).status).toBe(404);
    expect(city.run((context) => endProof(context, ana.id))).toBe(true);
    expect((await app.request(second)).status).toBe(404);
  }));

test('its token is not kept, and not in what is told of an error', () =>
  opened(async ({ city, ana, begin, failures }) => {
    const path = begin();
    const token = path.split('/').at(-1) ?? '';
    expect(city.store.read.proofs.of(ana.id)?.digest).not.toContain(token);
    const broken = proofRoutes(
      () => {
        throw new Error('no disk');
      },
      () => CITY,
      (error) => failures.push(error),
    );
    const answer = await broken.request(path);
    expect(answer.status).toBe(500);
    expect(await answer.text()).not.toContain(token);
    expect(failures.map(({ message }) => message)).toEqual(['no disk']);
  }));
