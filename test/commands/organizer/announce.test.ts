import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { HOUR_MS } from '../../../src/lib/clock.ts';
import { TUESDAY } from '../../support/city.ts';
import {
  ADMIN,
  ANA,
  type Conversation,
  ORGANIZER,
  openConversation,
} from '../../support/conversation.ts';

let city: Conversation;
beforeEach(() => {
  city = openConversation();
});
afterEach(() => city.close());

const task = (id = 4) => city.store.read.tasks.get(id);
/** Saturday, 28 November 2026, 9:00 and 11:00 in Berkeley. */
const SATURDAY = { startsAt: Date.UTC(2026, 10, 28, 17), endsAt: Date.UTC(2026, 10, 28, 19) };
const TREES = {
  title: 'Plant trees',
  credits: 30,
  place: '8th St bridge',
  slots: 10,
  ...SATURDAY,
};

/** The answers to messages one after another. */
const talk = async (...texts: readonly string[]): Promise<string[]> => {
  const answers: string[] = [];
  for (const text of texts) answers.push(await city.ask(ORGANIZER, text));
  return answers;
};

describe('ANNOUNCE in one line', () => {
  test('is read back, and announced only after OK', async () => {
    const [readBack] = await city.say(
      ORGANIZER,
      'ANNOUNCE Plant trees; 30; sat 9am-11am; 8th St bridge; 10',
    );
    expect(readBack?.text).toBe(
      'Plant trees. Sat, Nov 28, 9:00-11:00 AM, 8th St bridge. 10 people, 30 CITY credits each, ' +
        '300 CITY credits at most. Reply OK to announce it, NO to discard it, BACK to change it.',
    );
    expect(readBack?.choices.map(({ send }) => send)).toEqual(['OK', 'NO']);
    expect(task()).toBeUndefined();
    const [announced] = await city.say(ORGANIZER, 'ok');
    expect(announced?.text).toContain('Announced: task 4, Plant trees. Reply ROSTER 4');
    expect(task()).toMatchObject(TREES);
  });

  test('is posted in every public place with a way to join', async () => {
    await city.settle();
    const before = city.publicPosts.length;
    await talk('ANNOUNCE Plant trees; 30; sat 9am-11am; 8th St bridge; 10', 'OK');
    const posts = city.publicPosts.slice(before);
    expect(posts.map(({ channel }) => channel).sort()).toEqual(['bluesky', 'telegram']);
    for (const { message } of posts) {
      expect(message.text).toContain('Plant trees');
      expect(message.choices.map(({ send }) => send)).toContain('JOIN 4');
    }
  });

  test.each([
    ['newlines', 'ANNOUNCE Plant trees\n30\nsat 9am-11am\n8th St bridge\n10'],
    ['commas', 'ANNOUNCE Plant trees, 30, sat 9am-11am, 8th St bridge, 10'],
    ['labels', 'ANNOUNCE Plant trees; 30 credits; sat 9am-11am; 8th St bridge; 10 people'],
    [
      'another order',
      'ANNOUNCE sat 9am-11am; Plant trees; 8th St bridge; 10 people; 30 CITY credits',
    ],
    ['the other language', 'ANUNCIAR Plant trees; 30; sábado 9 a 11; 8th St bridge; 10'],
    ['untidy spaces', 'announce  Plant   trees ;30;  Saturday 9-11am ;8th St bridge; 10 '],
  ])('is understood with %s', async (_, line) => {
    await talk(line, 'OK');
    expect(task()).toMatchObject(TREES);
  });

  test.each([
    ['37.8715, -122.2730', '; '],
    ['37.8715, -122.2730', ', '],
    ['37.8715,-122.2730', ','],
    ['(37.87, -122.27)', '; '],
    ['37°52\'17"N 122°16\'21"W', '; '],
    ['geo:37.8715,-122.2730', '; '],
    ['Live Oak Park 37.8839,-122.2690', '; '],
    ['Live Oak Park (37.8839, -122.2690)', '; '],
    ['Live Oak Park 37.8839,-122.2690', ', '],
    ['Live Oak Park (37.8839, -122.2690)', ', '],
    ['Live Oak Park 37.8839, -122.2690', ', '],
  ])('takes the coordinates %s for a place, between %j', async (place, between) => {
    await talk(
      `ANNOUNCE ${['Plant trees', '30', 'sat 9am-11am', place, '10'].join(between)}`,
      'OK',
    );
    expect(task()).toMatchObject({ ...TREES, place });
  });

  test.each([
    ['1,000', 1000],
    ['1.000', 1000],
    ['1 000 credits', 1000],
    ['1’000', 1000],
    ['１，０００', 1000],
    ['1\u202f000', 1000],
  ])('takes %s for thousands', async (credits, count) => {
    await talk(`ANNOUNCE Plant trees; ${credits}; sat 9am-11am; 8th St bridge; 1`, 'OK');
    expect(task()).toMatchObject({ ...TREES, credits: count, slots: 1 });
  });

  test.each(['1.5', '0.500', '1,00', '1,0000', '1,000.5', '1 00 0'])(
    'does not take %s for a number of credits',
    async (credits) => {
      const [why] = await talk(`ANNOUNCE Plant trees; ${credits}; sat 9am; 8th St bridge; 1`);
      expect(why).toContain('Write the credits as a whole number');
    },
  );

  test('asks for what is missing', async () => {
    expect(
      await talk('ANNOUNCE Plant trees; 30', 'sat 9am-11am', '8th St bridge', '10', 'OK'),
    ).toEqual([
      'When is it? Write it like: sat 9am-11am',
      'Where do people meet?',
      'How many people can join? Write a whole number.',
      expect.stringContaining('Plant trees. Sat, Nov 28'),
      expect.stringContaining('Announced: task 4'),
    ]);
    expect(task()).toMatchObject(TREES);
  });

  test('with one part wrong asks for that part alone', async () => {
    const [why, readBack] = await talk(
      'ANNOUNCE Plant trees; lots; sat 9am-11am; 8th St bridge; 10',
      '30',
    );
    expect(why).toBe('Write the credits as a whole number from 1 to 1,000.');
    expect(readBack).toContain('30 CITY credits each');
    await talk('OK');
    expect(task()).toMatchObject(TREES);
  });

  test('with too many parts shows how it is written', async () => {
    expect(await talk('ANNOUNCE a; b; c; d; e; f')).toEqual([
      expect.stringContaining('ANNOUNCE title; credits; when; where; spots'),
    ]);
  });
});

