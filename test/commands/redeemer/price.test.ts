// Prices move in small steps, up with notice; an offer is paused, brought back, and closed.
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { DAY_MS, MINUTE_MS } from '../../../src/lib/clock.ts';
import { COLLECTIONS } from '../../../src/records/kinds/index.ts';
import {
  ADMIN,
  ANA,
  BEN,
  type Conversation,
  ORGANIZER,
  openConversation,
  REDEEMER,
} from '../../support/conversation.ts';

let city: Conversation;

beforeEach(async () => {
  city = openConversation();
  await city.join(ANA);
  for (const text of ['JOIN 1', 'DONE 1 two bags', 'OK']) await city.say(ANA, text);
  await city.say(ORGANIZER, 'APPROVE 1');
  city.heard(ANA);
});
afterEach(() => city.close());

const codeIn = (text: string): string => /[0-9A-Z]{4}-[0-9A-Z]{4}/.exec(text)?.[0] ?? '';
const redeem = async (offer = 1): Promise<string> => codeIn(await city.ask(ANA, `REDEEM ${offer}`));

/** The newest record of the first offer. */
const record = () => {
  const all = city.store.read.records
    .newest(1000)
    .filter(({ collection }) => collection === COLLECTIONS.offer)
    .map(({ value }) => JSON.parse(value));
  return all.find(({ number }) => number === 1);
};

describe('PRICE', () => {
  test('down counts at once, by at most a quarter, and codes that live keep theirs', async () => {
    const code = await redeem();
    expect(await city.ask(REDEEMER, 'PRICE 1 7')).toContain('One step goes from 8 to 12.');
    expect(await city.ask(REDEEMER, 'PRICE 1 8')).toContain('Coffee, any size: 8 CITY credits now');
    expect(await city.ask(ANA, 'OFFER 1')).toContain('1 Coffee, any size: 8 CITY credits');
    expect(await city.ask(REDEEMER, `CONFIRM ${code}`)).toContain('10 CITY credits');
    expect(await city.ask(ANA, 'BALANCE')).toContain('You have 10 CITY');
    await redeem();
    expect(await city.ask(ANA, 'BALANCE')).toContain('You have 2 CITY');
    expect(record()).toMatchObject({
      credits: 8,
      status: 'open',
      history: [
        { credits: 10, status: 'open' },
        { credits: 8, by: expect.stringMatching(/^p-/) },
      ],
    });
  });

  test('up counts after 30 days, and is shown before', async () => {
    expect(await city.ask(REDEEMER, 'PRICE 1 13')).toContain('One step goes from 8 to 12.');
    const told = await city.ask(REDEEMER, 'price #1 12 credits');
    expect(told).toContain('10 CITY credits until Dec 24, then 12 CITY credits.');
    expect(await city.ask(ANA, 'OFFERS')).toContain(
      '1 Coffee, any size: 10 CITY credits, Northside Café (12 from Dec 24)',
    );
    expect(record()).toMatchObject({ credits: 10, nextCredits: 12 });
    const before = record();
    expect(await city.ask(REDEEMER, 'PRICE 1 12')).toBe(told);
    expect(record()).toEqual(before);
    city.clock.time += 30 * DAY_MS - MINUTE_MS;
    await redeem();
    expect(await city.ask(ANA, 'BALANCE')).toContain('You have 10 CITY');
    city.clock.time += MINUTE_MS;
    await city.settle();
    expect(record()).toMatchObject({ credits: 12 });
    expect(record()).not.toHaveProperty('nextCredits');
    expect(await city.ask(ANA, 'OFFER 1')).toContain('12 CITY credits, Northside Café\n');
  });

  test('is what a code costs from that moment, also before it is written down', async () => {
    await city.say(REDEEMER, 'OFFER Sticker; 4');
    await city.say(REDEEMER, 'PRICE 4 5');
    city.clock.time += 30 * DAY_MS;
    expect(await city.ask(ANA, 'REDEEM 4')).toContain('5 CITY credits');
    expect(await city.ask(ANA, 'BALANCE')).toContain('You have 15 CITY');
  });

  test('of today, said again, gives up what was to come; small ones move by one', async () => {
    await city.say(REDEEMER, 'PRICE 1 12');
    expect(await city.ask(REDEEMER, 'PRICE 1 10')).toContain('10 CITY credits now');
    expect(record()).not.toHaveProperty('nextCredits');
    city.clock.time += 40 * DAY_MS;
    expect(await city.ask(ANA, 'OFFER 1')).toContain('10 CITY credits');
    await city.say(REDEEMER, 'OFFER Sticker; 1');
    expect(await city.ask(REDEEMER, 'PRICE 4 2')).toContain('then 2 CITY credits');
    expect(await city.ask(REDEEMER, 'PRICE 4 0')).toContain('whole number');
  });

  test('is for who has the offers of that business', async () => {
    const invite = await city.prove(ADMIN, 'INVITE redeemer Corner Bakery');
    await city.say(BEN, /ACCEPT \S+/.exec(invite)?.[0] ?? '');
    expect(await city.ask(BEN, 'PRICE 1 9')).toContain('You have no offer 1.');
    expect(await city.ask(ANA, 'PRICE 1 9')).not.toContain('9 CITY');
    expect(await city.ask(REDEEMER, 'PRICE 1')).toContain('like PRICE 3 12');
    expect(record().history).toBeUndefined();
  });
});

