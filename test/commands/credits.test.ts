import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { DAY_MS, MINUTE_MS, SECOND_MS } from '../../src/lib/clock.ts';
import {
  ADMIN,
  ANA,
  BEN,
  type Conversation,
  ORGANIZER,
  openConversation,
  REDEEMER,
} from '../support/conversation.ts';

let city: Conversation;
beforeEach(async () => {
  city = openConversation();
  await city.join(ANA);
  await city.say(ANA, 'JOIN 1');
  await city.say(ANA, 'DONE 1 two bags');
  await city.say(ANA, 'OK');
  await city.say(ORGANIZER, 'APPROVE 1');
});
afterEach(() => city.close());

/** Redeems an offer and answers the code. */
const redeem = async (offer = 1): Promise<string> =>
  /[0-9A-Z]{4}-[0-9A-Z]{4}/.exec(await city.ask(ANA, `REDEEM ${offer}`))?.[0] ?? '';

describe('BALANCE and HISTORY', () => {
  test('show what is available and what is held', async () => {
    expect(await city.ask(ANA, 'BALANCE')).toBe(
      'You have 20 CITY credits to use. Reply OFFERS to see what you can get.\n1 My history',
    );
    await redeem();
    expect(await city.ask(ANA, 'saldo')).toContain(
      'You have 10 CITY credits to use. Held for your CODES: 10 CITY credits.',
    );
  });

  test('show the last moves with their public records, newest first', async () => {
    const code = await redeem();
    await city.say(ANA, `RELEASE ${code}`);
    const lines = (await city.ask(ANA, 'HISTORY')).split('\n');
    expect(lines[1]).toMatch(
      /^Nov 24 10 given back: at:\/\/did:plc:\w+\/org\.city-sync\.civic\.transfer\/\w{13}$/,
    );
    expect(lines[2]).toMatch(/^Nov 24 10 held: at:/);
    expect(lines[3]).toMatch(/^Nov 24 \+20 earned: at:/);
  });

  test('of somebody new point to the tasks', async () => {
    await city.join(BEN, 'HOLA');
    expect(await city.ask(BEN, 'SALDO')).toContain('Responde TAREAS');
    expect(await city.ask(BEN, 'HISTORIAL')).toContain('no hay movimientos');
  });
});

describe('OFFERS', () => {
  test('have numbers, and choices for what the person can afford', async () => {
    const [offers] = await city.say(ANA, 'OFFERS');
    expect(offers?.text).toContain('1 Coffee, any size: 10 CITY credits, Northside Café');
    expect(offers?.choices.map(({ send }) => send)).toEqual(['REDEEM 1', 'REDEEM 2', 'REDEEM 3']);
    await redeem();
    const [after] = await city.say(ANA, 'OFFERS');
    expect(after?.choices.map(({ send }) => send)).toEqual(['REDEEM 1']);
  });

  test('can be narrowed by words', async () => {
    await city.say(REDEEMER, 'OFFER Chocolate cake; 12');
    await city.say(REDEEMER, 'OFFER Apple pie; 12');
    expect(await city.ask(ANA, 'OFFERS')).toContain('There are more');
    expect(await city.ask(ANA, 'OFFERS pie')).toMatch(/^5 Apple pie[^\n]*\nYou have/);
    expect(await city.ask(ANA, 'OFFERS zebra')).toContain('No offers match zebra');
  });
});

