// What is done at the desk is done as the words do it: once, by whom may, and told where it matters.
import { expect, test } from 'vitest';
import { SEEDED } from '../../../src/sandbox/seed.ts';
import { signIn, withDesk } from '../../support/desk.ts';

const TASK = {
  title: 'Paint the fence',
  credits: '12',
  when: 'Sat Nov 28, 9-11 am',
  where: 'Ohlone Park',
  slots: '4',
};
const HOSTILE = `"><script>alert('1')</script>&amp;{{7*7}}\u202E'; DROP TABLE tasks--`;

test('a task is announced by a form, after it was read back', () =>
  withDesk(async (desk) => {
    const browser = await signIn(desk, SEEDED.organizer);
    await browser.get('/desk/tasks');
    await browser.send('/desk/act/announce', TASK);
    expect(browser.text()).toContain('Paint the fence');
    expect(browser.text()).toContain('Ohlone Park');
    await browser.send('/desk/answer', { choice: 'OK' });
    expect(browser.text()).toMatch(/Announced|announced/);
    expect(await desk.ask(SEEDED.resident, 'HI')).not.toBe('');
    expect(desk.city.store.read.tasks.ofIssuer(1, 10).map(({ title }) => title)).toContain(
      'Paint the fence',
    );
  }));

test('a form that is sent twice does it once, and shows the same answer', () =>
  withDesk(async (desk) => {
    const browser = await signIn(desk, SEEDED.organizer);
    await browser.get('/desk/tasks');
    await browser.send('/desk/act/announce', TASK);
    const form = { ...browser.fieldsOf('/desk/answer'), choice: 'OK' };
    const [first, second] = [
      await (await browser.post('/desk/answer', form)).text(),
      await (await browser.post('/desk/answer', form)).text(),
    ];
    const said = /class="answer"[\s\S]*?<\/section>/;
    expect(said.exec(second)?.[0]).toBe(said.exec(first)?.[0]);
    const titles = desk.city.store.read.tasks.ofIssuer(1, 10).map(({ title }) => title);
    expect(titles.filter((title) => title === TASK.title)).toHaveLength(1);
  }));

test('a form without the seal of its session, or from another site, does nothing', () =>
  withDesk(async (desk) => {
    const browser = await signIn(desk, SEEDED.organizer);
    const other = await signIn(desk, SEEDED.redeemer);
    await browser.get('/desk/tasks/1');
    const form = browser.fieldsOf('/desk/act/close');
    const theirs = other.fieldsOf('/desk/sessions').seal ?? '';
    for (const seal of ['', 'x'.repeat(64), theirs]) {
      expect((await browser.post('/desk/act/close', { ...form, seal })).status).toBe(401);
    }
    const sent = await desk.app.request('/desk/act/close', {
      method: 'POST',
      headers: { cookie: browser.cookie(), 'sec-fetch-site': 'same-site' },
      body: new URLSearchParams(form),
    });
    expect(sent.status).toBe(401);
    expect(desk.city.store.read.tasks.get(1)?.state).toBe('open');
    expect((await browser.post('/desk/act/close', form)).status).toBe(200);
    expect(desk.city.store.read.tasks.get(1)?.state).toBe('closed');
  }));

test('hostile strings in every field are shown as they were written, and nothing becomes two', () =>
  withDesk(async (desk) => {
    const admin = await signIn(desk, SEEDED.admin);
    await admin.get('/desk/city');
    for (const action of ['invite-partner', 'mute'] as const) {
      await admin.get('/desk/city');
      await admin.send(`/desk/act/${action}`, { name: HOSTILE, kind: 'issuer', task: HOSTILE });
      expect(admin.html()).not.toContain('<script>alert');
    }
    await admin.get('/desk/city');
    expect(admin.html()).not.toContain('<script>alert');
    const browser = await signIn(desk, SEEDED.organizer);
    for (const field of Object.keys(TASK)) {
      await browser.get('/desk/tasks');
      await browser.send('/desk/act/announce', { ...TASK, [field]: HOSTILE });
      expect(browser.html()).not.toContain('<script>alert');
    }
    await browser.get('/desk/tasks');
    await browser.send('/desk/act/announce', { ...TASK, title: 'One; 99; tomorrow' });
    expect(browser.text()).toContain('One, 99, tomorrow');
    const back = { back: 'https://evil.example/desk' };
    const answered = await browser.send('/desk/answer', { ...back, choice: HOSTILE });
    expect(answered.status).toBe(200);
    expect(browser.html()).not.toContain('<script>alert');
  }));

