import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { DAY_MS, HOUR_MS } from '../../../src/lib/clock.ts';
import { gsm7Segments, toGsm7 } from '../../../src/lib/gsm7.ts';
import { BERKELEY, TUESDAY } from '../../support/city.ts';
import {
  ADMIN,
  ANA,
  BEN,
  type Conversation,
  EVA,
  ORGANIZER,
  openConversation,
} from '../../support/conversation.ts';
import { linkChannels } from '../../support/linking.ts';

const TELEGRAM = '70012345';
const ANNOUNCE = 'ANNOUNCE Plant trees; 5; sat 9am-11am; Park; 2';

let city: Conversation;
beforeEach(() => {
  city = openConversation();
});
afterEach(() => city.close());

const announce = async (line = ANNOUNCE): Promise<void> => {
  await city.say(ORGANIZER, line);
  await city.say(ORGANIZER, 'OK');
};
const texts = (address: string): string[] => city.heard(address).map(({ text }) => text);
const progress = () => city.store.read.broadcasts.progress();

describe('ALERTS', () => {
  test('subscribes this address, keeps the wording, and says so when it is on already', async () => {
    await city.join(ANA);
    const answer = await city.ask(ANA, 'ALERTS');
    expect(answer).toBe(
      'City/Sync Berkeley: you get texts about new tasks, msg freq varies. Msg&data rates may apply. HELP for help. ALERTS OFF stops these, STOP stops all texts.',
    );
    expect(city.consents().at(-1)).toMatchObject({ kind: 'alerts', wording: answer, at: TUESDAY });
    expect(await city.ask(ANA, 'alerts')).toBe(
      'You get texts about new tasks. Reply ALERTS OFF to stop them.',
    );
    expect(city.consents().filter(({ kind }) => kind === 'alerts')).toHaveLength(1);
  });

  test.each([
    ['HI', 'ALERTS', 'ALERTS OFF'],
    ['HOLA', 'AVISOS', 'AVISOS NO'],
  ])('ends as well: %s', async (hello, on, off) => {
    await city.join(ANA, hello);
    const answers = [
      await city.ask(ANA, off),
      await city.ask(ANA, on),
      await city.ask(ANA, off),
      await city.ask(ANA, `${on} 7`),
    ];
    for (const answer of answers) expect(gsm7Segments(toGsm7(answer))).toBe(1);
    expect(new Set(answers).size).toBe(4);
    await announce();
    expect(texts(ANA)).toEqual([]);
    expect(progress()).toEqual([]);
  });

  test('is ended by STOP, and START does not bring it back', async () => {
    await city.join(ANA);
    await city.say(ANA, 'ALERTS');
    await city.say(ANA, 'STOP');
    await city.say(ANA, 'START');
    await announce();
    expect(texts(ANA)).toEqual([]);
  });

  test('by somebody new counts once they have agreed to take part', async () => {
    await city.say(ANA, 'ALERTS');
    expect(city.consents().some(({ kind }) => kind === 'alerts')).toBe(false);
    await city.say(ANA, 'OK');
    expect(city.consents().at(-1)).toMatchObject({ kind: 'alerts' });
  });
});

describe('ALERTS HERE', () => {
  test.each([
    ['HI', 'LINK', 'ALERTS HERE'],
    ['HOLA', 'VINCULAR', 'AVISOS AQUÍ'],
  ])(
    'brings news to the channel where it is said, as long as that can be: %s',
    async (...words) => {
      const [hello, word, here] = words;
      const linked = [ANA, TELEGRAM];
      for (const address of linked) await city.join(address, hello);
      await linkChannels(city, { made: ANA, said: TELEGRAM, word });
      await city.say(ANA, 'JOIN 1');
      /** Who hears what the organizer tells. */
      const toldBy = async (news: string): Promise<string[]> => {
        for (const address of linked) city.heard(address);
        await city.say(ORGANIZER, `TELL 1 ${news}`);
        await city.say(ORGANIZER, 'OK');
        return linked.filter((address) => texts(address).some((text) => text.includes(news)));
      };
      expect(await toldBy('bring gloves')).toEqual([ANA]);
      const answer = await city.ask(TELEGRAM, here);
      expect(answer).toContain(here);
      expect(gsm7Segments(toGsm7(answer))).toBe(1);
      expect(await toldBy('bring water')).toEqual([TELEGRAM]);
      await city.say(TELEGRAM, 'STOP');
      expect(await toldBy('bring friends')).toEqual([ANA]);
    },
  );
});

