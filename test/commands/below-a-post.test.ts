// Below the announcement of a task people talk to one another: only what is meant for us acts.
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { DAY_MS, HOUR_MS } from '../../src/lib/clock.ts';
import {
  ADMIN,
  type Conversation,
  ORGANIZER,
  openConversation,
  type Sent,
} from '../support/conversation.ts';

const EVA = 'did:plc:evaabcdefghijklmnopqrst';
const LEO = 'did:plc:leoabcdefghijklmnopqrst';

let city: Conversation;
let below: Sent;
let taskId: number;
beforeEach(async () => {
  city = openConversation();
  await city.settle();
  const post = city.publicPosts.find(({ channel }) => channel === 'bluesky');
  const replyTo = post?.message.id ?? '';
  taskId = city.store.read.announcements.taskOf('bluesky', replyTo) ?? 0;
  below = { replyTo, thread: 'at://the/thread' };
});
afterEach(() => city.close());

const claim = async (who: string) => (await city.ask(who, `TASK ${taskId}`)).slice(-90);
const joins = async (who: string) => {
  await city.join(who);
  await city.say(who, 'JOIN', below);
};

describe('somebody who takes part', () => {
  beforeEach(() => joins(EVA));

  test.each([
    'What should I bring?',
    '¿Qué llevo?',
    'what time should we be there',
    'donde nos vemos',
  ])(
    'asks %j: the organizer gets it without a name or number, and nothing is evidence',
    async (question) => {
      city.heard(ORGANIZER);
      expect(await city.ask(EVA, question, below)).toMatch(/passed your question on to Codornices/);
      await city.settle();
      const [told, ...more] = city.heard(ORGANIZER);
      expect(told?.text).toContain(`"${question}"`);
      expect(told?.text).toMatch(/from p-[0-9a-z]{12}/);
      expect(told?.text).not.toContain(EVA);
      expect(more).toEqual([]);
      expect(city.store.read.evidence.get(1)).toBeUndefined();
      expect(await city.ask(EVA, 'DROP', below)).toContain('You left');
    },
  );

  test('gives a number in a question, which is masked, and asks ten a day', async () => {
    await city.say(EVA, 'Can you call me at 510 555 0130?', below);
    expect(city.heard(ORGANIZER)[0]?.text).not.toContain('0130');
    const answers: string[] = [];
    for (let at = 0; at < 12; at += 1) answers.push(await city.ask(EVA, `What is ${at}?`, below));
    expect(answers.filter((answer) => answer.includes('passed'))).toHaveLength(9);
    expect(answers.slice(-3)).toEqual([expect.stringContaining('tomorrow'), '', '']);
  });

  test.each([
    'Sorry, I can no longer make it',
    "I can't make it anymore",
    'Ya no puedo ir',
    'Perdón, ya no voy a poder ir',
    'Hi all, something came up',
  ])('regrets with %j: is asked whether to leave, and OK leaves', async (regret) => {
    expect(await city.ask(EVA, regret, below)).toContain(`OK to leave task ${taskId}`);
    expect(await claim(EVA)).toContain("You're in");
    await city.say(EVA, regret, below);
    expect(await city.ask(EVA, 'NO', below)).toContain('still have your spot');
    await city.say(EVA, regret, below);
    expect(await city.ask(EVA, 'ok', below)).toContain(`You left task ${taskId}`);
  });

  test.each([
    ...['Thanks!', 'Nice, congrats!', '🎉', '👍', 'Great work everyone', 'See you Saturday', 'lol'],
    ...['Gracias', 'Qué padre', 'Nos vemos el sábado', 'My dog loves this creek', 'ok', 'Yes!'],
    ...['Join us everybody!', 'Close call', 'Help is on the way', 'More of this please', 'Same!'],
    ...[
      'Can’t make it but you should',
      'As always, great',
      'Hi all',
      'Two bags so far',
      'Task force at its best',
      'Sí',
    ],
  ])('says %j to others: silence, and nothing happens', async (text) => {
    const before = city.ledger();
    expect(await city.say(EVA, text, below)).toEqual([]);
    expect(city.store.read.evidence.get(1)).toBeUndefined();
    expect(await claim(EVA)).toContain("You're in");
    expect(city.ledger()).toEqual(before);
  });

  test('sends evidence with DONE or a photo only', async () => {
    city.clock.time += 5 * DAY_MS;
    expect(await city.ask(EVA, 'swept it all', below)).toBe('');
    expect(await city.ask(EVA, 'Done! swept it all', below)).toContain('Evidence is public');
    await city.say(EVA, 'NO', below);
    expect(await city.ask(EVA, 'look', { ...below, pictures: ['ok'] })).toContain('is public');
  });

  test('an open question goes on waiting while they talk', async () => {
    await city.say(EVA, 'look', { ...below, pictures: ['ok'] });
    expect(await city.say(EVA, 'What a great morning!', below)).toEqual([]);
    expect(await city.ask(EVA, 'What should I bring?', below)).toContain('passed');
    expect(await city.ask(EVA, "Sorry, I can't come", below)).toContain(`DROP ${taskId}`);
    expect(await city.ask(EVA, 'OK', below)).toContain('Thank you!');
  });

  test("an organizer's draft in private is not filled by what they say in public", async () => {
    const invite = await city.prove(ADMIN, 'INVITE manager Codornices Creek Friends');
    await city.say(EVA, `ACCEPT ${/[0-9A-Z]{4}(?:-[0-9A-Z]{4}){2}/.exec(invite)?.[0]}`);
    await city.say(EVA, 'ANNOUNCE');
    expect(await city.say(EVA, 'Nice, congrats!', below)).toEqual([]);
    expect(await city.ask(EVA, 'Rake leaves')).toContain('How many credits');
  });
});

