// What is not understood is never answered twice with the same words.
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { HOUR_MS } from '../../src/lib/clock.ts';
import { TUESDAY } from '../support/city.ts';
import { standingClock } from '../support/clock.ts';
import {
  ADMIN,
  ANA,
  type Conversation,
  ORGANIZER,
  openConversation,
  REDEEMER,
} from '../support/conversation.ts';
import { rememberingChannel, testCity } from '../support/test-city.ts';

let city: Conversation;
beforeEach(() => {
  city = openConversation();
});
afterEach(() => city.close());

/** Says one after another; all answers. */
async function sayAll(from: string, ...texts: readonly string[]): Promise<readonly string[]> {
  const answers: string[] = [];
  for (const text of texts) answers.push(await city.ask(from, text));
  return answers;
}

describe('how a command is written', () => {
  test.each([
    [ORGANIZER, 'APPROVE', 'like APPROVE 31'],
    [ORGANIZER, 'REJECT it', 'like REJECT 31'],
    [ORGANIZER, 'CLOSE', 'like CLOSE 12'],
    [REDEEMER, 'CONFIRM', 'like CONFIRM'],
    [REDEEMER, 'OFFER tea, 7 credits', 'Write OFFER title'],
    [ADMIN, 'INVITE', 'INVITE organizer or INVITE business'],
    [ADMIN, 'CAP', 'like CAP'],
  ])('is not said twice in a row: %s %s', async (from, text, expected) => {
    const answers = await sayAll(from, text, text, text, text);
    expect(answers[0]).toContain(expected);
    expect(answers[1]).toMatch(/Reply with a number:\n1 .*\n2 .*\n3 .*\nOr write to a person/);
    expect(new Set(answers).size).toBe(answers.length);
    await city.say(from, 'BALANCE');
    expect(await city.ask(from, text)).toBe(answers[0]);
  });

  test('of two commands is said for each', async () => {
    const [one, other] = await sayAll(ORGANIZER, 'APPROVE', 'CLOSE');
    expect(one).toContain('like APPROVE 31');
    expect(other).toContain('like CLOSE 12');
  });
});

describe('an ending of something that is no task of theirs', () => {
  test.each([
    ['HI', 'STOP 12345', 'not in a task that you can leave. Reply STOP'],
    ['HOLA', 'cancelar mi lugar', 'No estas en ninguna tarea que puedas dejar. Responde ALTO'],
  ])('names no task: %s %s', async (greeting, text, expected) => {
    await city.join(ANA, greeting);
    expect(await city.ask(ANA, text)).toContain(expected);
  });

  test('names the one that they are in', async () => {
    await city.join(ANA);
    await city.say(ANA, 'JOIN 2');
    expect(await city.ask(ANA, 'STOP 12345')).toBe('DROP 2 leaves the task; STOP ends messages.');
  });
});