describe('ANNOUNCE step by step', () => {
  test('asks for one thing after another', async () => {
    const answers = await talk(
      'ANNOUNCE',
      'Plant trees',
      '30 credits',
      'this saturday 9 to 11am',
      '8th St bridge',
      '10 people',
      'OK',
    );
    expect(answers.slice(0, 5)).toEqual([
      expect.stringContaining("What's the task?"),
      expect.stringContaining('How many credits'),
      expect.stringContaining('When is it?'),
      expect.stringContaining('Where do people meet?'),
      expect.stringContaining('How many people'),
    ]);
    expect(answers[6]).toContain('Announced');
  });

  test.each([
    ['en', 'sat 10 to 12 in the morning', 'Sat, Nov 28, 10:00 AM-12:00 PM'],
    ['en', 'saturday at 20 past 9', 'Sat, Nov 28, 9:20 AM'],
    ['en', 'sat 9am ET', 'Sat, Nov 28, 6:00 AM here (you wrote 9:00 AM Eastern time)'],
    ['en', 'sat at 12 noon', 'Sat, Nov 28, 12:00 PM'],
    ['en', 'weds 9am', 'Wed, Nov 25, 9:00 AM'],
    ['en', 'tues 9am', 'Tue, Dec 1, 9:00 AM'],
    ['en', 'sat at 530pm', 'Sat, Nov 28, 5:30 PM'],
    ['en', 'fri 18 at 4pm', 'Fri, Dec 18, 4:00 PM'],
    ['en', '3/4/27 9am', 'Thu, Mar 4, 9:00 AM'],
    ['es', 'sábado de 10 a 12 de la mañana', 'sab 28 nov, 10:00 a.m.-12:00 p.m.'],
    ['es', 'sábado a las 9 y 20', 'sab 28 nov, 9:20 a.m.'],
    [
      'es',
      'sábado 9am hora del este',
      'sab 28 nov, 6:00 a.m. de aqui (escribiste 9:00 a.m. hora del este)',
    ],
    ['es', 'sábado a las 12 del mediodía', 'sab 28 nov, 12:00 p.m.'],
    ['es', 'mié 9am', 'mié 25 nov, 9:00 a.m.'],
    ['es', 'sábado a las 18 horas', 'sab 28 nov, 6:00 p.m.'],
    ['es', 'viernes 18 a las 4 de la tarde', 'vie 18 dic, 4:00 p.m.'],
    ['es', '3/4/27 9am', 'sab 3 abr, 9:00 a.m.'],
  ])('reads back the time that was meant, in %s: %s', async (language, said, when) => {
    await talk(`LANG ${language}`);
    const [, , , asked, , readBack] = await talk('ANNOUNCE', 'Rake', '5', said, 'Park', '9');
    expect(asked).toMatch(/people meet|lugar|nde/);
    expect(readBack).toContain(`Rake. ${when}, Park.`);
  });

  test.each([
    ['en', 'sat 9 in the evning', `I couldn't read "evning" in the date and time.`],
    ['en', 'sat 12 in the morning', 'Is that 12 noon or 12 at night?'],
    ['en', 'next saturday 9am', 'Is that Sat, Nov 28 or Sat, Dec 5?'],
    ['en', 'sat at midnight', 'Midnight as Sat, Nov 28 starts or ends?'],
    ['en', 'sat 9am 11', `I couldn't read the date and time.`],
    ['en', 'sat 9am CET', `I couldn't read "cet" in the date and time.`],
    ['en', 'fri 19 at 4pm', `The day and date don't match`],
    ['en', 'today 9am', 'has already passed. Write a future time'],
    ['en', 'mar 14 2027 2:30am', 'The clocks go forward on Sun, Mar 14'],
    ['en', 'nov 7 2027 1:30am', 'The clocks go back on Sun, Nov 7'],
    ['es', 'sábado a las 9 de la trade', 'No entendi "trade" en la fecha y la hora.'],
    ['es', 'sábado 12 de la mañana', '¿Son las 12 del dia o las 12 de la noche?'],
    ['es', 'sábado a medianoche', 'el sab 28 nov?'],
    ['es', 'próximo miércoles a las 9', '¿Es el mié 25 nov o el mié 2 dic?'],
    ['es', 'sábado a las 9 y 99', 'No entendi la fecha y la hora.'],
    ['es', 'viernes 19 a las 4', 'El dia y la fecha no coinciden'],
    ['es', 'hoy a las 9', 'ya paso. Escribe una hora futura'],
    ['es', '28/11/2029 9:00', 'Escribe una fecha de los proximos dos años'],
  ])('asks, in %s: %s', async (language, said, why) => {
    await talk(`LANG ${language}`);
    const [, , , asked] = await talk('ANNOUNCE', 'Rake', '5', said);
    expect(asked).toContain(why);
    const [place] = await talk('sat 9am-11am');
    expect(place).toMatch(/people meet|lugar|nde/);
  });

  test('says at once what is wrong with an answer, and waits for another', async () => {
    const answers = await talk(
      'ANNOUNCE',
      'x'.repeat(81),
      'Plant trees',
      '0',
      '-5',
      '2.5',
      '1000000000000000000000',
      'many',
      '30',
      'yesterday 9am',
      'saturday',
      'whenever',
      'sat 11am-9am tomorrow yesterday',
      'sat 9am-11am',
      'y'.repeat(81),
      '8th St bridge',
      '0',
      '100000',
      '10',
      'OK',
    );
    expect(answers[1]).toContain('title is too long');
    expect(answers[3]).toContain('whole number from 1 to 1,000');
    expect(answers[4]).toContain('Write only a number, like 20');
    expect(answers[5]).toContain('ask a person: hello@city-sync.example');
    expect(answers[9]).toContain('already passed');
    expect(answers[10]).toContain('What time');
    expect(answers[11]).toContain("couldn't read");
    expect(answers[14]).toContain('place is too long');
    expect(answers[16]).toContain('whole number from 1 to 10,000');
    expect(answers.at(-1)).toContain('Announced');
    expect(task()).toMatchObject(TREES);
  });

  test('BACK goes a step back', async () => {
    const answers = await talk(
      'ANNOUNCE',
      'Plant bees',
      'back',
      'Plant trees',
      '30',
      'atrás',
      '25',
    );
    expect(answers[2]).toContain("What's the task?");
    expect(answers[5]).toContain('How many credits');
    await talk('sat 9am-11am', '8th St bridge', '10', 'BACK', '12', 'OK');
    expect(task()).toMatchObject({ ...TREES, credits: 25, slots: 12 });
  });

  test('goes on with a draft that an earlier version kept', async () => {
    await talk('ANNOUNCE');
    const { keys } = city.core.foundation;
    city.store.transact((tx) => {
      const sessions = Array.from({ length: 20 }, (_, id) => tx.sessions.get(id));
      const session = sessions.find((one) => one !== undefined);
      if (session === undefined) throw new Error('No question is open.');
      const data = {
        ...{ pictures: '', title: 'Plant trees', credits: 30, startsAt: null, endsAt: null },
        ...{ place: '8th St bridge', slots: null },
      };
      tx.sessions.put({ ...session, step: 'when', data: keys.sealText(JSON.stringify(data)) });
    });
    const answers = await talk('sat 9am-11am', '10', 'OK');
    expect(answers[0]).toContain('How many people');
    expect(answers[1]).toContain('Plant trees. Sat, Nov 28');
    expect(task()).toMatchObject(TREES);
  });

  test('NO discards, at any step', async () => {
    expect((await talk('ANNOUNCE', 'NO'))[1]).toContain('nothing was announced');
    expect((await talk('ANNOUNCE a; 1; sat 9am; b; 1', 'no'))[1]).toContain(
      'nothing was announced',
    );
    expect((await talk('OK'))[0]).toContain("There's nothing to say OK to");
    expect(task()).toBeUndefined();
  });

  test('anything but an answer to the read-back keeps the draft', async () => {
    const answers = await talk('ANNOUNCE a; 1; sat 9am; b; 1', 'make it two people', 'yes');
    expect(answers[1]).toContain('Reply OK to announce it');
    expect(answers[2]).toContain('Announced');
  });

  test('a whole line in between begins again', async () => {
    const answers = await talk(
      'ANNOUNCE',
      'ANNOUNCE a; 1; sat 9am; b; 1',
      'ANNOUNCE Plant trees; 30; sat 9am-11am; 8th St bridge; 10',
      'OK',
    );
    expect(answers[1]).toMatch(/^a\. Sat/);
    expect(answers[3]).toContain('Announced');
    expect(task()).toMatchObject(TREES);
  });

  test('a time that passes before the OK is asked for again', async () => {
    await talk('ANNOUNCE a; 1; today 11am; b; 1');
    city.clock.time = TUESDAY + 1.5 * HOUR_MS;
    expect((await talk('OK'))[0]).toContain("There's nothing to say OK to");
    await talk('ANNOUNCE a; 1; today 12pm; b; 1');
    city.clock.time = TUESDAY + 2.2 * HOUR_MS;
    const answers = await talk('OK', 'today 2pm', 'OK');
    expect(answers[0]).toContain('time has passed');
    expect(answers[2]).toContain('Announced');
  });

  test('speaks Spanish', async () => {
    await talk('IDIOMA ES');
    const answers = await talk(
      'ANUNCIAR',
      'Plantar árboles',
      '30',
      'el sábado de 9 a 11',
      'Puente',
      '10',
      'OK',
    );
    expect(answers[0]).toContain('¿Cual es la tarea?');
    expect(answers[5]).toContain('Plantar arboles. sab 28 nov, 9:00-11:00 a.m., Puente.');
    expect(answers[6]).toContain('Anunciada: tarea 4');
    expect(task()).toMatchObject(SATURDAY);
  });
});

