import { Hono } from 'hono';
import { expect, test } from 'vitest';
import { HOUR_MS, MINUTE_MS } from '../../../src/lib/clock.ts';
import { createKeys } from '../../../src/lib/crypto.ts';
import { contextOf } from '../../../src/services/context.ts';
import { revoke, seeRevocable } from '../../../src/services/partners/revoke.ts';
import { suspendPartner } from '../../../src/services/partners/suspend-partner.ts';
import { announceTask } from '../../../src/services/tasks/announce-task.ts';
import { checkInCode } from '../../../src/services/tasks/check-in-code.ts';
import { closeTask } from '../../../src/services/tasks/close-task.ts';
import { seeSign, signLink } from '../../../src/services/tasks/sign-link.ts';
import { createWeb } from '../../../src/web/app.ts';
import { signRoutes } from '../../../src/web/public/sign-page.ts';
import {
  expectOk,
  repeatableRandom,
  TEST_KEY,
  type TestCity,
  withCity,
} from '../../support/city.ts';
import { CITY, homeReads } from '../../support/home-view.ts';
import { openDataParts } from '../../support/open-data.ts';

const PUBLIC_URL = 'https://city.example';

/** A task of the organizer, the path of its sign, its code, and the pages. */
function open(city: TestCity) {
  const task = city.run((context) =>
    expectOk(
      announceTask(context, city.organizer.id, {
        ...{ title: 'Sweep the square', place: 'The square', credits: 20, slots: 5 },
        startsAt: context.now + HOUR_MS,
        endsAt: context.now + 3 * HOUR_MS,
      }),
    ),
  ).task;
  const pathFor = (personId: number): string =>
    city.run((context) => signLink(context, personId, task))?.slice(PUBLIC_URL.length) ?? '';
  const code = city.run((context) => checkInCode(context, task));
  const failures: string[] = [];
  const app = createWeb({
    ...{ health: () => ({ ok: true }), metrics: () => '', home: homeReads(), assets: new Map() },
    openData: openDataParts(),
    failed: (error, path) => failures.push(`${error.message} ${path}`),
    seeSign: (number, token) => city.run((context) => seeSign(context, number, token)),
  });
  const see = async (path: string, init?: RequestInit) => app.request(path, init);
  const statusOf = async (path: string) => (await see(path)).status;
  return { task, path: pathFor(city.organizer.id), pathFor, code, see, statusOf, failures };
}

const opened = <T>(run: (parts: ReturnType<typeof open> & { city: TestCity }) => Promise<T>) =>
  withCity((city) => run({ ...open(city), city }), { publicUrl: PUBLIC_URL });

test('the sign of a task has the code, and says in every language how to check in', () =>
  opened(async ({ path, code, see }) => {
    expect(path).toMatch(/^\/tasks\/1\/sign\/[0-9]+-[0-9a-f]{24}$/);
    const page = await see(`${path}?lang=es`);
    expect(page.status).toBe(200);
    expect(page.headers.get('cache-control')).toBe('no-store');
    expect(page.headers.get('referrer-policy')).toBe('no-referrer');
    expect(page.headers.get('x-robots-tag')).toBe('noindex, nofollow');
    const text = await page.text();
    expect(text).toContain('<html lang="es"');
    expect(text).toContain(`<p class="sign-code">${code}</p>`);
    expect(text).toContain(`Text HERE ${code} to +15105550199`);
    expect(text).toContain(`Envía AQUÍ ${code} al +15105550199`);
    expect(text).toContain(`href="sms:+15105550199?&amp;body=HERE%20${code}"`);
    expect(text).toContain(`href="https://t.me/citysync_berkeley_bot?start=here-${code}"`);
    expect(text).toContain(`Send HERE ${code} in a message to @berkeley.example`);
    expect(text.match(/<svg class="qr"/g)).toHaveLength(2);
  }));

test('any other link leads nowhere: a wrong one, another task’s, another person’s', () =>
  opened(async ({ city, path, pathFor, statusOf }) => {
    const last = path.at(-1) === '0' ? '1' : '0';
    expect(await statusOf(path.slice(0, -1) + last)).toBe(404);
    expect(await statusOf(path.replace('/tasks/1/', '/tasks/2/'))).toBe(404);
    expect(await statusOf('/tasks/1/sign/x')).toBe(404);
    expect(await statusOf('/tasks/1/sign')).toBe(404);
    const token = path.split('-').at(-1);
    expect(await statusOf(`/tasks/1/sign/${city.admin.id}-${token}`)).toBe(404);
    // Nobody gives it to who does not act for the issuer; and it would be of no use.
    expect(await statusOf(pathFor(city.redeemer.id))).toBe(404);
    const keys = createKeys(new Uint8Array(32).fill(9), repeatableRandom());
    const forged = city.run((context) => {
      const task = context.tx.tasks.get(1);
      return task && signLink({ ...context, keys }, city.organizer.id, task);
    });
    expect(await statusOf(forged?.slice(PUBLIC_URL.length) ?? '')).toBe(404);
  }));

test('a link outlives a change of the secret key by as long as the old one is known', () =>
  opened(async ({ city, path }) => {
    const token = path.split('/').at(-1) ?? '';
    const look = (previous?: Uint8Array) => {
      const keys = createKeys(new Uint8Array(32).fill(9), repeatableRandom(), { previous });
      return city.store.transact((tx) =>
        seeSign(contextOf({ ...city.foundation, keys }, tx), 1, token),
      );
    };
    expect(look(TEST_KEY)).toBeDefined();
    expect(look()).toBeUndefined();
  }));

test('it ends two hours after the task, and at once when the task is closed', () =>
  opened(async ({ city, path, statusOf }) => {
    city.clock.now += 5 * HOUR_MS;
    expect(await statusOf(path)).toBe(200);
    city.clock.now += MINUTE_MS;
    expect(await statusOf(path)).toBe(404);
    city.clock.now -= 2 * HOUR_MS;
    city.run((context) => expectOk(closeTask(context, city.organizer.id, 1)));
    expect(await statusOf(path)).toBe(404);
  }));

test('it ends when the person no longer acts for the issuer', () =>
  opened(async ({ city, path, statusOf }) => {
    city.run((context) => {
      const role = seeRevocable(context, city.admin.id).find(
        ({ kind, participantId }) =>
          kind === 'delegation' && participantId === city.organizer.participantId,
      );
      expect(role && revoke(context, city.admin.id, role).ok).toBe(true);
    });
    expect(await statusOf(path)).toBe(404);
  }));

test('it ends when the issuer is suspended', () =>
  opened(async ({ city, path, statusOf }) => {
    city.run((context) => expectOk(suspendPartner(context, city.admin.id, 'The Issuer a test')));
    expect(await statusOf(path)).toBe(404);
  }));

test('what looks at links by itself does not get the code', () =>
  opened(async ({ path, see, code }) => {
    const init = { headers: { 'user-agent': 'TelegramBot (like TwitterBot)' } };
    expect(await (await see(path, init)).text()).not.toContain(code);
    expect(await (await see(path, { method: 'HEAD' })).text()).toBe('');
  }));

test('a failure names no token', async () => {
  const failures: string[] = [];
  const app = new Hono();
  app.route(
    '/',
    signRoutes({
      see: () => {
        throw new Error('broken');
      },
      city: () => CITY,
      task: () => undefined,
      failed: ({ message }) => failures.push(message),
    }),
  );
  expect((await app.request('/tasks/1/sign/1-aaaaaaaaaaaaaaaaaaaaaaaa')).status).toBe(500);
  expect(failures).toEqual(['broken']);
});