describe('REDEEM', () => {
  test('holds the credits and gives a code for the counter', async () => {
    const answer = await city.ask(ANA, 'REDEEM 1');
    expect(answer).toMatch(
      /^Your code: [0-9A-Z]{4}-[0-9A-Z]{4} - Coffee, any size, 10 CITY credits\./,
    );
    expect(answer).toContain('Show it at Northside Café within 15 minutes, until 10:15 AM');
    expect(await city.ask(ANA, 'CODES')).toContain('Coffee, any size at Northside Café');
  });

  test.each(['REDEEM', 'REDEEM zebra', 'REDEEM 1.5', 'REDEEM -1', 'REDEEM .5'])(
    '%s explains itself',
    async (text) => {
      expect(await city.ask(ANA, text)).toContain('like REDEEM 3');
    },
  );

  test('is refused with the reason, and nothing is held', async () => {
    expect(await city.ask(ANA, 'REDEEM 99')).toContain('no offer 99');
    await city.join(BEN);
    expect(await city.ask(BEN, 'REDEEM 1')).toContain('takes 10 credits and you have 0');
    await city.say(REDEEMER, 'OFFER Sticker; 1; 1');
    await redeem(4);
    city.clock.time += MINUTE_MS;
    expect(await city.ask(ANA, 'REDEEM 4')).toContain('used up for today');
    expect(await city.ask(ANA, 'BALANCE')).toContain('You have 19 CITY credits');
  });

  test('twice within a minute gives the code that lives, and later another one', async () => {
    const code = await redeem();
    city.clock.time += 59 * SECOND_MS;
    expect(await redeem()).toBe(code);
    expect(await city.ask(ANA, 'BALANCE')).toContain('You have 10 CITY credits');
    expect(city.ledger().transfers).toBe(2);
    city.clock.time += SECOND_MS;
    expect(await redeem()).not.toBe(code);
    expect(await city.ask(ANA, 'BALANCE')).toContain('You have 0 CITY credits');
  });

  test('after the code was used or given back, gives another one at once', async () => {
    const code = await redeem();
    await city.say(ANA, `RELEASE ${code}`);
    const next = await redeem();
    expect(next).not.toBe(code);
    await city.say(REDEEMER, `CONFIRM ${next}`);
    expect(await redeem()).not.toBe(next);
  });

  test('allows three codes at a time', async () => {
    await city.say(REDEEMER, 'OFFER Sticker; 1');
    for (let count = 0; count < 3; count += 1) {
      await redeem(4);
      city.clock.time += MINUTE_MS;
    }
    const [refused] = await city.say(ANA, 'REDEEM 4');
    expect(refused?.text).toContain('already have 3 codes');
    expect(refused?.choices[0]?.send).toBe('CODES');
  });
});

describe('RELEASE', () => {
  test('gives the credits back', async () => {
    const code = await redeem();
    expect(await city.ask(ANA, `release ${code.toLowerCase().replace('-', ' ')}`)).toContain(
      '10 CITY credits for Coffee',
    );
    expect(await city.ask(ANA, 'BALANCE')).toContain('You have 20 CITY credits');
    expect(await city.ask(ANA, `RELEASE ${code}`)).toContain('no open code like that');
    expect(await city.ask(ANA, 'CODES')).toContain('no codes right now');
  });

  test('of somebody else’s code is refused', async () => {
    const code = await redeem();
    await city.join(BEN);
    expect(await city.ask(BEN, `RELEASE ${code}`)).toContain('no open code like that');
    expect(await city.ask(BEN, 'RELEASE')).toContain('like RELEASE');
    expect(await city.ask(BEN, 'RELEASE 123')).toContain('is mistyped');
    expect(await city.ask(REDEEMER, `CONFIRM ${code}`)).toMatch(/^GIVE IT/);
  });
});

