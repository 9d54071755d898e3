import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { HOUR_MS, MINUTE_MS } from '../../../src/lib/clock.ts';
import { gsm7Segments, toGsm7 } from '../../../src/lib/gsm7.ts';
import {
  ADMIN,
  ANA,
  BEN,
  type Conversation,
  ORGANIZER,
  openConversation,
  POST,
} from '../../support/conversation.ts';
import { linkChannels } from '../../support/linking.ts';

const TELEGRAM = '70012345';
let city: Conversation;
beforeEach(() => {
  city = openConversation();
});
afterEach(() => city.close());

/** The code that somebody gets. */
const codeFor = async (address: string, word = 'LINK'): Promise<string> =>
  /\d{3} \d{3}/.exec(await city.ask(address, word))?.[0] ?? '';

const wrongFor = (code: string): string => `${code.slice(0, 4)}${code.endsWith('111') ? 222 : 111}`;

/** Somebody says the code of another address, and both agree; the last answer. */
const link = (made: string, said: string): Promise<string> => linkChannels(city, { made, said });

/** Somebody earns the credits of task 1. */
const earn = async (from: string, evidence = 1): Promise<void> => {
  await city.say(from, 'JOIN 1');
  await city.say(from, 'DONE 1 swept', { pictures: ['ok'] });
  await city.say(from, 'OK');
  await city.say(ORGANIZER, `APPROVE ${evidence}`);
};

const heard = (address: string): string =>
  city
    .heard(address)
    .map(({ text }) => text)
    .join('\n');

