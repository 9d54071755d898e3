// At the end of the day a counter compares: what was given in sum, and what differs.
import { afterEach, beforeEach, expect, test } from 'vitest';
import { DAY_MS, HOUR_MS, MINUTE_MS } from '../../../src/lib/clock.ts';
import {
  ANA,
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
  await city.say(REDEEMER, 'OFFER Sticker; 1');
});
afterEach(() => city.close());

async function give(offer: number): Promise<void> {
  const code = /[0-9A-Z]{4}-[0-9A-Z]{4}/.exec(await city.ask(ANA, `REDEEM ${offer}`))?.[0];
  expect(await city.ask(REDEEMER, `CONFIRM ${code}`)).toMatch(/^GIVE IT/);
  city.clock.time += 2 * MINUTE_MS;
}

test('TODAY sums up by offer, without whom', async () => {
  expect(await city.ask(REDEEMER, 'TODAY')).toContain('Nothing was given today');
  for (const offer of [4, 1, 4]) await give(offer);
  const answer = await city.ask(REDEEMER, 'TODAY');
  expect(answer).toMatch(
    /^Given today: 3, for 12 CITY credits\.\n1 x Coffee, any size: 10 CITY credits\n2 x Sticker: 2 CITY credits\n/,
  );
  expect(answer).not.toMatch(/p-[0-9a-z]{12}|\+1/);
});

test('TODAY 14 says yes, or lists what there is with times', async () => {
  for (const offer of [4, 1]) await give(offer);
  expect(await city.ask(REDEEMER, 'TODAY 2')).toContain('Yes, 2 today, for 11 CITY credits.');
  const differs = await city.ask(REDEEMER, 'today 14');
  expect(differs).toContain('We have 2 today, you have 14.');
  expect(differs).toMatch(/\n10:00 AM Sticker, 1 CITY credit\n10:02 AM Coffee, any size, 10 CITY/);
  expect(await city.ask(REDEEMER, 'HOY 3')).toMatch(/tú 3\. Estos son:|you have 3/);
});

test('what was undone is left out, and so are other days', async () => {
  for (const offer of [4, 4]) await give(offer);
  await city.say(REDEEMER, 'UNDO');
  await city.say(REDEEMER, 'OK');
  expect(await city.ask(REDEEMER, 'TODAY 1')).toContain('Yes, 1 today');
  // The city's midnight counts: it is 10 in the morning.
  city.clock.time += 13 * HOUR_MS;
  expect(await city.ask(REDEEMER, 'TODAY')).toContain('Given today: 1,');
  city.clock.time += HOUR_MS;
  expect(await city.ask(REDEEMER, 'TODAY')).toContain('Nothing was given today');
  expect(await city.ask(REDEEMER, 'TODAY 0')).toContain('Yes, 0 today');
  city.clock.time += DAY_MS;
  await give(4);
  expect(await city.ask(REDEEMER, 'TODAY')).toContain('Given today: 1, for 1 CITY');
});

test('is for businesses, and no word of everybody’s day', async () => {
  expect(await city.ask(ANA, 'TODAY')).not.toContain('Given today');
  expect(await city.ask(ANA, "Today I can't go")).not.toContain('business');
});