describe('a stranger', () => {
  test.each(['Nice, congrats!', '🎉', 'What should I bring?', 'Yes!', 'Sí', 'thanks', 'Hello all'])(
    'says %j: silence',
    async (text) => {
      expect(await city.say(LEO, text, below)).toEqual([]);
      expect(await city.say(LEO, text, below)).toEqual([]);
    },
  );

  test.each(["I'm in!", 'JOIN', 'Join please', 'Count me in, see you there', 'Yo', 'me apunto'])(
    'joins with %j, once they agreed',
    async (text) => {
      expect(await city.ask(LEO, text, below)).toMatch(/Reply OK|Responde OK/);
      expect(await city.say(LEO, 'Nice, congrats!', below)).toEqual([]);
      expect(await city.ask(LEO, 'ok', below)).toMatch(/You're in for|Ya tienes lugar/);
    },
  );
});

test('somebody who takes part in the city, and not in the task, asks those who read it', async () => {
  await city.join(EVA);
  city.heard(ORGANIZER);
  expect(await city.say(EVA, 'What should I bring?', below)).toEqual([]);
  expect(await city.say(EVA, 'Sorry, I can no longer make it', below)).toEqual([]);
  expect(city.heard(ORGANIZER)).toEqual([]);
  expect(await city.ask(EVA, 'Yo', below)).toContain("You're in for");
});

describe('a quotation of the post', () => {
  const quote = (): Sent => ({ ...below, isQuote: true });

  test.each(['Look at this great initiative!', 'What should I bring?', 'Join us!', '🎉', ''])(
    'with %j for one’s own followers is not answered',
    async (text) => {
      expect(await city.say(LEO, text, quote())).toEqual([]);
      await joins(EVA);
      expect(await city.say(EVA, text, quote())).toEqual([]);
      expect(await city.say(EVA, text, { ...quote(), pictures: ['ok'] })).toEqual([]);
      expect(city.store.read.evidence.get(1)).toBeUndefined();
    },
  );

  test('is answered where it begins with a command, or names us', async () => {
    expect(await city.ask(LEO, 'JOIN', quote())).toContain('Reply OK');
    await city.join(EVA);
    expect(await city.ask(EVA, "I'm in!", quote())).toContain("You're in for");
    expect(await city.ask(EVA, 'what is this?', { ...below, namesUs: true })).toContain('passed');
    expect(await city.ask(EVA, 'zzz', { ...below, namesUs: true })).toContain("didn't understand");
  });
});

describe('right after joining', () => {
  const ANA = '+15105550141';
  /** A task that begins on another day: whoever joins it is not done yet. */
  let dated: number;
  beforeEach(async () => {
    await city.say(ORGANIZER, 'ANNOUNCE Rake leaves; 10; sat 9am-11am; The square; 5');
    dated = Number(/task (\d+)/.exec(await city.ask(ORGANIZER, 'OK'))?.[1]);
    await city.join(ANA);
    await city.say(ANA, `JOIN ${dated}`);
  });

  test.each(['Listo, gracias', 'Listo', 'Done, thanks', 'Done 👍', 'LISTO! nos vemos el sábado'])(
    '%j means all right',
    async (text) => {
      expect(await city.ask(ANA, text)).toMatch(/^(All right! You're in|¡Muy bien! Ya tienes)/);
      expect(await city.ask(ANA, 'OK')).not.toContain('Thank you');
      expect(city.store.read.evidence.get(1)).toBeUndefined();
    },
  );

  test('thanks are never published, whenever they come', async () => {
    const startsAt = city.store.read.tasks.get(dated)?.startsAt ?? 0;
    city.clock.time = startsAt + HOUR_MS;
    expect(await city.ask(ANA, 'Done, thanks')).toContain('send a photo');
    expect(await city.ask(ANA, `DONE ${dated} thank you so much!`)).toContain('send a photo');
    expect(await city.ask(ANA, 'Done, two bags')).toContain('Evidence is public');
    await city.say(ANA, 'OK');
    await city.say(ANA, 'gracias', { pictures: ['ok'] });
    expect(city.store.read.evidence.get(1)?.text).toBe('two bags');
    expect(city.store.read.evidence.pictures(1)).toHaveLength(1);
  });
});
