import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import {
  ADMIN,
  ANA,
  type Conversation,
  ORGANIZER,
  openConversation,
} from '../../support/conversation.ts';

let city: Conversation;
beforeEach(async () => {
  city = openConversation();
  await city.join(ANA);
});
afterEach(() => city.close());

const heard = (address: string): string =>
  city
    .heard(address)
    .map(({ text }) => text)
    .join('\n');
const idIn = (text: string): string => /p-\w{12}/.exec(text)?.[0] ?? '';

async function addSecond(): Promise<string> {
  await city.say(ANA, 'ME 2');
  return city.ask(ANA, 'OK');
}

describe('two people on one phone', () => {
  test('the second is asked, has an account of their own, and reads whose turn it is', async () => {
    const first = idIn(await city.ask(ANA, 'ME'));
    expect(await city.ask(ANA, 'ME 2')).toContain('they agree to messages here');
    expect(await city.ask(ANA, 'NO')).toContain('All right, nothing changed. Reply HELP');
    expect(idIn(await city.ask(ANA, 'ME'))).toBe(first);
    expect(await addSecond()).toBe("Person 2: It's person 2's turn now. Reply ME 1 to switch.");
    expect(city.consents().at(-1)).toMatchObject({ kind: 'messages' });
    const second = await city.ask(ANA, 'ME');
    expect(second).toMatch(/^Person 2: /);
    expect(idIn(second)).not.toBe(first);
    expect(await city.ask(ANA, 'ME 1')).toBe("It's person 1's turn now. Reply ME 2 to switch.");
    expect(idIn(await city.ask(ANA, 'ME'))).toBe(first);
    await city.say(ANA, 'ME 2');
    expect(idIn(await city.ask(ANA, 'ME'))).toBe(idIn(second));
  });

  test('each earns and agrees for themself; who is told something reads for whom it is', async () => {
    await city.say(ANA, 'JOIN 1');
    await city.say(ANA, 'DONE 1 swept', { pictures: ['ok'] });
    await city.say(ANA, 'OK');
    await addSecond();
    city.heard(ANA);
    await city.say(ORGANIZER, 'APPROVE 1');
    expect(heard(ANA)).toMatch(/^Person 1: /);
    expect(await city.ask(ANA, 'BALANCE')).toMatch(/^Person 2: You have 0 CITY/);
    await city.say(ANA, 'JOIN 2');
    expect(await city.ask(ANA, 'DONE 2 planted', { pictures: ['ok'] })).toContain('is public');
    await city.say(ANA, 'ME 1');
    expect(await city.ask(ANA, 'BALANCE')).toMatch(/^You have 20 CITY/);
  });

  test('STOP is the phone’s', async () => {
    await addSecond();
    await city.say(ANA, 'STOP');
    expect(await city.ask(ANA, 'ME 1')).toBe('');
  });

  test('neither decides about the other’s work', async () => {
    await city.say(ORGANIZER, 'ME 2');
    await city.say(ORGANIZER, 'OK');
    await city.say(ORGANIZER, 'JOIN 1');
    await city.say(ORGANIZER, 'DONE 1 swept', { pictures: ['ok'] });
    await city.say(ORGANIZER, 'OK');
    await city.say(ORGANIZER, 'ME 1');
    expect(await city.ask(ORGANIZER, 'APPROVE 1')).toContain('own');
  });

  test('there is no third', async () => {
    await addSecond();
    expect(await city.ask(ANA, 'ME 3')).toContain('Only person 1 and 2');
  });
});

test('an admin whose phone is at its second person’s turn can still be reached', async () => {
  await city.say(ADMIN, 'ME 2');
  await city.say(ADMIN, 'OK');
  const admins = city.store.read.partners.reachableActingFor(null, city.clock.time);
  expect(admins).toHaveLength(1);
});