describe('a new task', () => {
  test('is told to everybody who asked, in their language, and to nobody else', async () => {
    await city.join(ANA);
    await city.join(BEN, 'HOLA');
    await city.join(EVA);
    await city.join(TELEGRAM);
    await city.say(ANA, 'ALERTS');
    await city.say(BEN, 'AVISOS');
    await city.say(TELEGRAM, 'ALERTS');
    await announce();
    expect(texts(ANA)).toEqual([
      'Plant trees\nSat, Nov 28, 9:00-11:00 AM, Park\n5 CITY credits for each. Spots: 2. Codornices Creek Friends invites you: reply JOIN 4\nReply STOP to opt out.',
    ]);
    expect(texts(BEN)[0]).toMatch(/responde UNIRME 4\nALTO: no recibir m[aá]s\.$/);
    expect(texts(TELEGRAM)[0]).toMatch(/reply JOIN 4$/);
    expect(texts(EVA)).toEqual([]);
    const said = city.deliveries.filter(({ kind }) => kind === 'broadcast');
    expect(said.every(({ taskId, reply }) => taskId === 4 && reply.isPublic !== true)).toBe(true);
    await city.settle();
    expect(progress()).toEqual([
      { task: 4, total: 3, queued: 3, sent: 3, stopped: 0, state: 'done' },
    ]);
  });

  test('tells the way out once a month', async () => {
    await city.join(ANA);
    await city.say(ANA, 'ALERTS');
    await announce();
    await announce('ANNOUNCE Sweep; 5; sat 9am-11am; Park; 2');
    const [first, second] = texts(ANA);
    expect(first).toMatch(/Reply STOP to opt out\.$/);
    expect(second).toMatch(/reply JOIN 5$/);
    city.clock.time += 31 * DAY_MS;
    await announce('ANNOUNCE Rake; 5; sat 9am-11am; Park; 2');
    expect(texts(ANA)[0]).toMatch(/Reply STOP to opt out\.$/);
  });

  test('is not told to whoever announces it', async () => {
    await city.say(ORGANIZER, 'ALERTS');
    await announce();
    expect(progress()).toEqual([]);
  });

  test('waits for the contact hours, and is dropped when the person says STOP or it closes', async () => {
    for (const one of [ANA, BEN]) {
      await city.join(one);
      await city.say(one, 'ALERTS');
    }
    city.clock.time = TUESDAY + 11 * HOUR_MS;
    await announce();
    expect(texts(ANA)).toEqual([]);
    expect(progress()).toMatchObject([{ queued: 2, sent: 0, state: 'running' }]);
    await city.say(BEN, 'STOP');
    city.clock.time = TUESDAY + 23 * HOUR_MS;
    await city.settle();
    expect(texts(ANA)).toHaveLength(1);
    expect(texts(BEN)).toEqual([]);

    city.clock.time = TUESDAY + 35 * HOUR_MS;
    await announce('ANNOUNCE Sweep; 5; sat 9am-11am; Park; 2');
    await city.say(ORGANIZER, 'CLOSE 5');
    city.clock.time = TUESDAY + 47 * HOUR_MS;
    await city.settle();
    expect(texts(ANA)).toEqual([]);
    expect(progress()).toMatchObject([{ task: 5, sent: 0, state: 'halted' }]);
  });

  test('put off by the end of the contact hours is not sent in the night', async () => {
    await city.join(ANA);
    await city.say(ANA, 'ALERTS');
    // 19:59:30 in Berkeley: what is begun now would arrive too late.
    city.clock.time = TUESDAY + 10 * HOUR_MS - 30_000;
    await announce();
    expect(texts(ANA)).toEqual([]);
    city.clock.time = TUESDAY + 23 * HOUR_MS - 30_000;
    await city.settle();
    expect(texts(ANA)).toEqual([]);
    city.clock.time = TUESDAY + 23 * HOUR_MS;
    await city.settle();
    expect(texts(ANA)).toHaveLength(1);
  });
});

describe('MUTE', () => {
  test('drops what has not been sent, says how much was, and only once', async () => {
    for (const one of [ANA, BEN]) {
      await city.join(one);
      await city.say(one, 'ALERTS');
    }
    city.clock.time = TUESDAY + 11 * HOUR_MS;
    await announce();
    expect(await city.ask(ADMIN, 'MUTE 4')).toBe(
      'Stopped: texts about task 4. Sent: 0 of 2. Not sent: 2. Reply TASK 4 to see it.',
    );
    expect(await city.ask(ADMIN, 'SILENCIAR 4')).toContain('No texts about task 4 are being sent.');
    city.clock.time = TUESDAY + 24 * HOUR_MS;
    await city.settle();
    expect([...texts(ANA), ...texts(BEN)]).toEqual([]);
    expect(progress()).toEqual([
      { task: 4, total: 2, queued: 2, sent: 0, stopped: 0, state: 'halted' },
    ]);
  });

  test('is the admin’s, and says how it is written', async () => {
    expect(await city.ask(ORGANIZER, 'MUTE 1')).toBe(
      "That's for the city's admin. Reply HELP to see what you can do.",
    );
    expect(await city.ask(ADMIN, 'MUTE')).toBe(
      'Reply MUTE and the number of the task, like MUTE 12',
    );
    expect(await city.ask(ADMIN, 'HALT 77')).toContain('No texts about task 77 are being sent.');
  });
});

