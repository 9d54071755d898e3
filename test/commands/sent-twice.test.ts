// A phone sends a message twice, under two ids: what it makes is made once, and the answer is the same.
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { MINUTE_MS, SECOND_MS } from '../../src/lib/clock.ts';
import {
  ADMIN,
  ANA,
  BEN,
  type Conversation,
  EVA,
  ORGANIZER,
  openConversation,
  REDEEMER,
} from '../support/conversation.ts';
import { numberIn } from '../support/prove.ts';

let city: Conversation;
beforeEach(() => {
  city = openConversation();
});
afterEach(() => city.close());

const twice = async (from: string, text: string): Promise<readonly [string, string]> => {
  const first = await city.ask(from, text);
  city.clock.time += SECOND_MS;
  return [first, await city.ask(from, text)];
};

describe('within a minute', () => {
  test('OFFER adds one offer', async () => {
    const [first, second] = await twice(REDEEMER, 'OFFER Iced tea; 7; 5');
    expect(first).toContain('Offer 4 is open');
    expect(second).toBe(first);
    city.clock.time += MINUTE_MS;
    expect(await city.ask(REDEEMER, 'OFFER Iced tea; 7; 5')).toContain('Offer 5 is open');
  });

  test('another OFFER is another offer', async () => {
    await city.say(REDEEMER, 'OFFER Iced tea; 7; 5');
    expect(await city.ask(REDEEMER, 'OFFER Iced tea; 8; 5')).toContain('Offer 5 is open');
    expect(await city.ask(REDEEMER, 'OFFER Iced tea; 8')).toContain('Offer 6 is open');
  });

  test('INVITE by SMS asks for one number, and that number invites', async () => {
    const [first, second] = await twice(ADMIN, 'INVITE business Corner Bakery');
    expect(numberIn(first)).toBeDefined();
    expect(second).toBe(first);
    expect(await city.ask(ADMIN, numberIn(first) ?? '')).toContain('Pass this on to Corner Bakery');
  });

  test('the same invitation is handed out, until it is taken up', async () => {
    const words = (text: string) => /ACCEPT [\w-]+/.exec(text)?.[0] ?? '';
    const first = words(await city.prove(ADMIN, 'INVITE business Corner Bakery'));
    expect(words(await city.prove(ADMIN, 'INVITE business Corner Bakery'))).toBe(first);
    await city.say(ANA, first);
    const next = words(await city.prove(ADMIN, 'INVITE COUNTER Corner Bakery'));
    expect(next).not.toBe(first);
    expect(words(await city.prove(ADMIN, 'INVITE MANAGER Corner Bakery'))).not.toBe(next);
    expect(await city.ask(BEN, first)).toContain("isn't valid");
    expect(await city.ask(BEN, next)).toContain('You now act for Corner Bakery');
    const later = words(await city.prove(ADMIN, 'INVITE COUNTER Corner Bakery'));
    expect(later).not.toBe(next);
    city.clock.time += MINUTE_MS;
    expect(words(await city.prove(ADMIN, 'INVITE COUNTER Corner Bakery'))).not.toBe(later);
  });

  test('ADJUST asks for one correction, and the others hear of it once', async () => {
    await city.join(EVA);
    await city.join(ANA);
    for (const text of ['JOIN 1', 'DONE 1 two bags', 'OK']) await city.say(ANA, text);
    await city.say(ORGANIZER, 'APPROVE 1');
    const idOf = async (from: string) => /p-\w{12}/.exec(await city.ask(from, 'ME'))?.[0] ?? '';
    city.meddle(`insert into delegations (person_id, partner_id, role, created_at)
      select id, null, 'admin', 0 from persons where participant_id = '${await idOf(EVA)}'`);
    const text = `ADJUST ${await idOf(ANA)} +8 because one bag was missed`;
    const first = await city.prove(ADMIN, text);
    expect(first).toContain('Correction 1');
    expect(city.heard(EVA)).toHaveLength(1);
    expect(await city.prove(ADMIN, text)).toBe(first);
    expect(city.heard(EVA)).toEqual([]);
  });

  test('ANNOUNCE is read back twice and announced once', async () => {
    const line = 'ANNOUNCE Plant trees; 30; sat 9am-11am; 8th St bridge; 10';
    const [first, second] = await twice(ORGANIZER, line);
    expect(second).toBe(first);
    const [announced, again] = await twice(ORGANIZER, 'OK');
    expect(announced).toContain('Announced: task 4');
    expect(again).toContain('nothing to say OK to');
  });
});