describe('the cap', () => {
  test('limits what can be promised', async () => {
    const [why, readBack] = await talk('ANNOUNCE a; 1000; sat 9am; b; 10', '4');
    expect(why).toMatch(/it takes: 10,000. Credits left to promise this quarter: 4,\d+\./);
    expect(readBack).toContain('4,000 CITY credits at most');
  });

  test('of zero is said before anything is asked', async () => {
    await city.prove(ADMIN, 'CAP Codornices Creek Friends 0');
    expect((await talk('ANNOUNCE'))[0]).toContain('No credits are left to promise this quarter');
    expect((await talk('Plant trees'))[0]).toContain("didn't understand");
    expect((await talk('ANNOUNCE Plant trees; 5; sat 9am; b; 2'))[0]).toContain(
      'No credits are left to promise this quarter',
    );
    expect((await talk('1'))[0]).toContain("didn't understand");
  });
});

describe('ROSTER and CLOSE', () => {
  beforeEach(async () => {
    await city.join(ANA);
    await city.say(ANA, 'JOIN 1');
  });

  test('shows who is in by their public ids only', async () => {
    const roster = await city.ask(ORGANIZER, 'ROSTER 1');
    expect(roster).toMatch(
      /^Task 1, Clean up Codornices Creek. Spots taken: 1 of 12\.\n1 p-\w{12} is in\nCheck-in code: \d{4}\. To mark who is there, reply HERE 1: and their numbers, like HERE 1: 1 3$/,
    );
    expect(await city.ask(ORGANIZER, 'ROSTER 99')).toContain('no task 99');
    expect(await city.ask(ORGANIZER, 'ROSTER')).toContain('like ROSTER 12');
  });

  test('shows ten and counts the rest', async () => {
    for (let count = 0; count < 11; count += 1) {
      await city.join(`70002${count}`);
      await city.say(`70002${count}`, 'JOIN 1');
    }
    const roster = await city.ask(ORGANIZER, 'ROSTER 1');
    expect(roster.split('\n')).toHaveLength(13);
    expect(roster).toContain('and 2 more');
  });

  test('CLOSE ends a task and tells those who are let go', async () => {
    expect(await city.ask(ORGANIZER, 'CLOSE 1')).toContain('1 person no longer needs to come');
    expect(city.heard(ANA)[0]?.text).toContain('The organizer closed');
    expect(await city.ask(ANA, 'JOIN 1')).toContain('is closed');
    expect(await city.ask(ORGANIZER, 'CLOSE 1')).toContain('is closed');
    expect(await city.ask(ORGANIZER, 'CLOSE 99')).toContain('no task 99');
    expect(await city.ask(ORGANIZER, 'CLOSE')).toContain('like CLOSE 12');
  });

  test('evidence that waits can still be reviewed', async () => {
    await city.say(ANA, 'DONE 1 swept');
    await city.say(ANA, 'OK');
    expect(await city.ask(ORGANIZER, 'CLOSE 1')).toContain('1 to review: reply REVIEW');
    expect(await city.ask(ORGANIZER, 'APPROVE 1')).toContain('20 CITY credits issued');
  });
});

test('a photo that comes with the announcement goes with it, also when it comes step by step', async () => {
  const posted = () =>
    city.deliveries.filter(({ kind }) => kind === 'announcement').at(-1)?.reply.pictures;
  await city.say(ORGANIZER, 'ANNOUNCE Sweep; 10; sat 9am-11am; The square; 5', {
    pictures: ['ok'],
  });
  await city.say(ORGANIZER, 'OK');
  expect(posted()).toHaveLength(1);
  await city.say(ORGANIZER, 'ANNOUNCE');
  await city.say(ORGANIZER, 'Rake', { pictures: ['ok'] });
  for (const answer of ['10', 'sat 9am-11am', 'The square', '5', 'OK']) {
    await city.say(ORGANIZER, answer);
  }
  expect(posted()).toHaveLength(1);
  await city.say(ORGANIZER, 'ANNOUNCE Weed; 10; sat 9am-11am; The square; 5');
  await city.say(ORGANIZER, 'OK');
  expect(posted()).toEqual([]);
});