describe('a message that means nothing', () => {
  test.each([
    ['HI', /didn't understand/, /1 Open tasks\n2 My balance\n3 Help\nOr write to a person: hello@/],
    [
      'HOLA',
      /no entendi/,
      /1 Tareas abiertas\n2 Mi saldo\n3 Ayuda\nO escribe a una persona: hello@/,
    ],
  ])('is answered in other words each time: %s', async (greeting, first, second) => {
    await city.join(ANA, greeting);
    const answers = await sayAll(ANA, 'qwzx', 'vbnm', 'asdfg', 'zxcvb', 'poiuy');
    expect(answers[0]).toMatch(first);
    expect(answers[1]).toMatch(second);
    expect(new Set(answers).size).toBe(answers.length);
    expect(answers).not.toContain('');
  });

  test('lets somebody choose by a number, on a channel with buttons too', async () => {
    for (const person of [ANA, '7000555', 'eva.test']) {
      await city.join(person);
      const [, offered] = await sayAll(person, 'qwzx', 'vbnm');
      expect(offered).toContain('1 Open tasks');
      expect(await city.ask(person, '2')).toContain('CITY credits to use');
    }
  });

  test('offers each what they most likely want', async () => {
    expect((await sayAll(ORGANIZER, 'qwzx', 'vbnm'))[1]).toContain('1 Announce a task');
    expect((await sayAll(REDEEMER, 'qwzx', 'vbnm'))[1]).toContain('1 Check a code');
  });

  test('begins anew once a message was understood, or an hour has passed', async () => {
    await city.join(ANA);
    const [first] = await sayAll(ANA, 'qwzx');
    await city.say(ANA, 'BALANCE');
    expect(await city.ask(ANA, 'vbnm')).toBe(first);
    city.clock.time += HOUR_MS;
    expect(await city.ask(ANA, 'asdfg')).toBe(first);
  });

  test('that only repeats itself is answered twice', async () => {
    await city.join(ANA);
    const answers = await sayAll(ANA, 'qwzx', 'qwzx', 'qwzx', 'qwzx');
    expect(answers.map((answer) => answer !== '')).toEqual([true, true, false, false]);
  });
});

describe('an answer that cannot be taken', () => {
  test.each([
    [ANA, ['JOIN'], 'that one please', 'the second of them', /like 1\. Or reply NO/],
    [ORGANIZER, ['ANNOUNCE', 'Rake'], 'a lot', 'quite many', /like 20\. BACK .* NO/],
    [
      ORGANIZER,
      ['ANNOUNCE', 'Rake', '10'],
      'whenever',
      'some day soon',
      /sat 9am-11am\. BACK .* NO/,
    ],
    [
      ORGANIZER,
      ['ANNOUNCE Rake; 10; sat 9am-11am; Park; 5'],
      'looks fine',
      'hm',
      /OK .* BACK .* NO/,
    ],
    [REDEEMER, ['OFFER', 'Green tea'], 'a few', 'some', /like 20\. BACK .* NO/],
    [ANA, ['ME 2'], 'what is that', 'who asks', /OK for yes, or NO/],
    [ANA, ['FORGET ME'], 'what is that', 'who asks', /OK for yes, or NO/],
  ])(
    '%s %s: the second time it is said with an example and the way back',
    async (from, way, one, other, example) => {
      await city.join(ANA);
      await sayAll(from, ...way);
      const [first, second, third] = await sayAll(from, one, other, 'dunno really');
      expect(second).toMatch(example);
      expect(first).not.toBe(second);
      expect(third).toContain('ask a person: hello@city-sync.example');
      expect(await city.ask(from, 'NO')).toMatch(/All right|Nothing was deleted/);
    },
  );

  test('keeps the question open', async () => {
    await city.join(ANA);
    await sayAll(ANA, 'JOIN', 'that one please');
    expect(await city.ask(ANA, '2')).toContain("You're in");
  });
});

test('a conversation in which two in a row were not understood is counted, without words', async () => {
  const clock = standingClock(TUESDAY);
  const { channel } = rememberingChannel();
  const seen: object[] = [];
  const town = testCity({
    clock,
    channels: () => [channel],
    observe: (step, detail) => {
      if (step === 'message.misunderstood') seen.push(detail);
    },
  });
  town.seed();
  await town.start();
  const say = async (sender: string, text: string): Promise<void> => {
    await town.receive({ sender, text });
    await town.idle();
  };
  for (const text of ['qwzx', 'vbnm', 'asdfg', 'ANNOUNCE', 'Rake', 'a lot', 'many']) {
    await say(ORGANIZER, text);
  }
  expect(seen).toEqual([
    { count: 1, language: 'en' },
    { count: 1, language: 'en', question: 'announce.credits' },
  ]);
  await town.stop();
});

test.each(['Ok thanks', 'Great, thank you!', 'sale, gracias', '🙏 gracias'])(
  'thanks need no answer: %s',
  async (text) => {
    await city.join(ANA);
    expect(await city.ask(ANA, text)).toBe('');
  },
);

test.each(['?', '❤️', '...', 'ok', '👍'])('but %s is answered', async (text) => {
  await city.join(ANA);
  expect(await city.ask(ANA, text)).not.toBe('');
});
