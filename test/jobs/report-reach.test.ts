import { afterEach, beforeEach, expect, onTestFinished, test, vi } from 'vitest';
import { MINUTE_MS, SECOND_MS } from '../../src/lib/clock.ts';
import { contextOf } from '../../src/services/context.ts';
import { setAlerts } from '../../src/services/people/set-alerts.ts';
import { newPerson } from '../support/city.ts';
import { ADMIN, type Conversation, ORGANIZER, openConversation } from '../support/conversation.ts';

const ANNOUNCE = 'ANNOUNCE Plant trees; 5; sat 9am-11am; Park; 60';
let city: Conversation;
beforeEach(() => {
  city = openConversation({ hasReceipts: true });
});
afterEach(() => city.close());

const phone = (at: number): string => `+1510555${String(3000 + at)}`;
const subscribe = async (count: number): Promise<string[]> => {
  const phones = Array.from({ length: count }, (_, at) => phone(at));
  for (const one of phones) {
    await city.join(one);
    await city.say(one, 'ALERTS');
  }
  return phones;
};
const announce = async (): Promise<void> => {
  await city.say(ORGANIZER, ANNOUNCE);
  await city.say(ORGANIZER, 'OK');
  await city.settle();
};
const pass = async (ms: number): Promise<void> => {
  city.clock.time += ms;
  await city.settle();
};
/** What somebody heard, without the sentence that the law asks for now and then. */
const texts = (address: string) =>
  city.heard(address).map(({ text }) => text.replace('\nReply STOP to opt out.', ''));

test('whoever announced a task hears whom its texts reached and whom not, and why, once', async () => {
  const phones = await subscribe(6);
  city.failTo(phone(5), 'unreachable');
  await announce();
  city.heard(ORGANIZER);
  for (const one of phones.slice(0, 4)) await city.receipt(one, { state: 'delivered' });
  await pass(11 * SECOND_MS);
  // One receipt is still to come.
  expect(texts(ORGANIZER)).toEqual([]);
  await city.receipt(phone(4), { state: 'failed', why: 'stopped' });
  await pass(11 * SECOND_MS);
  const [said, ...more] = texts(ORGANIZER);
  expect(said).toMatch(
    /^Task 4\. Texts reached: 4\. Not reached: 2 \((1 opted out, 1 not in service|1 not in service, 1 opted out)\)\.$/,
  );
  expect(more).toEqual([]);
  await pass(20 * MINUTE_MS);
  expect(texts(ORGANIZER)).toEqual([]);
});

test('a receipt that never comes is waited for ten minutes, and told as no word', async () => {
  await subscribe(2);
  await announce();
  city.heard(ORGANIZER);
  await city.receipt(phone(0), { state: 'delivered' });
  await pass(9 * MINUTE_MS);
  expect(texts(ORGANIZER)).toEqual([]);
  await pass(MINUTE_MS);
  expect(texts(ORGANIZER)).toEqual(['Task 4. Texts reached: 1. Not reached: 0. No word yet: 1.']);
});

test('a halted broadcast tells how many were not told', async () => {
  await subscribe(3);
  // In the evening nothing goes out.
  city.clock.time += 11 * 60 * MINUTE_MS;
  await announce();
  await city.say(ADMIN, 'MUTE 4');
  city.heard(ORGANIZER);
  await pass(13 * 60 * MINUTE_MS);
  expect(texts(ORGANIZER)).toEqual(['Task 4. Texts reached: 0. Not reached: 0. Not sent: 3.']);
});