describe('ALERTS about some tasks', () => {
  const AREAS = [{ name: 'South Berkeley', aliases: ['south'] }, { name: 'Downtown' }];
  beforeEach(async () => {
    await city.close();
    city = openConversation({ city: { ...BERKELEY, areas: AREAS } });
    for (const person of [ANA, BEN, EVA]) await city.join(person);
  });

  test('says what was understood, beside the wording that is kept', async () => {
    const answer = await city.ask(ANA, 'ALERTS south weekends');
    expect(answer).toMatch(
      /^City\/Sync Berkeley: you get texts about new tasks, msg freq varies\./,
    );
    expect(answer).toContain(
      'Alerts for: South Berkeley, weekends. Reply ALERTS for all new tasks, ALERTS OFF for none.',
    );
    const { wording = '' } = city.consents().at(-1) ?? {};
    expect(wording).not.toContain('South');
    expect(answer.startsWith(wording)).toBe(true);
    expect(await city.ask(ANA, 'ALERTS creek saturdays')).toBe(
      'Alerts for: Saturday, creek. Reply ALERTS for all new tasks, ALERTS OFF for none.',
    );
    expect(await city.ask(ANA, 'ALERTS')).toContain('You get texts about all new tasks again.');
    expect(await city.ask(ANA, 'ALERTS')).toContain('You get texts about new tasks.');
    expect(city.consents().filter(({ kind }) => kind === 'alerts')).toHaveLength(1);
  });

  test('speaks Spanish as well', async () => {
    await city.say(ANA, 'IDIOMA ES');
    expect(await city.ask(ANA, 'AVISOS downtown entre semana y sábados')).toContain(
      'Avisos de: Downtown, entre semana, sabado. Responde AVISOS para recibir todos',
    );
  });

  test.each([
    ...[
      'ALERTS OF',
      'ALERTS OFFF',
      'ALERTS stopp',
      'ALERTS creek 510-555-0144',
      'ALERTS today',
      'ALERTS 5',
      'ALERTS x',
    ],
    ...['ALERTS one two creek four garden five', 'ALERTS stop south'],
  ])('nobody agrees by what is not clear: %s', async (text) => {
    const answer = await city.ask(ANA, text);
    expect(answer).not.toContain('you get texts about new tasks');
    expect(city.store.read.broadcasts.filters()).toEqual([]);
  });

  test('only those are told whom a task suits, each once, and the number of them is true', async () => {
    await city.say(ANA, 'ALERTS south saturdays');
    await city.say(BEN, 'ALERTS trees');
    await city.say(EVA, 'ALERTS downtown');
    await announce('ANNOUNCE Plant trees; 5; sat 9am-11am; South Berkeley library; 2');
    await announce('ANNOUNCE Sweep; 5; sun 9am-11am; South Berkeley library; 2');
    await announce('ANNOUNCE Water trees; 5; sun 9am-11am; Downtown; 2');
    await city.settle();
    const titles = (address: string) => texts(address).map((text) => text.split('\n')[0]);
    expect(titles(ANA)).toEqual(['Plant trees']);
    expect(titles(BEN)).toEqual(['Plant trees', 'Water trees']);
    expect(titles(EVA)).toEqual(['Water trees']);
    expect(city.store.read.broadcasts.of(4)).toMatchObject({ total: 2, queued: 2 });
    expect(city.store.read.broadcasts.of(5)).toBeUndefined();
    expect(city.store.read.broadcasts.of(6)).toMatchObject({ total: 2, queued: 2 });
  });

  test('are forgotten by OFF and by STOP', async () => {
    await city.say(ANA, 'ALERTS south');
    await city.say(BEN, 'ALERTS south');
    await city.say(ANA, 'ALERTS OFF');
    await city.say(BEN, 'STOP');
    expect(city.store.read.broadcasts.filters()).toEqual([]);
  });
});

describe('TASKS', () => {
  beforeEach(async () => {
    await city.close();
    city = openConversation({
      city: { ...BERKELEY, areas: [{ name: 'South', aliases: ['sur'] }] },
    });
    await city.join(ANA);
    await announce('ANNOUNCE Plant trees; 5; sat 9am-11am; South library; 2');
    await announce('ANNOUNCE Sweep; 5; mon 9am-11am; The pier; 2');
  });

  test.each([
    ['TASKS south', ['Plant trees']],
    ['TAREAS sur', ['Plant trees']],
    ['TASKS monday', ['Sweep']],
    ['TAREAS lunes', ['Sweep']],
    ['TASKS south monday', []],
    ['TASKS weekends trees', ['Plant trees']],
    ['TASKS pier', ['Sweep']],
  ])('lists what suits: %s', async (said, titles) => {
    const answer = await city.ask(ANA, said);
    const all = ['Plant trees', 'Sweep'];
    expect(all.filter((title) => answer.includes(title))).toEqual(titles);
  });

  test('says so where no day suits', async () => {
    expect(await city.ask(ANA, 'TASKS tomorrow south')).toBe(
      'No open tasks match tomorrow south. Reply TASKS to see all.',
    );
  });
});
