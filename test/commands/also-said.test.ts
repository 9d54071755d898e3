// Two commands in one message: both are carried out, in their order, and each is answered.
import { afterEach, beforeEach, expect, test } from 'vitest';
import { ANA, type Conversation, ORGANIZER, openConversation } from '../support/conversation.ts';

let city: Conversation;
beforeEach(async () => {
  city = openConversation();
  await city.join(ANA);
});
afterEach(() => city.close());

const both = async (text: string): Promise<string> =>
  (await city.say(ANA, text)).map((answer) => answer.text).join('\n');

test.each([
  ['JOIN 2', 'JOIN 1 and drop 2', ['afterwards send DONE 1', 'You left task 2']],
  ['JOIN 2', 'join 1, drop 2', ['afterwards send DONE 1', 'You left task 2']],
  ['JOIN 2', 'drop 2 and then join 1', ['You left task 2', 'afterwards send DONE 1']],
  ['JOIN 2', 'I want to drop 2, join 1 instead', ['You left task 2', 'DONE 1']],
  ['JOIN 2', 'DROP 2 JOIN 1', ['You left task 2', 'afterwards send DONE 1']],
  ['JOIN 2', 'drop 2 but join 1 and task 3', ['You left task 2', 'afterwards send DONE 1', '3']],
  ['JOIN 2', 'join 1 and balance', ['afterwards send DONE 1', 'credits']],
  ['JOIN 2', 'unirme al 1 y dejar la 2', ['LISTO 1|DONE 1', 'task 2|tarea 2']],
])('after %j, %j does both', async (before, text, expected) => {
  await city.say(ANA, before);
  const answer = await both(text);
  for (const part of expected) expect(answer).toMatch(new RegExp(part, 'i'));
});

test('what the second one cannot do is said', async () => {
  const answer = await both('JOIN 1 and drop 2');
  expect(answer).toMatch(/DONE 1/);
  expect(answer.split('\n').length).toBeGreaterThan(1);
  expect(await both('JOIN 2 and redeem 1')).toMatch(/DONE 2[\s\S]*credits/);
});

test('what the second one means is asked where that is not clear', async () => {
  await city.say(ANA, 'JOIN 2');
  const answer = await both('join 1 and drop 2 bags at the gate');
  expect(answer).toContain('DONE 1');
  expect(answer).toContain('Did you also mean DROP 2? Then reply DROP 2, by itself.');
  expect(await both('drop 2 and done 1')).toContain('Did you also mean DONE 1?');
});

test('words behind a number that are no command are left alone', async () => {
  expect(await both('join 1 and tell me more about the balance of it')).toContain('DONE 1');
  expect(city.ledger().transfers).toBe(0);
});

test('what needs a role is not carried out behind another command', async () => {
  const answer = await both('JOIN 1 and approve 1');
  expect(answer).toContain('DONE 1');
  expect(await city.ask(ORGANIZER, 'REVIEW')).toContain('nothing to review');
});
