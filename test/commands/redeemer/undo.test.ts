// A wrong tap at the counter is taken back: within ten minutes, once, by who confirmed the code.
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { MINUTE_MS } from '../../../src/lib/clock.ts';
import { COLLECTIONS } from '../../../src/records/kinds/index.ts';
import {
  ADMIN,
  ANA,
  BEN,
  type Conversation,
  EVA,
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
});
afterEach(() => city.close());

const redeem = async (offer = 1): Promise<string> =>
  /[0-9A-Z]{4}-[0-9A-Z]{4}/.exec(await city.ask(ANA, `REDEEM ${offer}`))?.[0] ?? '';

/** Redeems an offer and has it honored; answers the code. */
async function honored(offer = 1): Promise<string> {
  const code = await redeem(offer);
  expect(await city.ask(REDEEMER, `CONFIRM ${code}`)).toMatch(/^GIVE IT/);
  city.heard(ANA);
  return code;
}

test('UNDO reads back what it takes back, and does it after a yes', async () => {
  const code = await honored();
  expect(await city.ask(ANA, 'BALANCE')).toContain('You have 10 CITY');
  city.clock.time += 9 * MINUTE_MS;
  expect(await city.ask(REDEEMER, 'UNDO')).toContain(
    'Take back Coffee, any size, 10 CITY credits, confirmed Tue, Nov 24, 10:00 AM?',
  );
  expect(await city.ask(ANA, 'BALANCE')).toContain('You have 10 CITY');
  expect(await city.ask(REDEEMER, 'OK')).toContain('Undone: Coffee, any size, 10 CITY credits.');
  expect(city.heard(ANA)[0]?.text).toContain('You have your 10 CITY credits again.');
  expect(await city.ask(ANA, 'BALANCE')).toContain('You have 20 CITY');
  expect(await city.ask(ANA, 'HISTORY')).toContain('10 corrected');
  // The code stays dead, and nothing is undone twice.
  expect(await city.ask(REDEEMER, `CONFIRM ${code}`)).toMatch(/^DO NOT .*was undone/);
  expect(await city.ask(REDEEMER, 'UNDO')).toContain("didn't confirm anything");
  expect(await city.ask(ANA, 'BALANCE')).toContain('You have 20 CITY');
});

test('the record names the burn, and who took it back', async () => {
  await honored();
  await city.say(REDEEMER, 'UNDO');
  await city.say(REDEEMER, 'OK');
  const newest = city.store.read.records
    .newest(100)
    .filter(({ collection }) => collection === COLLECTIONS.transfer)
    .map(({ value }) => JSON.parse(value));
  const [given, taken, burn] = newest;
  expect([given.code, taken.code, burn.code]).toEqual(['adjust', 'adjust', 'burn']);
  expect([taken.debit, taken.credit]).toEqual([burn.credit, 'adjustment']);
  expect([given.debit, given.credit]).toEqual(['adjustment', burn.debit]);
  const who = /p-[0-9a-z]{12}/.exec(await city.ask(REDEEMER, 'ME'))?.[0];
  for (const half of [given, taken]) {
    expect(half).toMatchObject({ amount: 10, undoneBy: who });
    expect(half.reference.uri).toContain(COLLECTIONS.transfer);
    expect(half).not.toHaveProperty('askedBy');
  }
});

test('NO keeps it, and a yes that comes too late does nothing', async () => {
  await honored();
  await city.say(REDEEMER, 'UNDO');
  expect(await city.ask(REDEEMER, 'NO')).toContain('nothing was undone');
  city.clock.time += 9 * MINUTE_MS;
  await city.say(REDEEMER, 'UNDO');
  city.clock.time += 2 * MINUTE_MS;
  expect(await city.ask(REDEEMER, 'OK')).toContain('more than 10 minutes ago');
  expect(await city.ask(REDEEMER, 'UNDO')).toContain('more than 10 minutes ago');
  expect(await city.ask(ANA, 'BALANCE')).toContain('You have 10 CITY');
});

test('gives the place of that day free again', async () => {
  await city.say(REDEEMER, 'OFFER Sticker; 1; 1');
  await honored(4);
  city.clock.time += 2 * MINUTE_MS;
  expect(await city.ask(ANA, 'REDEEM 4')).toContain('used up for today');
  await city.say(REDEEMER, 'UNDO');
  await city.say(REDEEMER, 'OK');
  city.heard(ANA);
  expect(await redeem(4)).not.toBe('');
});

test('is for the operator who confirmed, and for nobody else', async () => {
  const invite = await city.prove(ADMIN, 'INVITE counter Northside Café');
  await city.say(BEN, /ACCEPT \S+/.exec(invite)?.[0] ?? '');
  await honored();
  expect(await city.ask(BEN, 'UNDO')).toContain("didn't confirm anything");
  expect(await city.ask(ANA, 'UNDO')).not.toContain('Take back');
  // Whoever no longer acts for the business undoes nothing.
  await city.say(REDEEMER, 'UNDO');
  city.meddle('update delegations set revoked_at = 1 where partner_id is not null');
  expect(await city.ask(REDEEMER, 'OK')).toContain("didn't confirm anything");
  expect(await city.ask(ANA, 'BALANCE')).toContain('You have 10 CITY');
});

test('another code confirmed meanwhile leaves the question without effect', async () => {
  await honored();
  await city.say(REDEEMER, 'OFFER Sticker; 1');
  await city.say(REDEEMER, 'UNDO');
  const code = await redeem(4);
  await city.say(REDEEMER, `CONFIRM ${code}`);
  await city.say(REDEEMER, 'OK');
  expect(await city.ask(ANA, 'BALANCE')).toContain('You have 9 CITY');
  expect(await city.ask(REDEEMER, 'UNDO')).toContain('Sticker');
});

test('credits that admins gave back already are not given back again', async () => {
  await honored();
  const ana = /p-[0-9a-z]{12}/.exec(await city.ask(ANA, 'ME'))?.[0] ?? '';
  await city.join(EVA);
  const eva = /p-[0-9a-z]{12}/.exec(await city.ask(EVA, 'ME'))?.[0] ?? '';
  city.meddle(`insert into delegations (person_id, partner_id, role, created_at)
    select id, null, 'admin', 0 from persons where participant_id = '${eva}'`);
  await city.prove(ADMIN, `ADJUST ${ana} +4 because the coffee was cold`);
  await city.prove(EVA, 'AGREE 1');
  expect(await city.ask(REDEEMER, 'UNDO')).toContain('corrected those credits already');
});

describe('in Spanish', () => {
  test('DESHACER asks and undoes', async () => {
    await city.say(REDEEMER, 'IDIOMA ES');
    const code = await redeem();
    await city.say(REDEEMER, `CONFIRMAR ${code}`);
    expect(await city.ask(REDEEMER, 'Deshacer')).toMatch(/^¿Deshacer Coffee, any size/);
    expect(await city.ask(REDEEMER, 'Sí')).toMatch(/^Deshecho: /);
  });
});