describe('PAUSE', () => {
  test('stops new codes and brings the offer back; codes that live are honored', async () => {
    const code = await redeem();
    city.clock.time += 2 * MINUTE_MS;
    expect(await city.ask(REDEEMER, 'PAUSE 1')).toContain('Offer 1, Coffee, any size, is paused.');
    expect(await city.ask(ANA, 'OFFERS')).not.toContain('Coffee');
    expect(await city.ask(ANA, 'REDEEM 1')).toContain('Offer 1 is paused for now.');
    expect(await city.ask(REDEEMER, `CONFIRM ${code}`)).toMatch(/^GIVE IT/);
    expect(record()).toMatchObject({ status: 'paused' });
    expect(await city.ask(REDEEMER, 'PAUSE')).toContain(
      '1 Coffee, any size: 10 CITY credits, paused',
    );
    const { history } = record();
    await city.say(REDEEMER, 'PAUSE 1');
    expect(record().history).toEqual(history);
    expect(await city.ask(REDEEMER, 'PAUSE 1 OFF')).toContain('is open again');
    expect(await city.ask(ANA, 'OFFERS')).toContain('Coffee');
    expect(record()).toMatchObject({ status: 'open' });
  });

  test('speaks Spanish', async () => {
    await city.say(REDEEMER, 'IDIOMA ES');
    expect(await city.ask(REDEEMER, 'PAUSAR 1')).toContain('esta en pausa');
    expect(await city.ask(REDEEMER, 'PAUSAR 1 NO')).toContain('ya regreso');
    expect(await city.ask(REDEEMER, 'PRECIO 1 12')).toContain('hasta el 24');
    expect(await city.ask(REDEEMER, 'OFERTA 1 CERRAR')).toContain('¿Cerrar para siempre');
  });
});

describe('OFFER 1 CLOSE', () => {
  test('asks, then closes for good', async () => {
    expect(await city.ask(REDEEMER, 'OFFER 1 CLOSE')).toContain('Close offer 1, Coffee, any size');
    expect(await city.ask(REDEEMER, 'NO')).toContain('offer 1 stays');
    await city.say(REDEEMER, 'OFFER 1 CLOSE');
    expect(await city.ask(REDEEMER, 'OK')).toContain('Offer 1, Coffee, any size, is closed.');
    expect(await city.ask(ANA, 'REDEEM 1')).toContain("There's no offer 1");
    expect(await city.ask(REDEEMER, 'PAUSE 1 OFF')).toContain('You have no offer 1.');
    expect(record()).toMatchObject({ status: 'closed' });
  });
});
