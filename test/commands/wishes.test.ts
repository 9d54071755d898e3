// What people would like to have, in their own words: what moves credits is asked.
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import {
  ANA,
  type Conversation,
  ORGANIZER,
  openConversation,
  REDEEMER,
} from '../support/conversation.ts';

let city: Conversation;
beforeEach(() => {
  city = openConversation();
});
afterEach(() => city.close());

describe('an offer that is named', () => {
  test.each([
    ['HI', 'I want a coffee'],
    ['HI', "I'd like a coffee please"],
    ['HI', 'can I get a coffee?'],
    ['HI', 'Coffee, please!'],
    ['HI', 'coffee'],
    ['HI', 'please could I have the coffee'],
    ['HI', 'hello, could I have the coffee'],
    ['HI', 'Good morning! Can I get a coffee please'],
    ['HOLA', 'hola, me das un coffee'],
    ['HOLA', 'buenas tardes, quiero un coffee'],
    ['HOLA', 'quiero un coffee'],
    ['HOLA', 'me das un coffee por favor'],
  ])('is asked about: %s, %s', async (greeting, text) => {
    await city.join(ANA, greeting);
    expect(await city.ask(ANA, text)).toMatch(/(Do you want offer|Quieres la oferta) 1, Coffee/);
    expect(city.ledger().transfers).toBe(0);
    expect(await city.ask(ANA, 'NO')).toMatch(/no credits were held|no se apartaron/);
  });

  test('is redeemed after an OK', async () => {
    await city.join(ANA);
    for (const text of ['JOIN 1', 'DONE 1 two bags', 'OK']) await city.say(ANA, text);
    await city.say(ORGANIZER, 'APPROVE 1');
    await city.say(REDEEMER, 'OFFER Un café de olla; 10');
    expect(await city.ask(ANA, 'quiero un café')).toContain('Do you want offer 4, Un café de olla');
    expect(await city.ask(ANA, 'ok')).toContain('Your code:');
  });

  test('is one of several that are called so', async () => {
    await city.join(ANA);
    await city.say(REDEEMER, 'OFFER Coffee to go; 12');
    expect(await city.ask(ANA, 'I want a coffee')).toMatch(
      /Which offer.*\n1 Coffee.*\n4 Coffee to go/,
    );
  });
});

test('a wish that no offer is called shows what there is', async () => {
  await city.join(ANA, 'HOLA');
  expect(await city.ask(ANA, 'quiero un café')).toContain('1 Coffee, any size');
});

test.each([
  'blorp',
  'I want to know more',
  'what a lovely day it is',
  'a',
  'any',
  'for one or two of us here',
])('is no wish: %s', async (text) => {
  await city.join(ANA);
  expect(await city.ask(ANA, text)).not.toMatch(/REDEEM|Do you want/);
});

describe('at the counter, a code that is mistyped', () => {
  test.each([
    'ABCD-EFGH ok?',
    'Abcd-efgh',
    'yes ABCD-EFGH',
    'is 7GK2-M4QQ good?',
    '7gk2m4qq',
    '7GK2 M4QQ ok',
    'the code is ABCU-EFG1',
    'el código es 7gk2-m4qq, ¿sirve?',
  ])('is no code, whatever is said around it: %s', async (text) => {
    expect(await city.ask(REDEEMER, text)).toMatch(/^(DO NOT GIVE IT|NO LO ENTREGUES)/);
  });

  test.each(['10AM-12PM', '2026-2027', 'thanks', 'what about half-time'])(
    'is not seen in %s',
    async (text) => {
      const said = (await city.say(REDEEMER, text)).map((answer) => answer.text).join('\n');
      expect(said).not.toContain('DO NOT GIVE IT');
    },
  );
});
