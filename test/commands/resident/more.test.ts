// By SMS there are neither buttons nor room: numbers say what could be tapped, MORE gives the rest.
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { HOUR_MS } from '../../../src/lib/clock.ts';
import { smsSegments } from '../../../src/lib/sms-pieces.ts';
import {
  ANA,
  BEN,
  type Conversation,
  ORGANIZER,
  openConversation,
} from '../../support/conversation.ts';

const HINT = 'Reply MORE for the rest.';

let city: Conversation;
beforeEach(async () => {
  city = openConversation();
  await city.join(ANA);
});
afterEach(() => city.close());

describe('a number', () => {
  test('says what is offered by it', async () => {
    expect(await city.ask(ANA, 'BALANCE')).toMatch(/\n1 My history$/);
    expect(await city.ask(ANA, '1')).toMatch(/None of your credits have moved/);
  });

  test('of a line in a list is about that line', async () => {
    expect(await city.ask(ANA, 'TASKS')).toMatch(/^1 Clean up.*\n2 /s);
    expect(await city.ask(ANA, '2')).toContain('Information booth');
  });

  test('never moves credits: those are said in words', async () => {
    await city.say(ANA, 'OFFERS');
    expect(await city.ask(ANA, '1')).not.toMatch(/REDEEM 1|code|short/i);
  });

  test('answers an open question first', async () => {
    await city.say(ORGANIZER, 'ANNOUNCE');
    await city.say(ORGANIZER, 'Rake');
    expect(await city.ask(ORGANIZER, '7')).toMatch(/When/);
  });

  test('stands for nothing where nothing was offered, after an hour, and in another answer', async () => {
    await city.say(ANA, 'BALANCE');
    expect(await city.ask(ANA, '9')).not.toContain('history');
    await city.say(ANA, 'BALANCE');
    city.clock.time += HOUR_MS;
    expect(await city.ask(ANA, '1')).not.toMatch(/have moved/);
  });

  test('of one person says nothing for another', async () => {
    await city.join(BEN);
    await city.say(BEN, 'HELP');
    await city.say(ANA, 'BALANCE');
    expect(await city.ask(BEN, '1')).not.toMatch(/have moved/);
  });

  test('in Spanish, too', async () => {
    await city.join(BEN, 'HOLA');
    expect(await city.ask(BEN, 'SALDO')).toMatch(/\n1 Mi historial$/);
  });
});

describe('MORE', () => {
  test('says kindly that there is no more, and what there is to do', async () => {
    expect(await city.ask(ANA, 'MORE')).toMatch(/^There's no more.*TASKS/s);
    await city.join(BEN, 'HOLA');
    expect(await city.ask(BEN, 'más')).toMatch(/^La ultima respuesta ya esta completa/);
  });

  test('gives the rest of a long answer, a page at a time, and all of it', async () => {
    const long = Array.from({ length: 60 }, (_, at) => `Line ${at} of a long answer.`).join('\n');
    city.store.transact((tx) =>
      city.core.mailer.answer(
        { tx, now: city.clock.time },
        {
          to: {
            channel: 'sms',
            identityId: tx.identities.of(4).find(({ channel }) => channel === 'sms')?.id ?? 4,
            inboxId: 1,
            place: null,
            thread: null,
          },
          language: 'en',
          replies: [{ text: long, choices: [], pictures: [] }],
        },
      ),
    );
    await city.settle();
    const pages = [
      city
        .heard(ANA)
        .map(({ text }) => text)
        .join('\n'),
    ];
    while (pages.at(-1)?.endsWith(HINT) === true && pages.length < 10) {
      pages.push(await city.ask(ANA, 'MORE'));
    }
    expect(pages.length).toBeGreaterThan(2);
    for (const page of pages) expect(smsSegments(page)).toBeLessThanOrEqual(3);
    const whole = pages.map((page) => page.replace(HINT, '')).join('\n');
    for (let at = 0; at < 60; at += 1) expect(whole).toContain(`Line ${at} of a long answer.`);
  });
});
