import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { DAY_MS } from '../../src/lib/clock.ts';
import {
  ADMIN,
  ANA,
  BEN,
  type Conversation,
  EVA,
  openConversation,
  REDEEMER,
} from '../support/conversation.ts';

let city: Conversation;
afterEach(() => city.close());

const invitation = (text: string): string => /(?:ACCEPT|ACEPTAR) [\w-]+/.exec(text)?.[0] ?? '';

describe('a city without anybody', () => {
  test('gets its admin, an issuer and a redeemer by invitations', async () => {
    city = openConversation({ seeded: false });
    const token = city.firstInvite();
    const [admin, terms] = await city.say(ADMIN, `ACCEPT ${token}`);
    expect(admin?.text).toContain('admin of City/Sync Berkeley');
    expect(admin?.text).toMatch(/INVITE.*CAP/);
    expect(terms?.text).toContain('STOP to quit');

    const invite = await city.prove(ADMIN, 'INVITE issuer Creek Friends');
    expect(invite).toMatch(
      /Pass this on to Creek Friends: "Send ACCEPT \w{4}-\w{4}-\w{4} to City\/Sync/,
    );
    expect(invite).toContain('once, for 14 days');
    const [issuer] = await city.say(ANA, invitation(invite));
    expect(issuer?.text).toContain('once the city sets how many credits you can issue');
    expect(city.heard(ADMIN)[0]?.text).toMatch(
      /^p-\w{12} accepted and now acts for Creek Friends\. Reply CAP Creek Friends 500/,
    );
    expect(await city.ask(ANA, 'ANNOUNCE')).toContain(
      'No credits are left to promise this quarter',
    );
    expect(await city.prove(ADMIN, 'CAP creek friends 500')).toBe(
      'Creek Friends can issue 500 CITY credits in 2026-Q4. Issued so far: 0 CITY credits. Reply CAP Creek Friends and a number to change it.',
    );
    expect(await city.ask(ANA, 'ANNOUNCE')).toContain("What's the task?");

    const other = await city.prove(ADMIN, 'INVITE redeemer Corner Bakery');
    const [redeemer] = await city.say(BEN, invitation(other));
    expect(redeemer?.text).toContain('OFFER to add an offer');
    expect(await city.ask(BEN, 'OFFER A loaf; 15; 20')).toContain('Offer 1 is open');
  });

  test('works in Spanish', async () => {
    city = openConversation({ seeded: false });
    await city.say(ADMIN, `ACEPTAR ${city.firstInvite()}`);
    const invite = await city.prove(ADMIN, 'INVITAR emisora Amigos del Arroyo');
    expect(invite).toContain('Pasale esto a Amigos del Arroyo');
    expect(await city.ask(ANA, invitation(invite))).toContain(
      'Ahora representas a Amigos del Arroyo',
    );
    expect(await city.prove(ADMIN, 'TOPE Amigos del Arroyo 500 créditos')).toContain(
      'puede emitir 500 créditos CITY',
    );
    const shop = await city.prove(ADMIN, 'INVITAR comercio La Esquina');
    expect(await city.ask(BEN, invitation(shop))).toContain('OFERTA para agregar una oferta');
    expect(await city.ask(BEN, 'OFERTA Un café; 10; sin límite')).toContain('sin limite diario');
  });
});

describe('CAP … NEXT', () => {
  test.each([
    ['CAP Codornices Creek Friends 400 next', '400 CITY credits in the quarter from Jan 1'],
    ['CAP Codornices Creek Friends: 400 credits, next quarter', '400 CITY credits in the quarter'],
    [
      'LÍMITE Codornices Creek Friends 400 PRÓXIMO',
      '400 créditos CITY en el trimestre desde el 1 ene',
    ],
  ])('%s sets the cap of the next quarter and leaves that of this one', async (text, answer) => {
    city = openConversation();
    const capIn = (epoch: string) => city.store.read.caps.get('issuer:1', epoch)?.amount;
    const before = capIn('2026-Q4');
    expect(await city.prove(ADMIN, text)).toContain(answer);
    expect([capIn('2026-Q4'), capIn('2027-Q1')]).toEqual([before, 400]);
  });

  test('of a yellow organizer is half of what is said, as it is in any quarter', async () => {
    city = openConversation();
    await city.prove(ADMIN, 'INVITE issuer Food Shelf YELLOW');
    expect(await city.prove(ADMIN, 'CAP Food Shelf 501 NEXT')).toMatch(/250 CITY credits.*501/s);
  });

  test('answers in Spanish', async () => {
    city = openConversation();
    await city.say(ADMIN, 'IDIOMA ES');
    expect(await city.prove(ADMIN, 'LIMITE Codornices Creek Friends 400 proximo')).toMatch(
      /400 cr[ée]ditos CITY en el trimestre desde el/,
    );
  });
});

