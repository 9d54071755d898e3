// What people's phones and neighbors really send, through the sandbox's HTTP.
import { afterAll, beforeAll, expect, it } from 'vitest';
import { MINUTE_MS } from '../../src/lib/clock.ts';
import { SEEDED } from '../../src/sandbox/seed.ts';
import { TUESDAY } from '../support/city.ts';
import { standingClock } from '../support/clock.ts';
import { openSandbox, type Phone, type TestSandbox } from '../support/sandbox.ts';

const CODE = /[0-9A-Z]{4}-[0-9A-Z]{4}/;
const clock = standingClock(TUESDAY);

let sandbox: TestSandbox;
let organizer: Phone;
let resident: Phone;
let neighbor: Phone;
beforeAll(async () => {
  sandbox = await openSandbox({ clock });
  organizer = sandbox.phone('sms', SEEDED.organizer);
  resident = sandbox.phone('sms', '+15105550141');
  neighbor = sandbox.phone('bluesky', 'neighbor.test');
  for (const text of ['HI', 'OK', 'JOIN 1']) await resident.say(text);
});
afterAll(() => sandbox.stop());

/** The post of the first task on Bluesky, as every phone there shows it. */
const post = async (): Promise<string> =>
  (await neighbor.messages()).find(({ text, ...about }) => about.public && /Clean up/.test(text))
    ?.id ?? '';

it('means all right by Listo, gracias right after joining', async () => {
  // Task 1 can be done any time; whoever has just joined one of another day is not done.
  const other = sandbox.phone('sms', '+15105550142');
  for (const text of ['HI', 'OK', 'JOIN 2']) await other.say(text);
  expect(await other.ask('Listo, gracias')).toMatch(/^(All right!|¡Muy bien!)/);
});

it('keeps the question why open when the organizer’s phone reacts to it', async () => {
  for (const text of ['DONE 1 swept', 'OK']) await resident.say(text);
  const asked = await organizer.ask('REJECT 1');
  expect(await organizer.say(`Questioned “${asked}”`)).toEqual([]);
  expect(await organizer.say('Cuestionó “¿Por qué la evidencia 1…”')).toEqual([]);
  expect(await organizer.ask('NO')).toContain('stays on the list');
  expect(await organizer.ask('APPROVE 1')).toContain('Approved');
});

it('takes no title from an auto-reply, and never answers one', async () => {
  await organizer.say('ANNOUNCE');
  const driving = "I'm driving with Do Not Disturb While Driving turned on.";
  for (let time = 0; time < 12; time += 1) expect(await organizer.say(driving)).toEqual([]);
  expect(await organizer.ask('Rake leaves')).toContain('credits');
  await organizer.say('NO');
  const busy = "Auto-reply: I'm busy and won't respond to this.";
  for (let time = 0; time < 12; time += 1) expect(await resident.say(busy)).toEqual([]);
});

it('gives the code that lives to words that came twice', async () => {
  await Promise.all([resident.post('REDEEM 1'), resident.post('REDEEM 1')]);
  await sandbox.idle();
  const codes = (await resident.messages())
    .filter(({ text }) => text.startsWith('Your code'))
    .map(({ text }) => CODE.exec(text)?.[0]);
  expect(codes).toHaveLength(2);
  expect(new Set(codes).size).toBe(1);
  expect(await resident.ask('BALANCE')).toContain('You have 10 CITY credits');
  clock.time += MINUTE_MS;
  expect(codes).not.toContain(CODE.exec(await resident.ask('REDEEM 1'))?.[0]);
});

it('leaves strangers below a post to one another', async () => {
  const replyTo = await post();
  expect(replyTo).not.toBe('');
  for (const text of ['Nice, congrats!', '🎉', 'What should I bring?', 'Yes!']) {
    expect(await neighbor.say(text, { replyTo })).toEqual([]);
  }
  expect(await neighbor.ask("I'm in", { replyTo })).toContain('Reply OK');
  expect(await neighbor.ask('OK', { replyTo })).toContain("You're in for Clean up");
});

it('passes a question on, and asks who regrets whether to leave', async () => {
  const replyTo = await post();
  expect(await neighbor.ask('What should I bring?', { replyTo })).toContain('passed your question');
  const told = (await organizer.messages()).at(-1)?.text;
  expect(told).toMatch(/task 1, .*, from p-[0-9a-z]{12}: "What should I bring\?"/);
  expect(told).not.toContain('neighbor');
  expect(await neighbor.say('Thanks!', { replyTo })).toEqual([]);
  const asked = await neighbor.ask('Sorry, I can no longer make it', { replyTo });
  expect(asked).toContain('OK to leave task 1');
  expect(await neighbor.ask('OK', { replyTo })).toContain('You left task 1');
});

it.each([
  ['Stop. Thank you', true],
  ['STOP. I no longer live in Berkeley', true],
  ['Wrong number stop', true],
  ['stop msgs', true],
  ['dejar de recibir mensajes', true],
  ['HALT', true],
  ['STOP 12345', false],
  ['Stop sign repaired', false],
  ['we have got to STOP this', false],
  ['cancelar mi lugar', false],
])('reads %j as opting out: %s', async (text, isOut) => {
  await resident.say(text);
  expect((await resident.ask('BALANCE')) === '').toBe(isOut);
  if (isOut) await resident.say('START');
});
