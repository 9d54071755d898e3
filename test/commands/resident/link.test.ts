import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { MINUTE_MS } from '../../../src/lib/clock.ts';
import { gsm7Segments, toGsm7 } from '../../../src/lib/gsm7.ts';
import {
  ANA,
  BEN,
  type Conversation,
  ORGANIZER,
  openConversation,
} from '../../support/conversation.ts';

const TELEGRAM = '70012345';
let city: Conversation;
beforeEach(() => {
  city = openConversation();
});
afterEach(() => city.close());

/** The code that somebody gets. */
const codeFor = async (address: string, word = 'LINK'): Promise<string> =>
  /\d{3} \d{3}/.exec(await city.ask(address, word))?.[0] ?? '';

/** Ana earns the credits of task 1 by SMS. */
const earn = async (from: string, evidence = 1): Promise<void> => {
  await city.say(from, 'JOIN 1');
  await city.say(from, 'DONE 1 swept', { pictures: ['ok'] });
  await city.say(from, 'OK');
  await city.say(ORGANIZER, `APPROVE ${evidence}`);
};

describe('LINK', () => {
  test.each([
    ['HI', 'LINK', /^Linked: .* one account now, with 20 CITY credits to use\.$/],
    ['HOLA', 'VINCULAR', /^Listo: .* una sola cuenta, con 20 créditos CITY para usar\.$/],
  ])('%s: joins two channels to one account, and tells both', async (hello, word, linked) => {
    await city.join(ANA, hello);
    await city.join(TELEGRAM, hello);
    await earn(ANA);
    city.heard(ANA);
    const code = await codeFor(TELEGRAM, word);
    expect(code).toMatch(/^\d{3} \d{3}$/);
    const answer = await city.ask(ANA, `${word} ${code}`);
    expect(answer).toMatch(linked);
    expect(city.heard(TELEGRAM).map(({ text }) => text)).toEqual([answer]);
    expect(await city.ask(TELEGRAM, hello === 'HI' ? 'BALANCE' : 'SALDO')).toContain('20');
    expect(gsm7Segments(toGsm7(answer))).toBe(1);
  });

  test('works whichever of the two the code is from, and forgives how it is typed', async () => {
    await city.join(ANA);
    await earn(ANA);
    await city.join(TELEGRAM);
    const code = (await codeFor(ANA)).replace(' ', '-');
    expect(await city.ask(TELEGRAM, `link ${code}`)).toContain('20 CITY credits');
    expect(city.ledger().transfers).toBe(1);
    expect(await city.ask(TELEGRAM, 'REDEEM 1')).toContain('Your code');
    expect(await city.ask(ANA, 'CODES')).toContain('Coffee');
  });

  test('of a stranger is carried out once they have agreed', async () => {
    await city.join(ANA);
    await earn(ANA);
    const code = await codeFor(ANA);
    await city.say(TELEGRAM, `LINK ${code}`);
    expect(await city.ask(TELEGRAM, 'OK')).toContain('Linked');
  });

  test('answers alike to a code that is wrong, used, too old or one’s own', async () => {
    await city.join(ANA);
    await city.join(BEN);
    await city.join(TELEGRAM);
    const own = await codeFor(ANA);
    const answers = [await city.ask(ANA, `LINK ${own}`)];
    const wrong = own === '111 111' ? '222 222' : '111 111';
    answers.push(await city.ask(ANA, `LINK ${wrong}`));
    const old = await codeFor(BEN);
    city.clock.time += 10 * MINUTE_MS;
    answers.push(await city.ask(ANA, `LINK ${old}`));
    const used = await codeFor(TELEGRAM);
    await city.say(BEN, `LINK ${used}`);
    answers.push(await city.ask(ANA, `LINK ${used}`));
    expect(new Set(answers).size).toBe(1);
    expect(answers[0]).toMatch(/^That code doesn't work/);
  });

  test('has the guess budget of every code', async () => {
    await city.join(ANA);
    await city.join(TELEGRAM);
    const code = await codeFor(TELEGRAM);
    const wrong = code === '111 111' ? '222 222' : '111 111';
    for (let guess = 0; guess < 5; guess += 1) await city.say(ANA, `LINK ${wrong}`);
    expect(await city.ask(ANA, `LINK ${code}`)).toMatch(/too many wrong codes/);
    expect(await city.ask(ANA, 'LINK 12')).toMatch(/^Reply LINK for a code/);
    city.clock.time += 2 * MINUTE_MS;
    expect(await city.ask(ANA, `LINK ${code}`)).toContain('Linked');
  });

  test('refuses two accounts that both have credits, and says what to do first', async () => {
    await city.join(ANA);
    await city.join(TELEGRAM);
    await earn(ANA);
    await earn(TELEGRAM, 2);
    const code = await codeFor(TELEGRAM);
    expect(await city.ask(ANA, `LINK ${code}`)).toMatch(/^Both channels have credits/);
    expect(await city.ask(ANA, 'BALANCE')).toContain('20 CITY');
    expect(await city.ask(TELEGRAM, 'BALANCE')).toContain('20 CITY');
  });

  test('keeps alerts and roles; the one account is told of a task once', async () => {
    await city.join(ANA);
    await city.join(TELEGRAM);
    await city.say(ANA, 'ALERTS');
    await city.say(TELEGRAM, 'ALERTS');
    await city.say(TELEGRAM, `LINK ${await codeFor(ANA)}`);
    city.heard(ANA);
    await city.say(ORGANIZER, 'ANNOUNCE Plant trees; 5; sat 9am-11am; Park; 2');
    await city.say(ORGANIZER, 'OK');
    expect(city.heard(ANA)).toHaveLength(1);
    expect(city.heard(TELEGRAM)).toEqual([]);
    await city.say(BEN, 'HI');
    await city.say(BEN, 'OK');
    expect(await city.ask(BEN, `LINK ${await codeFor(ORGANIZER)}`)).toContain('Linked');
    expect(await city.ask(BEN, 'ROSTER 1')).toMatch(/^Task 1/);
  });

  test('counts for what the other channel says in the same moment', async () => {
    await city.join(ANA);
    await earn(ANA);
    await city.join(TELEGRAM);
    const code = await codeFor(TELEGRAM);
    const message = { pictures: [], replyTo: null, isPublic: false, receivedAt: city.clock.time };
    await city.core.inbox.receiveAll([
      { ...message, channel: 'sms', externalId: 'a', sender: ANA, text: `LINK ${code}` },
      { ...message, channel: 'telegram', externalId: 'b', sender: TELEGRAM, text: 'JOIN 2' },
    ]);
    await city.settle();
    expect(await city.ask(ANA, 'TASK 2')).toContain("You're in");
  });

  test('in a flow stays one’s own: STOP on one channel leaves the other', async () => {
    await city.join(ANA);
    await city.join(TELEGRAM);
    const code = await codeFor(TELEGRAM);
    await city.say(TELEGRAM, 'STOP');
    city.heard(TELEGRAM);
    expect(await city.ask(ANA, `LINK ${code}`)).toContain('Linked');
    expect(city.heard(TELEGRAM)).toEqual([]);
  });
});