describe('INVITE', () => {
  beforeEach(() => {
    city = openConversation();
  });

  test.each(['INVITE', 'INVITE Creek Friends', 'INVITE banker Joe'])(
    '%s explains itself',
    async (text) => {
      expect(await city.ask(ADMIN, text)).toContain('INVITE organizer or INVITE business');
    },
  );

  test('needs a name that fits', async () => {
    expect(await city.prove(ADMIN, 'INVITE issuer')).toContain('name is missing');
    expect(await city.prove(ADMIN, `INVITE issuer ${'x'.repeat(61)}`)).toContain('too long');
  });

  test('works once, and not after its days', async () => {
    const words = invitation(await city.prove(ADMIN, 'INVITE redeemer Corner Bakery'));
    await city.say(ANA, words.toLowerCase());
    expect(await city.ask(BEN, words)).toContain("isn't valid");
    const late = invitation(await city.prove(ADMIN, 'INVITE redeemer Corner Bakery'));
    city.clock.time += 15 * DAY_MS;
    expect(await city.ask(EVA, late)).toContain("isn't valid");
  });

  test('of a second person to an issuer with a cap lets them announce at once', async () => {
    const words = invitation(await city.prove(ADMIN, 'INVITE issuer Codornices Creek Friends'));
    const answer = await city.ask(ANA, words);
    expect(answer).toContain('You now act for Codornices Creek Friends');
    expect(answer).not.toContain('once the city');
  });
});

describe('CAP', () => {
  beforeEach(() => {
    city = openConversation();
  });

  test.each([
    ['CAP', 'like CAP Creek Friends 500'],
    ['CAP 500', 'like CAP Creek Friends 500'],
    ['CAP Codornices Creek Friends', 'like CAP Creek Friends 500'],
    ['CAP Nobody 500', 'no organizer called Nobody'],
    ['CAP Codornices Creek Friends -5', 'whole number'],
    ['CAP Codornices Creek Friends 2.5', 'whole number'],
    ['CAP Codornices Creek Friends 999999999999', 'more than the whole city'],
    ['CAP Codornices Creek Friends 99999999999999999999', 'whole number'],
    ['CAP Codornices Creek Friends 1,500', 'can issue 1,500 CITY credits'],
    ['CAP Codornices Creek Friends: 0', 'can issue 0 CITY credits'],
  ])('%s is answered: %s', async (text, expected) => {
    expect(await city.prove(ADMIN, text)).toContain(expected);
  });
});

describe('OFFER', () => {
  beforeEach(() => {
    city = openConversation();
  });

  test('step by step', async () => {
    expect(await city.ask(REDEEMER, 'OFFER')).toContain('What do you offer?');
    expect(await city.ask(REDEEMER, 'Tea')).toContain('how many credits');
    expect(await city.ask(REDEEMER, 'BACK')).toContain('What do you offer?');
    await city.say(REDEEMER, 'Green tea');
    expect(await city.ask(REDEEMER, '0')).toContain('whole number from 1 to 1,000');
    expect(await city.ask(REDEEMER, '7')).toContain('How many a day');
    expect(await city.ask(REDEEMER, '1.5')).toContain('whole number from 1 to 100,000');
    expect(await city.ask(REDEEMER, '20 a day')).toBe(
      'Offer 4 is open: Green tea for 7 CITY credits, 20 a day at most. When you see a code, reply CONFIRM and the code.\n1 Offers',
    );
  });

  test('NO discards', async () => {
    await city.say(REDEEMER, 'OFFER');
    expect(await city.ask(REDEEMER, 'no')).toContain('no offer was added');
    expect(city.store.read.offers.get(4)).toBeUndefined();
  });

  test.each([
    ['OFFER Tea', 'OFFER title; credits; per day'],
    ['OFFER Tea; 5; 6; 7', 'OFFER title; credits; per day'],
    ['OFFER ; 5', 'title is missing'],
    ['OFFER Tea; 0', 'whole number from 1 to 1,000'],
    ['OFFER Tea; -5', 'whole number from 1 to 1,000'],
    ['OFFER Tea; 1.5', 'whole number from 1 to 1,000'],
    ['OFFER Tea; 1000000', 'whole number from 1 to 1,000'],
    ['OFFER Tea; 5; 0', 'whole number from 1 to 100,000'],
    ['OFFER Tea; 5; -1', 'whole number from 1 to 100,000'],
    [`OFFER ${'x'.repeat(81)}; 5`, 'too long'],
  ])('%s is answered: %s', async (text, expected) => {
    expect(await city.ask(REDEEMER, text)).toContain(expected);
    expect(city.store.read.offers.get(4)).toBeUndefined();
  });

  test('in one line', async () => {
    expect(await city.ask(REDEEMER, 'OFFER Tea; 5 credits; 3 per day')).toContain(
      '3 a day at most',
    );
    expect(await city.ask(REDEEMER, 'OFFER Cake; 5')).toContain('without a daily limit');
  });
});