describe('LINK', () => {
  test.each([
    ['HI', 'LINK', /^Linked: .* one account now, with 20 CITY credits to use\. Reply TASKS/],
    [
      'HOLA',
      'VINCULAR',
      /^Listo: .* una sola cuenta, con 20 créditos CITY para usar\. Responde TAREAS/,
    ],
  ])('%s: joins two channels once both agreed, and tells both', async (hello, word, linked) => {
    await city.join(ANA, hello);
    await city.join(TELEGRAM, hello);
    await earn(ANA);
    city.heard(ANA);
    const code = await codeFor(TELEGRAM, word);
    expect(code).toMatch(/^\d{3} \d{3}$/);
    const asked = await city.ask(ANA, `${word} ${code}`);
    expect(asked).toContain('2345');
    expect(asked).not.toContain(TELEGRAM);
    expect(gsm7Segments(toGsm7(asked))).toBeLessThanOrEqual(2);
    await city.say(ANA, 'OK');
    const owner = heard(TELEGRAM);
    expect(owner).toContain('0141');
    expect(owner).not.toContain(ANA.slice(2));
    const answer = await city.ask(TELEGRAM, 'OK');
    expect(answer).toMatch(linked);
    expect(heard(ANA)).toBe(answer);
    expect(await city.ask(TELEGRAM, hello === 'HI' ? 'BALANCE' : 'SALDO')).toContain('20');
    expect(gsm7Segments(toGsm7(answer))).toBe(1);
  });

  test('joins nobody before the one it was made for agrees', async () => {
    await city.join(ANA);
    await earn(ANA);
    await city.join(TELEGRAM);
    await city.say(TELEGRAM, `LINK ${await codeFor(ANA)}`);
    expect(await city.ask(TELEGRAM, 'OK')).toMatch(
      /^Thanks\. Now we're asking the phone ending in 0141/,
    );
    expect(await city.ask(TELEGRAM, 'BALANCE')).toContain('0 CITY');
    expect(await city.ask(ANA, 'NO')).toContain('All right, nothing was linked. Reply LINK');
    expect(heard(TELEGRAM)).toContain('nothing was linked');
    expect(await city.ask(TELEGRAM, 'BALANCE')).toContain('0 CITY');
  });

  test('of a stranger is asked once they have agreed to messages', async () => {
    await city.join(ANA);
    const code = await codeFor(ANA);
    await city.say(TELEGRAM, `LINK ${code}`);
    expect(await city.ask(TELEGRAM, 'OK')).toContain('ending in 0141');
  });

  test('answers alike to a code that is wrong, used, too old or one’s own', async () => {
    await city.join(ANA);
    await city.join(BEN);
    await city.join(TELEGRAM);
    const own = await codeFor(ANA);
    const answers = [await city.ask(ANA, `LINK ${own}`)];
    answers.push(await city.ask(ANA, `LINK ${wrongFor(own)}`));
    const old = await codeFor(BEN);
    city.clock.time += 10 * MINUTE_MS;
    answers.push(await city.ask(ANA, `LINK ${old}`));
    const used = await codeFor(TELEGRAM);
    await city.say(BEN, `LINK ${used}`);
    answers.push(await city.ask(ANA, `LINK ${used}`));
    expect(new Set(answers).size).toBe(1);
    expect(answers[0]).toMatch(/^That code doesn't work/);
  });

  test('dies of five wrong guesses by anybody: forty accounts guess no more than one', async () => {
    await city.join(TELEGRAM);
    const code = await codeFor(TELEGRAM);
    for (let guesser = 0; guesser < 40; guesser += 1) {
      const address = `+1510555${7000 + guesser}`;
      await city.join(address);
      await city.say(address, `LINK ${wrongFor(code)}`);
    }
    await city.join(ANA);
    expect(await city.ask(ANA, `LINK ${code}`)).toMatch(/^That code doesn't work/);
  });

  test('has the guess budget of every code', async () => {
    await city.join(ANA);
    await city.join(TELEGRAM);
    for (let guess = 0; guess < 5; guess += 1) {
      await city.say(ANA, `LINK ${wrongFor(await codeFor(TELEGRAM))}`);
    }
    const code = await codeFor(TELEGRAM);
    expect(await city.ask(ANA, `LINK ${code}`)).toMatch(/too many wrong codes/);
    city.clock.time += 2 * MINUTE_MS;
    expect(await city.ask(ANA, `LINK ${code}`)).toContain('ending in 2345');
  });

  test('said in public is refused, and the code is void', async () => {
    await city.join(ANA);
    await city.join('kim.example');
    const code = await codeFor(ANA);
    const answer = await city.ask('kim.example', `LINK ${code}`, { post: POST, thread: 'a' });
    expect(answer).toContain('Others could read that code');
    expect(await city.ask('kim.example', `LINK ${code}`)).toMatch(/^That code doesn't work/);
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

  test('keeps alerts; the one account is told of a task once', async () => {
    await city.join(ANA);
    await city.join(TELEGRAM);
    await city.say(ANA, 'ALERTS');
    await city.say(TELEGRAM, 'ALERTS');
    await link(ANA, TELEGRAM);
    city.heard(ANA);
    city.heard(TELEGRAM);
    await city.say(ORGANIZER, 'ANNOUNCE Plant trees; 5; sat 9am-11am; Park; 2');
    await city.say(ORGANIZER, 'OK');
    expect(city.heard(ANA)).toHaveLength(1);
    expect(city.heard(TELEGRAM)).toEqual([]);
  });

  test('counts for what the other channel says in the same moment', async () => {
    await city.join(ANA);
    await earn(ANA);
    await city.join(TELEGRAM);
    await city.say(ANA, `LINK ${await codeFor(TELEGRAM)}`);
    await city.say(ANA, 'OK');
    const message = { pictures: [], replyTo: null, isPublic: false, receivedAt: city.clock.time };
    await city.core.inbox.receiveAll([
      { ...message, channel: 'telegram', externalId: 'b', sender: TELEGRAM, text: 'OK' },
      { ...message, channel: 'telegram', externalId: 'c', sender: TELEGRAM, text: 'JOIN 2' },
    ]);
    await city.settle();
    expect(await city.ask(ANA, 'TASK 2')).toContain("You're in");
  });

  test('in a flow stays one’s own: STOP on one channel leaves the other', async () => {
    await city.join(ANA);
    await city.join(TELEGRAM);
    expect(await link(TELEGRAM, ANA)).toContain('Linked');
    city.heard(TELEGRAM);
    await city.say(TELEGRAM, 'STOP');
    city.heard(TELEGRAM);
    expect(await city.ask(ANA, 'BALANCE')).toContain('0 CITY');
    expect(city.heard(TELEGRAM)).toEqual([]);
  });

  test('asks nobody who is in the middle of something else', async () => {
    await city.join(ANA);
    await city.join(TELEGRAM);
    const code = await codeFor(ANA);
    await city.say(ANA, 'ME 2');
    await city.say(TELEGRAM, `LINK ${code}`);
    expect(await city.ask(TELEGRAM, 'OK')).toContain("We couldn't ask the phone ending in 0141");
    expect(await city.ask(ANA, 'NO')).toContain('All right, nothing changed. Reply ');
  });
});

describe('a link of somebody who acts for others', () => {
  /** An attacker can send in the admin's name, and reads nothing that is sent there. */
  test('is not made by forged texts of theirs', async () => {
    await city.join(TELEGRAM);
    const code = await codeFor(TELEGRAM);
    await city.say(ADMIN, `LINK ${code}`);
    await city.say(ADMIN, 'OK');
    await city.say(TELEGRAM, 'OK');
    for (const forged of ['OK', 'YES', '0000']) await city.say(ADMIN, forged);
    expect(await city.prove(TELEGRAM, 'INVITE business My Shop')).toMatch(/only|admin/i);
    expect(await city.prove(ADMIN, 'INVITE business Corner Bakery')).toContain('ACCEPT');
  });

  test('is made by the number that their oldest address reads', async () => {
    await city.join(TELEGRAM);
    const code = await codeFor(TELEGRAM);
    await city.say(ADMIN, `LINK ${code}`);
    await city.say(ADMIN, 'OK');
    city.heard(ADMIN);
    await city.say(TELEGRAM, 'OK');
    const number = /reply (\d{4})/.exec(heard(ADMIN))?.[1] ?? '';
    expect(await city.ask(ADMIN, number)).toContain('Linked');
    expect(await city.prove(TELEGRAM, 'INVITE business Corner Bakery')).toContain('ACCEPT');
  });

  test('is never made with somebody whose work they approved, and the admins hear of it', async () => {
    await city.join(TELEGRAM);
    await earn(TELEGRAM);
    city.heard(ADMIN);
    const code = await codeFor(TELEGRAM);
    expect(await city.ask(ORGANIZER, `LINK ${code}`)).toContain("can't be one account");
    expect(heard(ADMIN)).toMatch(/^p-\w+ and p-\w+ wanted to become one account/);
    expect(await city.ask(ORGANIZER, `LINK ${code}`)).toMatch(/^That code doesn't work/);
  });

  test('once made, their other channel is nobody whose work they can approve, even when parted', async () => {
    await city.join(TELEGRAM);
    await city.say(TELEGRAM, `LINK ${await codeFor(ORGANIZER)}`);
    await city.say(TELEGRAM, 'OK');
    const number = /reply (\d{4})/.exec(await city.ask(ORGANIZER, 'OK'))?.[1] ?? '';
    expect(await city.ask(ORGANIZER, number)).toContain('Linked');
    await city.say(ORGANIZER, 'UNLINK 2');
    expect(await city.ask(ORGANIZER, 'OK')).toContain('account of its own');
    await earn(TELEGRAM);
    expect(await city.ask(TELEGRAM, 'BALANCE')).toContain('0 CITY');
    expect(await city.ask(ORGANIZER, 'APPROVE 1')).toContain('own');
  });
});

describe('UNLINK', () => {
  test('lists addresses masked, and parts one off once they are sure', async () => {
    await city.join(ANA);
    await earn(ANA);
    await city.join(TELEGRAM);
    expect(await link(TELEGRAM, ANA)).toContain('Linked');
    city.heard(TELEGRAM);
    const list = await city.ask(ANA, 'UNLINK');
    expect(list).toMatch(/^1 the phone ending in 0141\n2 the Telegram account ending in 2345\n/);
    await city.say(ANA, 'UNLINK 2');
    expect(await city.ask(ANA, 'NO')).toContain('All right, nothing changed. Reply ');
    await city.say(ANA, 'UNLINK 2');
    expect(await city.ask(ANA, 'OK')).toContain('account of its own now');
    expect(heard(TELEGRAM)).toContain('account of its own now');
    expect(await city.ask(TELEGRAM, 'BALANCE')).toContain('0 CITY');
    expect(await city.ask(ANA, 'BALANCE')).toContain('20 CITY');
  });

  test('of the only address is refused', async () => {
    await city.join(ANA);
    expect(await city.ask(ANA, 'UNLINK')).toMatch(/^This is your only channel/);
    expect(await city.ask(ANA, 'UNLINK 1')).toMatch(/^This is your only channel/);
  });
});

test('a number that its owner shares on another channel needs the OK of that phone', async () => {
  await city.join(ANA);
  await earn(ANA);
  await city.join(TELEGRAM);
  city.heard(ANA);
  const share = async (sharedNumber: string, externalId: string) => {
    await city.core.inbox.receive({
      ...{ channel: 'telegram', externalId, sender: TELEGRAM, text: '', pictures: [] },
      ...{ replyTo: null, isPublic: false, receivedAt: city.clock.time, sharedNumber },
    });
    await city.settle();
  };
  await share('+15105550999', 'nobody');
  expect(heard(TELEGRAM)).toContain('No other account here has that number');
  await share(ANA, 'hers');
  expect(heard(TELEGRAM)).toContain("Now we're asking the phone ending in 0141");
  expect(heard(ANA)).toContain('ending in 2345');
  city.clock.time += HOUR_MS / 2;
  expect(await city.ask(ANA, 'OK')).toContain('Linked');
  expect(await city.ask(TELEGRAM, 'BALANCE')).toContain('20 CITY');
});

test('a question about an address that was forgotten since is over, and stops no message', async () => {
  await city.join(ANA);
  await city.join(BEN);
  await city.say(BEN, `LINK ${await codeFor(ANA)}`);
  await city.say(ANA, 'FORGET ME');
  await city.say(ANA, 'OK');
  await city.say(ANA, 'OK');
  city.clock.time += MINUTE_MS;
  await city.settle();
  expect(await city.ask(BEN, 'who is that')).toContain('That question is over');
  expect(await city.ask(BEN, 'BALANCE')).toContain('0 CITY');
});

test('a role that ended by itself takes none from the other side', async () => {
  const accept = async (words: string, who: string): Promise<string> =>
    city.ask(who, /ACCEPT [\w-]+/.exec(await city.prove(ADMIN, words))?.[0] ?? '');
  await accept('INVITE manager Codornices Creek Friends until nov 30', ANA);
  await accept('INVITE manager Codornices Creek Friends', TELEGRAM);
  city.clock.time += 10 * 24 * HOUR_MS;
  await city.settle();
  await link(ANA, TELEGRAM);
  expect(await city.ask(TELEGRAM, 'OK')).toContain('Linked');
  expect(await city.ask(TELEGRAM, 'ROSTER 1')).not.toContain('organizers');
});