test('a notice about a task that did not arrive is told, and ROSTER marks who did not hear', async () => {
  const [ana, ben] = [phone(0), phone(1)];
  await city.say(ORGANIZER, 'ANNOUNCE Plant trees; 5; sat 9am-11am; Park; 1');
  await city.say(ORGANIZER, 'OK');
  for (const one of [ana, ben]) {
    await city.join(one);
    await city.say(one, 'JOIN 4');
  }
  // Ben has Ana's place now, and does not know it.
  await city.say(ana, 'DROP 4');
  await city.settle();
  expect(await city.ask(ORGANIZER, 'ROSTER 4')).not.toContain('not reached');
  await city.receipt(ben, { state: 'failed', why: 'rejected' });
  await pass(11 * SECOND_MS);
  expect(texts(ORGANIZER)).toEqual([
    'Task 4. Not reached with news about it: 1 (1 blocked by carrier). Reply ROSTER 4 to see who.',
  ]);
  expect(await city.ask(ORGANIZER, 'ROSTER 4')).toMatch(/p-\w+ is in, not reached/);
  await pass(MINUTE_MS);
  expect(texts(ORGANIZER)).toEqual([]);
});

test('a notice that is tried again is no news until it is given up', async () => {
  const [ana, ben] = [phone(0), phone(1)];
  await city.say(ORGANIZER, 'ANNOUNCE Plant trees; 5; sat 9am-11am; Park; 1');
  await city.say(ORGANIZER, 'OK');
  for (const one of [ana, ben]) {
    await city.join(one);
    await city.say(one, 'JOIN 4');
  }
  await city.say(ana, 'DROP 4');
  await city.settle();
  city.heard(ORGANIZER);
  for (const minutes of [5, 30, 120]) {
    await city.receipt(ben, { state: 'failed', why: 'retry' });
    await pass(11 * SECOND_MS);
    expect(texts(ORGANIZER)).toEqual([]);
    await pass(minutes * MINUTE_MS);
  }
  await city.receipt(ben, { state: 'failed', why: 'retry' });
  await pass(11 * SECOND_MS);
  expect(texts(ORGANIZER)).toEqual([
    'Task 4. Not reached with news about it: 1 (1 phone off). Reply ROSTER 4 to see who.',
  ]);
});

test('who can be reached no more is marked in ROSTER', async () => {
  await city.say(ORGANIZER, ANNOUNCE);
  await city.say(ORGANIZER, 'OK');
  await city.join(phone(0));
  await city.say(phone(0), 'JOIN 4');
  await city.say(phone(0), 'STOP');
  expect(await city.ask(ORGANIZER, 'ROSTER 4')).toMatch(/p-\w+ is in, not reached/);
});

test('a broadcast halts itself when too many answer STOP, and those in charge are told', async () => {
  await city.settle();
  // More than wait in the outbox at once: the broadcast goes on after the first five hundred.
  city.store.transact((tx) => {
    const context = contextOf(city.core.foundation, tx);
    for (let at = 0; at < 600; at += 1) {
      const { identityId } = newPerson(context, phone(at));
      setAlerts(context, identityId, { isOn: true, wording: 'yes' });
    }
  });
  await city.say(ORGANIZER, ANNOUNCE);
  // The next part comes after a while, which does not pass here.
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
  onTestFinished(() => void vi.useRealTimers());
  await city.say(ORGANIZER, 'OK');
  const progress = () => city.store.read.broadcasts.progress()[0];
  expect(progress()).toMatchObject({ sent: 500, state: 'running' });
  for (const one of [ORGANIZER, ADMIN]) city.heard(one);
  for (let at = 0; at < 10; at += 1) {
    await city.say(phone(at), 'STOP');
    // Saying it twice counts once.
    await city.say(phone(at), 'STOP');
  }
  expect(progress()).toMatchObject({ stopped: 10, state: 'running' });
  expect(texts(ADMIN)).toEqual([]);
  await city.say(phone(10), 'STOP');
  expect(progress()).toMatchObject({ stopped: 11, state: 'halted' });
  const told = [
    'We stopped the texts about task 4: 11 of 500 people answered STOP. Not sent: 100.',
  ];
  expect(texts(ADMIN)).toEqual(told);
  expect(texts(ORGANIZER)).toEqual(told);
  expect(city.store.read.broadcasts.braked()).toBe(1);
  await city.settle();
  expect(city.heard(phone(550))).toEqual([]);
});
