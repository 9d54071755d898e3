// LOGIN: a link that works once, a session that ends, and nobody else's.
import { expect, test } from 'vitest';
import { forgetExpiredJob } from '../../../src/jobs/forget-expired.ts';
import { SEEDED } from '../../../src/sandbox/seed.ts';
import { browserOf, signIn, withDesk } from '../../support/desk.ts';

const HOUR_S = 3600;

test('a robot that opens the link first uses nothing up, and the button opens the desk once', () =>
  withDesk(async (desk) => {
    const link = await desk.link(SEEDED.organizer);
    for (const agent of ['TelegramBot (like TwitterBot)', 'Mozilla/5.0']) {
      const page = await desk.app.request(link, { headers: { 'user-agent': agent } });
      expect(page.status).toBe(200);
      expect(page.headers.getSetCookie()).toEqual([]);
      expect(page.headers.get('cache-control')).toBe('no-store');
    }
    const browser = browserOf(desk.app);
    await browser.get(link);
    expect(browser.text()).toContain('Open your desk');
    const opened = await desk.app.request(link, { method: 'POST' });
    expect(opened.status).toBe(303);
    const [cookie = ''] = opened.headers.getSetCookie();
    expect(cookie).toMatch(
      /^__Host-desk=[0-9a-f]{64}; Max-Age=1209600; Path=\/; HttpOnly; Secure; SameSite=Strict$/,
    );
    const again = await desk.app.request(link, { method: 'POST' });
    expect([again.status, again.headers.getSetCookie()]).toEqual([404, []]);
  }));

test('a link is void after ten minutes, and once there is a newer one', () =>
  withDesk(async (desk) => {
    const first = await desk.link(SEEDED.organizer);
    const second = await desk.link(SEEDED.organizer);
    expect((await desk.app.request(first, { method: 'POST' })).status).toBe(404);
    await desk.wait(10 * 60);
    expect((await desk.app.request(second, { method: 'POST' })).status).toBe(404);
    const third = await desk.link(SEEDED.organizer);
    await desk.wait(10 * 60 - 1);
    expect((await desk.app.request(third, { method: 'POST' })).status).toBe(303);
  }));

test('another site cannot press the button', () =>
  withDesk(async (desk) => {
    const link = await desk.link(SEEDED.organizer);
    const headers = { 'sec-fetch-site': 'cross-site' };
    expect((await desk.app.request(link, { method: 'POST', headers })).status).toBe(404);
    expect((await desk.app.request(link, { method: 'POST' })).status).toBe(303);
  }));

test('only whoever acts for somebody gets a link, and a city without an address says so', () =>
  withDesk(async (desk) => {
    for (const text of ['HI', 'OK']) await desk.ask('+15105550177', text);
    expect(await desk.ask('+15105550177', 'LOGIN')).toContain("there's no desk for you");
    expect(await desk.ask('+15105550177', 'ENTRAR 1')).toContain("You're in");
  }));

test('a session lives twelve hours after its last use, and fourteen days at most', () =>
  withDesk(async (desk) => {
    const browser = await signIn(desk, SEEDED.organizer);
    for (let times = 0; times < 29; times += 1) {
      await desk.wait(11 * HOUR_S);
      expect((await browser.get('/desk')).status).toBe(200);
    }
    await desk.wait(11 * HOUR_S);
    expect((await browser.get('/desk')).status).toBe(200);
    await desk.wait(8 * HOUR_S);
    expect((await browser.get('/desk')).status).toBe(401);
    const other = await signIn(desk, SEEDED.organizer);
    await desk.wait(12 * HOUR_S);
    expect((await other.get('/desk')).status).toBe(401);
  }));

test('LOGIN OFF ends every session at once, also one whose cookie was stolen', () =>
  withDesk(async (desk) => {
    const browser = await signIn(desk, SEEDED.organizer);
    const thief = browserOf(desk.app);
    thief.steal(browser.cookie());
    expect((await thief.get('/desk/tasks')).status).toBe(200);
    const form = thief.fieldsOf('/desk/act/announce');
    expect(await desk.ask(SEEDED.organizer, 'LOGIN OFF')).toContain('Browsers signed out: 1');
    expect((await thief.get('/desk/tasks')).status).toBe(401);
    const sent = await thief.post('/desk/act/announce', { ...form, title: 'Mine' });
    expect(sent.status).toBe(401);
  }));

test('the page lists the sessions, and ends one of them or all', () =>
  withDesk(async (desk) => {
    const one = await signIn(desk, SEEDED.organizer);
    const other = await signIn(desk, SEEDED.organizer);
    expect(other.html().match(/Opened/g)).toHaveLength(2);
    await other.send('/desk/sessions', {}, { session: '1' });
    expect((await one.get('/desk')).status).toBe(401);
    expect((await other.get('/desk')).status).toBe(200);
    const closed = await other.send('/desk/sessions', {}, { session: 'all' });
    expect(await closed.text()).toContain('Your desk is closed now');
    expect((await other.get('/desk')).status).toBe(401);
  }));

test('who lost their last role, or is forgotten, is signed out at once', () =>
  withDesk(async (desk) => {
    const browser = await signIn(desk, SEEDED.redeemer);
    expect((await browser.get('/desk')).status).toBe(200);
    desk.city.run(({ tx, now }) => {
      const [cafe] = tx.partners.all('redeemer');
      const [person = 0] = tx.partners.personsActingFor(cafe?.id ?? 0, now);
      tx.forgetting.revokeAll(person, now);
    });
    expect((await browser.get('/desk')).status).toBe(401);
    const leaving = '+15105550188';
    await desk.addReviewer(leaving);
    const reviewer = await signIn(desk, leaving);
    for (const text of ['FORGET ME', 'OK', 'OK']) await desk.ask(leaving, text);
    expect((await reviewer.get('/desk')).status).toBe(401);
  }));

test('a city below a path of its host has its desk there', () =>
  withDesk(
    async (desk) => {
      const link = await desk.link(SEEDED.organizer);
      expect(link).toMatch(/^\/bot\/desk\/login\/[0-9a-f]{64}$/);
      const browser = browserOf(desk.app, '/bot');
      await browser.get(link);
      expect((await browser.send(link.slice('/bot'.length))).status).toBe(200);
      await browser.get('/bot/desk/tasks/1');
      await browser.send('/desk/act/close', {}, { back: '/desk/tasks/1' });
      expect(desk.city.store.read.tasks.get(1)?.state).toBe('closed');
    },
    { publicUrl: 'https://city.example/bot', basePath: '/bot' },
  ));

test('links, sessions and answers that are over are deleted', () =>
  withDesk(async (desk) => {
    const browser = await signIn(desk, SEEDED.organizer);
    await browser.get('/desk/tasks');
    await browser.send('/desk/act/announce', { title: 'One' });
    await desk.link(SEEDED.organizer);
    const left = () =>
      desk.city.run((context) => {
        forgetExpiredJob(() => true).run(context);
        return [1, 2, 3].map((person) => context.tx.desk.sessionsOf(person).length);
      });
    expect(Math.max(...left())).toBe(1);
    await desk.wait(12 * HOUR_S);
    expect(Math.max(...left())).toBe(0);
  }));
