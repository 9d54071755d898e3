import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { DAY_MS, HOUR_MS } from '../../../src/lib/clock.ts';
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
import { linkChannels } from '../../support/linking.ts';

const TELEGRAM = '70012345';
const CODE = /[0-9A-Z]{4}-[0-9A-Z]{4}-[0-9A-Z]{4}/;
let city: Conversation;
beforeEach(() => {
  city = openConversation();
});
afterEach(() => city.close());

const heard = (address: string): string =>
  city
    .heard(address)
    .map(({ text }) => text)
    .join('\n');

/** Ana earns the credits of a task; the recovery code that comes with the first. */
async function earn(task = 1, evidence = 1): Promise<string> {
  await city.say(ANA, `JOIN ${task}`);
  await city.say(ANA, `DONE ${task} swept`, { pictures: ['ok'] });
  await city.say(ANA, 'OK');
  city.heard(ANA);
  await city.say(ORGANIZER, `APPROVE ${evidence}`);
  return CODE.exec(heard(ANA))?.[0] ?? '';
}

/** Time passes, and the jobs run. */
async function pass(ms: number): Promise<void> {
  city.clock.time += ms;
  await city.settle();
}

const balance = (address: string): Promise<string> => city.ask(address, 'BALANCE');

describe('the recovery code', () => {
  test('comes once, with the first credits; MOVE NEW gives another', async () => {
    await city.join(ANA);
    const first = await earn();
    expect(first).toMatch(CODE);
    expect(await earn(2, 2)).toBe('');
    await city.say(ANA, 'MOVE NEW');
    const second = CODE.exec(await city.ask(ANA, 'OK'))?.[0] ?? '';
    expect(second).toMatch(CODE);
    await city.join(BEN);
    expect(await city.ask(BEN, `MOVE ${first}`)).toMatch(/^That code doesn't work/);
    expect(await city.ask(BEN, `MOVE ${second}`)).toMatch(/^Your account moves here on/);
  });

  test('said where others read is void', async () => {
    await city.join(ANA);
    const code = await earn();
    await city.join('kim.example');
    const said = await city.ask('kim.example', `MOVE ${code}`, { thread: 'a' });
    expect(said).toContain('Others could read that code');
    expect(await city.ask('kim.example', `MOVE ${code}`)).toMatch(/^That code doesn't work/);
  });
});

describe('MOVE', () => {
  test('moves the account after 72 hours, told to the old address, with a new code', async () => {
    await city.join(ANA);
    const code = await earn();
    await city.join(BEN);
    expect(await city.ask(BEN, `MOVE ${code}`)).toMatch(/^Your account moves here on/);
    const told = heard(ANA);
    expect(told).toContain('the phone ending in 0142');
    expect(told).not.toContain(BEN.slice(2));
    await pass(71 * HOUR_MS);
    expect(await balance(BEN)).toContain('0 CITY');
    await pass(HOUR_MS);
    expect(heard(BEN)).toMatch(CODE);
    expect(heard(ANA)).toContain('not here any more');
    expect(await balance(BEN)).toContain('20 CITY');
    expect(await city.ask(ANA, 'BALANCE')).toMatch(/OK/);
    await city.say(ANA, 'OK');
    expect(await balance(ANA)).toContain('0 CITY');
    expect(await city.ask(BEN, `MOVE ${code}`)).toMatch(/^That code doesn't work/);
  });

  test.each(['NO', 'BALANCE', 'what is this?', 'STOP'])(
    'is stopped by any word from the old address: %s',
    async (word) => {
      await city.join(ANA);
      const code = await earn();
      await city.join(BEN);
      await city.say(BEN, `MOVE ${code}`);
      await city.say(ANA, word);
      expect(heard(BEN)).toContain('does not move here');
      await pass(80 * HOUR_MS);
      expect(await balance(BEN)).toContain('0 CITY');
    },
  );

  test('happens at once when an old channel says OK, and that channel stays', async () => {
    await city.join(ANA);
    const code = await earn();
    await city.join(BEN);
    await city.say(BEN, `MOVE ${code}`);
    await pass(30 * HOUR_MS);
    expect(await city.ask(ANA, 'OK')).toContain('too');
    expect(await balance(BEN)).toContain('20 CITY');
    expect(await balance(ANA)).toContain('20 CITY');
  });

  test('of an account that acts for others is told to the admins', async () => {
    await city.say(ORGANIZER, 'MOVE NEW');
    const code = CODE.exec(await city.ask(ORGANIZER, 'OK'))?.[0] ?? '';
    await city.join(BEN);
    city.heard(ADMIN);
    await city.say(BEN, `MOVE ${code}`);
    expect(heard(ADMIN)).toMatch(/who acts for others, moves to the phone ending in 0142/);
    expect(await city.ask(BEN, 'ROSTER 1')).not.toMatch(/^Task 1/);
    await pass(72 * HOUR_MS);
    expect(await city.ask(BEN, 'ROSTER 1')).toMatch(/^Task 1/);
    await city.say(ORGANIZER, 'HI');
    await city.say(ORGANIZER, 'OK');
    expect(await city.ask(ORGANIZER, 'ROSTER 1')).not.toMatch(/^Task 1/);
  });

  test('loses nobody’s credits: an address that has some of its own is refused', async () => {
    await city.join(ANA);
    const code = await earn();
    await city.join(BEN);
    await city.say(BEN, 'JOIN 2');
    expect(await city.ask(BEN, `MOVE ${code}`)).toMatch(/^This address has credits, tasks/);
    expect(heard(ANA)).toBe('');
  });

  test('takes no other address of the one it moves to', async () => {
    await city.join(ANA);
    const code = await earn();
    await city.join(BEN);
    await city.join(TELEGRAM);
    expect(await linkChannels(city, { made: BEN, said: TELEGRAM })).toContain('Linked');
    await city.say(BEN, `MOVE ${code}`);
    await pass(72 * HOUR_MS);
    expect(await balance(BEN)).toContain('20 CITY');
    expect(await balance(TELEGRAM)).toContain('0 CITY');
  });
});

test('an OK in the name of somebody who acts for others moves nothing: their phone’s number does', async () => {
  await city.say(ORGANIZER, 'MOVE NEW');
  const code = CODE.exec(await city.ask(ORGANIZER, 'OK'))?.[0] ?? '';
  await city.join(BEN);
  await city.say(BEN, `MOVE ${code}`);
  const number = /reply (\d{4}):/.exec(heard(ORGANIZER))?.[1] ?? '';
  await city.say(ORGANIZER, 'OK');
  expect(await city.ask(BEN, 'ROSTER 1')).not.toMatch(/^Task 1/);
  expect(await city.ask(ORGANIZER, number)).not.toContain('too');
  await city.say(BEN, `MOVE ${code}`);
  const again = /reply (\d{4}):/.exec(heard(ORGANIZER))?.[1] ?? '';
  expect(await city.ask(ORGANIZER, again)).toContain('too');
  expect(await city.ask(BEN, 'ROSTER 1')).toMatch(/^Task 1/);
});

describe('a move without the code', () => {
  const ask = async (): Promise<string> => {
    await city.join(ANA);
    await earn();
    await city.join(BEN);
    city.heard(ADMIN);
    city.heard(ANA);
    return city.ask(BEN, 'MOVE 510 555 0141');
  };

  test('waits for an admin, and two weeks of notice', async () => {
    const answer = await ask();
    expect(await city.ask(BEN, 'MOVE 510 555 0199')).toBe(answer);
    expect(heard(ANA)).toMatch(
      /move your account to the phone ending in 0142 .*Any reply stops it/,
    );
    const asked = heard(ADMIN);
    expect(asked).toMatch(/ending in 0142 .* ending in 0141\. .*ALLOW 1/);
    expect(await city.prove(BEN, 'ALLOW 1 it is me')).not.toContain('Allowed');
    expect(await city.prove(ADMIN, 'ALLOW 1')).toContain('say why');
    expect(await city.prove(ADMIN, 'ALLOW 1 she came to the office')).toMatch(/^Allowed\./);
    expect(heard(ANA)).toContain('the phone ending in 0142');
    await pass(13 * DAY_MS);
    expect(await balance(BEN)).toContain('0 CITY');
    await pass(DAY_MS);
    expect(await balance(BEN)).toContain('20 CITY');
  });

  test('is stopped by the old number, before and after the admin’s word', async () => {
    await ask();
    await city.say(ANA, 'TASKS');
    expect(await city.prove(ADMIN, 'ALLOW 1 why not')).toContain('no move 1');
    city.clock.time += 2 * HOUR_MS;
    await city.say(BEN, 'MOVE 510 555 0141');
    await city.prove(ADMIN, 'ALLOW 2 sure');
    await city.say(ANA, 'who is that?');
    await pass(20 * DAY_MS);
    expect(await balance(BEN)).toContain('0 CITY');
  });

  test('does not hold up who has the code', async () => {
    await city.join(ANA);
    const code = await earn();
    await city.join(EVA);
    await city.say(EVA, 'MOVE 510 555 0141');
    await city.join(BEN);
    expect(await city.ask(BEN, `MOVE ${code}`)).toMatch(/^Your account moves here on/);
  });
});

describe('a number that was silent for 180 days', () => {
  test('gives the code before it spends', async () => {
    await city.join(ANA);
    const code = await earn();
    await pass(181 * DAY_MS);
    expect(await city.ask(ANA, 'REDEEM 1')).toMatch(/^This number was silent for long/);
    expect(await city.ask(ANA, 'LINK')).toMatch(/^This number was silent for long/);
    await city.say(ANA, 'MOVE NEW');
    expect(await city.ask(ANA, 'OK')).toMatch(/^This number was silent for long/);
    expect(await city.ask(ANA, `MOVE ${code}`)).toContain("we know it's you");
    expect(await city.ask(ANA, 'REDEEM 1')).toContain('Your code');
  });

  test('acts for nobody before', async () => {
    await city.say(REDEEMER, 'MOVE NEW');
    const code = CODE.exec(await city.ask(REDEEMER, 'OK'))?.[0] ?? '';
    await pass(181 * DAY_MS);
    expect(await city.ask(REDEEMER, 'CONFIRM 7GK2-M4QX')).toMatch(/silent for long/);
    await city.say(REDEEMER, `MOVE ${code}`);
    expect(await city.ask(REDEEMER, 'CONFIRM 7GK2-M4QX')).not.toMatch(/silent for long/);
  });

  test('without the code is shown by an admin to be the same person’s', async () => {
    await city.join(ANA);
    await earn();
    await pass(100 * DAY_MS);
    await city.say(ADMIN, 'HI');
    await pass(100 * DAY_MS);
    await city.say(ANA, `MOVE ${ANA}`);
    expect(await city.prove(ADMIN, 'ALLOW 1 knows her tasks')).toMatch(/^Allowed\./);
    expect(await city.ask(ANA, 'REDEEM 1')).toMatch(/^This number was silent for long/);
    await pass(14 * DAY_MS);
    expect(heard(ANA)).toMatch(CODE);
    expect(await city.ask(ANA, 'REDEEM 1')).toContain('Your code');
  });
});

test('an OK to a move whose new address was forgotten since stops no message', async () => {
  await city.join(ANA);
  const code = await earn();
  await city.join(BEN);
  await city.say(BEN, `MOVE ${code}`);
  await city.say(BEN, 'FORGET ME');
  await city.say(BEN, 'OK');
  await city.say(BEN, 'OK');
  await pass(60_000);
  expect(await city.ask(ANA, 'OK')).toContain('nothing to say OK to');
  expect(await balance(ANA)).toContain('20 CITY');
});