describe('CONFIRM', () => {
  test('begins with what to do, burns the hold, and tells the resident at once', async () => {
    const code = await redeem();
    const answer = await city.ask(REDEEMER, `confirm ${code.toLowerCase()}`);
    expect(answer).toBe('GIVE IT: Coffee, any size, 10 CITY credits. Tue, Nov 24, 10:00 AM.');
    expect(city.heard(ANA)[0]?.text).toContain('was handed over');
    expect(await city.ask(ANA, 'BALANCE')).toBe(
      'You have 10 CITY credits to use. Reply OFFERS to see what you can get.\n1 My history',
    );
  });

  test('a repeat gets the receipt with the time it was first given', async () => {
    const code = await redeem();
    await city.say(REDEEMER, `CONFIRM ${code}`);
    city.heard(ANA);
    city.clock.time += 5 * MINUTE_MS;
    expect(await city.ask(REDEEMER, `CONFIRM ${code}`)).toBe(
      'DO NOT GIVE IT again. Receipt: Coffee, any size, 10 CITY credits, first given Tue, Nov 24, 10:00 AM.',
    );
    expect(city.heard(ANA)).toEqual([]);
  });

  test('of what was honored gets the receipt whatever stands in the way since', async () => {
    const code = await redeem();
    await city.say(REDEEMER, `CONFIRM ${code}`);
    for (let guess = 0; guess < 5; guess += 1) await city.say(REDEEMER, 'CONFIRM 7GK2-M4QX');
    expect(await city.ask(REDEEMER, 'CONFIRM 7GK2-M4QX')).toContain('Wait 1 minute');
    expect(await city.ask(REDEEMER, `CONFIRM ${code}`)).toContain('Receipt: Coffee, any size');
    // The books do not agree: nothing moves, and what was given was given.
    city.meddle(`update accounts set debits_posted = debits_posted + 1 where kind = 'issuance'`);
    city.clock.time += DAY_MS;
    await city.settle();
    expect(city.bookWarnings.length).toBeGreaterThan(0);
    expect(await city.ask(REDEEMER, 'UNDO')).not.toContain('Take back');
    expect(await city.ask(REDEEMER, `CONFIRM ${code}`)).toContain('Receipt: Coffee, any size');
  });

  test('of unknown, misread, expired and released codes begins with DO NOT', async () => {
    const first = await redeem();
    city.clock.time += MINUTE_MS;
    const second = await redeem();
    await city.say(ANA, `RELEASE ${second}`);
    expect(await city.ask(REDEEMER, `CONFIRM ${second}`)).toMatch(/^DO NOT .*given back/);
    expect(await city.ask(REDEEMER, 'CONFIRM 7GK2-M4QX')).toMatch(
      /^DO NOT .*No open code here matches/,
    );
    expect(await city.ask(REDEEMER, 'CONFIRM 7GK2')).toMatch(/^DO NOT .*is mistyped/);
    city.clock.time += 16 * MINUTE_MS;
    expect(await city.ask(REDEEMER, `CONFIRM ${first}`)).toMatch(/^DO NOT .*expired/);
    expect(await city.ask(REDEEMER, 'CONFIRM')).toContain('like CONFIRM');
  });

  test('of one’s own code is refused', async () => {
    const invite = await city.prove(ADMIN, 'INVITE redeemer Northside Café');
    await city.say(ANA, /ACCEPT [\w-]+/.exec(invite)?.[0] ?? '');
    const code = await redeem();
    expect(await city.ask(ANA, `CONFIRM ${code}`)).toMatch(/^DO NOT .*your own code/);
  });

  test('speaks Spanish', async () => {
    await city.say(REDEEMER, 'IDIOMA ES');
    const code = await redeem();
    expect(await city.ask(REDEEMER, `CONFIRMAR ${code}`)).toMatch(/^ENTRÉGALO: /);
    expect(await city.ask(REDEEMER, `CONFIRMAR ${code}`)).toMatch(/^NO LO ENTREGUES otra vez/);
    expect(await city.ask(REDEEMER, 'CONFIRMAR 7GK2-M4QX')).toMatch(/^NO LO ENTREGUES\. /);
  });

  test('guessing is slowed down, then locked, and the admin is told', async () => {
    for (let guess = 0; guess < 5; guess += 1) await city.say(REDEEMER, 'CONFIRM 7GK2-M4QX');
    expect(await city.ask(REDEEMER, 'CONFIRM 7GK2-M4QX')).toMatch(/^DO NOT .*Wait 1 minute/);
    for (let guess = 5; guess < 100; guess += 1) {
      city.clock.time += 3 * MINUTE_MS;
      await city.say(REDEEMER, 'CONFIRM 7GK2-M4QX');
    }
    expect(city.heard(ADMIN).map(({ text }) => text)).toEqual([
      expect.stringContaining('Someone at Northside Café typed too many wrong codes'),
    ]);
    city.clock.time += 3 * MINUTE_MS;
    const code = await redeem();
    expect(await city.ask(REDEEMER, `CONFIRM ${code}`)).toMatch(
      /^DO NOT .*too many wrong codes today/,
    );
    city.clock.time += DAY_MS;
    expect(await city.ask(REDEEMER, `CONFIRM ${await redeem()}`)).toMatch(/^GIVE IT/);
  });
});

describe('ME', () => {
  test('shows what is public, with links, and neither name nor number', async () => {
    const me = await city.ask(ANA, 'ME');
    expect(me).toMatch(/^In public you are p-\w{12}, never your name or number: 1 task, 20 CITY/);
    expect(me).toMatch(/at:\/\/did:plc:\w+\/org\.city-sync\.civic\.claim\/\w+/);
    expect(me).not.toContain(ANA);
    await city.join(BEN, 'HOLA');
    expect(await city.ask(BEN, 'YO')).toContain('ninguna tarea');
  });
});