test('each sees and does only what their role allows', () =>
  withDesk(async (desk) => {
    const cafe = await signIn(desk, SEEDED.redeemer);
    for (const path of ['/desk/tasks', '/desk/city', '/desk/tasks/1', '/desk/review/1']) {
      expect((await cafe.get(path)).status).toBe(404);
    }
    await cafe.get('/desk');
    const { seal = '', form = '' } = cafe.fieldsOf('/desk/sessions');
    const fields = { seal, back: '/desk', task: '1', why: 'Mine', name: 'Northside Café' };
    for (const [at, action] of ['close', 'calloff', 'cap', 'suspend', 'tell'].entries()) {
      const sent = { ...fields, form: form.replace(/\d+$/, String(100 + at)) };
      expect((await cafe.post(`/desk/act/${action}`, sent)).status).toBe(200);
      expect(cafe.text()).toMatch(/organizer|admin|HELP/);
    }
    expect(desk.city.store.read.tasks.get(1)?.state).toBe('open');
    expect(desk.city.store.read.partners.all('redeemer')[0]?.state).toBe('approved');
  }));

test('what moves authority asks for no number, and is told on the phone', () =>
  withDesk(async (desk) => {
    const admin = await signIn(desk, SEEDED.admin);
    await admin.get('/desk/city');
    await admin.send(
      '/desk/act/suspend',
      { why: 'The books are checked' },
      { name: 'Northside Café' },
    );
    expect(admin.text()).toContain('Northside Café is suspended');
    await desk.city.idle();
    expect(desk.sentTo(SEEDED.admin).join('\n')).toContain('Done on your desk: Northside Café');
    expect(desk.sentTo(SEEDED.admin).join('\n')).toContain('LOGIN OFF');
  }));

test('a question of the desk is none at the phone, and the other way round', () =>
  withDesk(async (desk) => {
    const browser = await signIn(desk, SEEDED.organizer);
    await browser.get('/desk/tasks/1');
    await browser.send('/desk/act/calloff', { why: 'Rain' }, { task: '1' });
    expect(browser.text()).toContain('Rain');
    await desk.ask(SEEDED.organizer, 'OK');
    expect(desk.city.store.read.tasks.get(1)?.state).toBe('open');
    await browser.send('/desk/answer', { choice: 'OK' });
    expect(desk.city.store.read.tasks.get(1)?.state).toBe('called-off');
  }));

test('people are marked as there by tapping them', () =>
  withDesk(async (desk) => {
    for (const text of ['HI', 'OK', 'JOIN 1']) await desk.ask('+15105550141', text);
    for (const text of ['HI', 'OK', 'JOIN 1']) await desk.ask('+15105550142', text);
    const browser = await signIn(desk, SEEDED.organizer);
    const task = desk.city.store.read.tasks.get(1);
    desk.clock.time = (task?.startsAt ?? 0) + 60_000;
    const again = await signIn(desk, SEEDED.organizer);
    await again.get('/desk/tasks/1');
    await again.send('/desk/act/here', { people: ['1', '2'] });
    expect(again.text()).toMatch(/1 p-\w{12}\s+is here/);
    expect(again.text()).toMatch(/2 p-\w{12}\s+is here/);
    expect(browser.cookie()).not.toBe('');
  }));
