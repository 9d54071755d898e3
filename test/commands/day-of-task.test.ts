// The day of a task, as its people live it: reminders, places that come free, check-in, who was absent.
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { DAY_MS, HOUR_MS, MINUTE_MS } from '../../src/lib/clock.ts';
import {
  ADMIN,
  ANA,
  BEN,
  type Conversation,
  EVA,
  ORGANIZER,
  openConversation,
  POST,
} from '../support/conversation.ts';

let city: Conversation;
afterEach(() => city.close());

/** Saturday, November 28, 9:00 in the city. */
const START = Date.UTC(2026, 10, 28, 17);
const END = START + 2 * HOUR_MS;

const at = async (time: number): Promise<void> => {
  city.clock.time = time;
  for (let round = 0; round < 6; round += 1) await city.settle();
};
const heard = (who: string): string[] => city.heard(who).map(({ text }) => text);
const claimOf = (who: string, taskId = 4) => city.claimOf(who, taskId);

beforeEach(async () => {
  city = openConversation();
  await city.settle();
  await city.join(ANA);
  await city.join(BEN);
  await city.join(EVA, 'HOLA');
});

const announce = async (slots: number, when = 'sat 9am-11am'): Promise<void> => {
  await city.say(ORGANIZER, `ANNOUNCE Weed the garden; 20; ${when}; Ohlone Park; ${slots}`);
  await city.say(ORGANIZER, 'OK');
};

describe('reminders', () => {
  beforeEach(() => announce(3));

  test('come 24 and 2 hours before; the first is answered by OK or DROP', async () => {
    await city.say(ANA, 'JOIN 4');
    await city.say(EVA, 'UNIRME 4');
    await at(START - DAY_MS - MINUTE_MS);
    expect(heard(ANA)).toEqual([]);
    await at(START - DAY_MS);
    expect(heard(ANA)).toEqual([
      "Task 4, Weed the garden: Sat, Nov 28, 9:00-11:00 AM, Ohlone Park. Coming? Reply OK 4. Can't come? Reply DROP 4",
    ]);
    expect(heard(EVA)[0]).toMatch(/^Tarea 4, Weed the garden: .* ¿Vienes\? Responde OK 4\./);
    expect(await city.ask(ANA, 'OK 4')).toMatch(/^All right, we count on you/);
    expect(claimOf(ANA)).toBe('confirmed');
    expect(await city.ask(EVA, 'DEJAR 4')).toContain('Dejaste la tarea 4');
    await at(START - 2 * HOUR_MS);
    expect(heard(ANA)).toEqual([expect.stringMatching(/^Soon: task 4.*reply HERE/)]);
    expect(heard(EVA)).toEqual([]);
    await at(START - HOUR_MS);
    expect(heard(ANA)).toEqual([]);
  });

  test('go to nobody who joined after their moment', async () => {
    await at(START - 20 * HOUR_MS);
    await city.say(ANA, 'JOIN 4');
    await at(START - 19 * HOUR_MS);
    expect(heard(ANA)).toEqual([]);
    await at(START - 2 * HOUR_MS);
    expect(heard(ANA)).toHaveLength(1);
  });

  test('of several tasks on one day are one message', async () => {
    await announce(3, 'sat 2pm-3pm');
    await city.say(ANA, 'JOIN 4');
    await city.say(ANA, 'JOIN 5');
    await at(START - DAY_MS);
    const messages = heard(ANA);
    expect(messages).toHaveLength(1);
    expect(messages[0]).toMatch(/Task 4, .*\nTask 5, /);
    await at(START - DAY_MS + 6 * HOUR_MS);
    expect(heard(ANA)).toEqual([]);
  });

  test('are not sent for a task that was called off or closed meanwhile', async () => {
    await city.say(ANA, 'JOIN 4');
    await city.say(ORGANIZER, 'CALLOFF 4 heavy rain');
    await city.say(ORGANIZER, 'OK');
    heard(ANA);
    await at(START - DAY_MS);
    await at(START - 2 * HOUR_MS);
    expect(heard(ANA)).toEqual([]);
  });

  test('can be answered by buttons', async () => {
    const telegram = '70012345';
    await city.join(telegram);
    await city.say(telegram, 'JOIN 4');
    await at(START - DAY_MS);
    const [reminder] = city.heard(telegram);
    expect(reminder?.choices.map(({ send }) => send)).toEqual(['OK 4', 'DROP 4']);
  });

  test('the organizer gets the code also where nobody joined: somebody may walk in', async () => {
    await at(START - 2 * HOUR_MS);
    expect(heard(ORGANIZER)).toEqual([
      expect.stringMatching(/Spots taken: 0\. Check-in code for people on site: \d{4}\./),
    ]);
    // Telegram makes a picture of it.
    const code = /\d{4}/.exec(await city.ask(ORGANIZER, 'ROSTER 4'))?.[0];
    const shown = city.deliveries.flatMap(({ reply }) => reply.checkIn ?? []);
    expect(shown).toEqual([code, code]);
  });

  test('the organizer gets the code and the people', async () => {
    await city.say(ANA, 'JOIN 4');
    await at(START - 2 * HOUR_MS);
    expect(heard(ORGANIZER)).toEqual([
      expect.stringMatching(/Spots taken: 1\. Check-in code for people on site: \d{4}\./),
    ]);
  });
});

describe('a place that comes free', () => {
  beforeEach(async () => {
    await announce(1);
    await city.say(ANA, 'JOIN 4');
    await city.say(BEN, 'JOIN 4');
    await city.say(EVA, 'UNIRME 4');
  });

  test('more than 24 hours ahead is the first in line’s', async () => {
    await at(START - 26 * HOUR_MS);
    await city.say(ANA, 'DROP 4');
    expect(heard(BEN)).toEqual([expect.stringContaining("A spot is free and you're in")]);
    expect(claimOf(BEN)).toBe('joined');
    expect(heard(EVA)).toEqual([]);
  });

  test('from 24 hours to one ahead is offered, runs out, and goes to the next', async () => {
    await at(START - 20 * HOUR_MS);
    await city.say(ANA, 'DROP 4');
    expect(heard(BEN)).toEqual([expect.stringMatching(/Reply OK 4 before 3:00 PM/)]);
    expect(claimOf(BEN)).toBe('offered');
    expect(await city.ask('+15105550149', 'HI')).toContain('City/Sync');
    await at(START - 18 * HOUR_MS);
    expect(heard(BEN)).toEqual([expect.stringContaining('went to the next person')]);
    expect(heard(EVA)).toEqual([expect.stringMatching(/Hay un lugar: tarea 4.*Responde OK 4/)]);
    expect(await city.ask(BEN, 'OK 4')).toContain('Somebody else got the spot');
    expect(await city.ask(EVA, 'OK 4')).toContain('El lugar es tuyo');
    expect(claimOf(EVA)).toBe('confirmed');
    expect(city.store.read.tasks.get(4)?.taken).toBe(1);
    // Whoever was promoted may leave without consequence.
    expect(await city.ask(EVA, 'DEJAR 4')).toContain('No pasa nada');
  });

  test('in the last hour is the first’s who answers', async () => {
    await at(START - 40 * MINUTE_MS);
    await city.say(ANA, 'DROP 4');
    expect(heard(BEN)).toEqual([expect.stringContaining('First to reply OK 4 gets it')]);
    expect(heard(EVA)).toEqual([expect.stringContaining('Es de quien responda primero OK 4')]);
    expect(await city.ask(EVA, 'OK 4')).toContain('El lugar es tuyo');
    expect(await city.ask(BEN, 'OK 4')).toContain('Somebody else got the spot');
    expect(city.store.read.tasks.get(4)?.taken).toBe(1);
  });

  test('after the end is nobody’s', async () => {
    await at(END + MINUTE_MS);
    await city.say(ANA, 'DROP 4');
    expect(claimOf(BEN)).toBe('standby');
    expect(heard(BEN)).toEqual([]);
  });

  test('goes past whoever said STOP, who would never hear of it', async () => {
    await city.say(BEN, 'STOP');
    heard(BEN);
    await at(START - 26 * HOUR_MS);
    await city.say(ANA, 'DROP 4');
    expect(heard(BEN)).toEqual([]);
    expect(heard(EVA)).toEqual([expect.stringContaining('Hay lugar y ya es tuyo')]);
  });
});

describe('on site', () => {
  const code = async (): Promise<string> =>
    /code: (\d{4})/.exec(await city.ask(ORGANIZER, 'ROSTER 4'))?.[1] ?? '';
  beforeEach(async () => {
    await announce(5);
    await city.say(ANA, 'JOIN 4');
    await city.say(BEN, 'JOIN 4');
    await city.say(EVA, 'UNIRME 4 +2');
  });

  test('people check in with the code, from an hour before the start', async () => {
    const shown = await code();
    expect(await city.ask(ANA, `HERE ${shown}`)).toContain("It's too early");
    await at(START - HOUR_MS);
    heard(ANA);
    expect(await city.ask(ANA, 'HERE')).toContain('four digits');
    expect(await city.ask(ANA, `HERE ${shown}`)).toContain("You're checked in for task 4");
    expect(claimOf(ANA)).toBe('checked-in');
    expect(await city.ask(ANA, `here ${shown}`)).toContain('checked in already');
    expect(await city.ask(EVA, `ya llegué ${shown}`)).toContain('Anotamos que llegaste');
  });

  test('five wrong codes in an hour make a pause', async () => {
    const shown = await code();
    const wrong = shown === '0000' ? '0001' : '0000';
    await at(START);
    for (let tries = 0; tries < 5; tries += 1) {
      expect(await city.ask(ANA, `HERE ${wrong}`)).toContain("isn't the code");
    }
    expect(await city.ask(ANA, `HERE ${shown}`)).toContain('too many wrong codes');
    await at(START + HOUR_MS + MINUTE_MS);
    expect(await city.ask(ANA, `HERE ${shown}`)).toContain("You're checked in");
  });

  test('the organizer marks people by their numbers', async () => {
    expect(await city.ask(ORGANIZER, 'HERE 4: 1 2')).toContain("It's too early");
    await at(START);
    const marked = await city.ask(ORGANIZER, 'HERE 4: 1, 3 9');
    expect(marked).toContain('There: 1, 3.');
    expect(marked).toContain("don't have a spot: 9");
    expect([claimOf(ANA), claimOf(BEN), claimOf(EVA)]).toEqual([
      'checked-in',
      'joined',
      'checked-in',
    ]);
    expect(await city.ask(ANA, 'HERE 4: 2')).toContain('no task 4');
    expect(city.store.read.tasks.get(4)?.taken).toBe(5);
  });

  test('who neither came nor sent evidence is absent two hours after the end, and can be put right', async () => {
    await at(START);
    await city.say(ORGANIZER, 'HERE 4: 1');
    await city.say(EVA, 'LISTO 4 dos bolsas');
    await city.say(EVA, 'OK');
    await at(END + 2 * HOUR_MS - MINUTE_MS);
    expect(claimOf(BEN)).toBe('joined');
    heard(BEN);
    await at(END + 2 * HOUR_MS);
    expect([claimOf(ANA), claimOf(BEN), claimOf(EVA)]).toEqual([
      'checked-in',
      'absent',
      'submitted',
    ]);
    expect(heard(BEN)).toEqual([expect.stringContaining("We didn't see you at task 4")]);
    // Monday morning: nobody is told of it at night.
    await at(END + 46 * HOUR_MS);
    expect(await city.ask(ORGANIZER, 'HERE 4: 2')).toContain('There: 2');
    expect(claimOf(BEN)).toBe('checked-in');
    expect(heard(BEN)).toEqual([expect.stringContaining('The organizer says you were')]);
    expect(await city.ask(ORGANIZER, 'HERE 4: 1')).toContain('There before: 1');
  });

  test('who was absent can be put right for 72 hours, and not a minute longer', async () => {
    await at(START);
    await city.say(ORGANIZER, 'HERE 4: 1');
    await at(END + 2 * HOUR_MS);
    expect([claimOf(BEN), claimOf(EVA)]).toEqual(['absent', 'absent']);
    // Evidence keeps the task from closing.
    await city.say(ANA, 'DONE 4 two bags');
    await city.say(ANA, 'OK');
    await at(END + 74 * HOUR_MS);
    expect(await city.ask(ORGANIZER, 'HERE 4: 2')).toContain('There: 2');
    await at(END + 74 * HOUR_MS + MINUTE_MS);
    expect(await city.ask(ORGANIZER, 'HERE 4: 3')).toContain('could be changed until');
    expect([claimOf(BEN), claimOf(EVA)]).toEqual(['checked-in', 'absent']);
  });

  test('who got the spot in the last hour is never absent', async () => {
    await city.say(ORGANIZER, 'CHANGE 4 spots 4');
    const late = '+15105550177';
    await city.join(late);
    await at(START - 30 * MINUTE_MS);
    await city.say(ANA, 'DROP 4');
    await city.say(late, 'JOIN 4');
    await at(START);
    await city.say(ORGANIZER, 'HERE 4: 2');
    await at(END + 2 * HOUR_MS);
    const all = [claimOf(late), claimOf(BEN), claimOf(EVA)];
    expect(all.filter((state) => state === 'absent')).toHaveLength(1);
    expect(claimOf(late)).toBe('joined');
  });

  test('nobody is absent where nobody was checked in at all', async () => {
    await at(END + 3 * HOUR_MS);
    expect(claimOf(BEN)).toBe('joined');
  });

  test('evidence is taken from an hour before the start until 48 hours after the end', async () => {
    const early = await city.ask(ANA, 'DONE 4', { pictures: ['ok'] });
    expect(early).toContain("It's too early for evidence of task 4");
    expect(early).toContain("We're keeping your photo for an hour");
    await at(START - HOUR_MS);
    expect(await city.ask(ANA, 'DONE 4 swept')).toContain('Evidence is public');
    await at(END + 48 * HOUR_MS + MINUTE_MS);
    expect(await city.ask(BEN, 'DONE 4 swept')).toContain('was taken until');
  });

  test('a task closes by itself 72 hours after its end, unless evidence waits', async () => {
    await at(START);
    await city.say(ANA, 'DONE 4 swept');
    await city.say(ANA, 'OK');
    await at(END + 72 * HOUR_MS);
    expect(city.store.read.tasks.get(4)?.state).toBe('open');
    await city.say(ORGANIZER, 'APPROVE 1');
    heard(BEN);
    await at(END + 74 * HOUR_MS);
    expect(city.store.read.tasks.get(4)?.state).toBe('closed');
    expect(claimOf(BEN)).toBe('closed');
    // The work was over long ago: nobody has to be told not to come.
    expect(heard(BEN)).toEqual([]);
  });

  test('a task on which nothing waits is open until 72 hours after its end', async () => {
    await at(END + 72 * HOUR_MS - MINUTE_MS);
    expect(city.store.read.tasks.get(4)?.state).toBe('open');
    await at(END + 72 * HOUR_MS);
    expect(city.store.read.tasks.get(4)?.state).toBe('closed');
  });
});

describe('what an organizer says', () => {
  beforeEach(async () => {
    await announce(5);
    await city.say(ANA, 'JOIN 4');
    await city.say(EVA, 'UNIRME 4');
  });

  test('CHANGE is read back, told to everybody who joined, and makes leaving free', async () => {
    const read = await city.ask(ORGANIZER, 'CHANGE 4 when sat 1pm-3pm; where Live Oak Park');
    expect(read).toContain('Before: Sat, Nov 28, 9:00-11:00 AM, Ohlone Park');
    expect(read).toContain('New: Sat, Nov 28, 1:00-3:00 PM, Live Oak Park');
    expect(read).toContain('2 people will be told');
    expect(heard(ANA)).toEqual([]);
    expect(await city.ask(ORGANIZER, 'OK')).toContain('Changed. 2 people will be told');
    expect(heard(ANA)).toEqual([
      expect.stringMatching(
        /^Changed: task 4.*1:00-3:00 PM, Live Oak Park.*that's fine: reply DROP 4/,
      ),
    ]);
    expect(heard(EVA)).toEqual([expect.stringContaining('Cambio la tarea 4')]);
    await at(START);
    expect(await city.ask(EVA, 'DEJAR 4')).toContain('No pasa nada');
    expect(await city.ask(ORGANIZER, 'CHANGE 4 spots 0')).toContain('whole number');
    expect(await city.ask(ORGANIZER, 'CHANGE 4 note bring gloves')).toContain('Note: bring gloves');
    await city.say(ORGANIZER, 'OK');
    expect(await city.ask(ANA, 'TASK 4')).toContain('bring gloves');
    expect(await city.ask(ORGANIZER, 'CAMBIAR 4 lugares 8')).toContain('Spots: 8');
    expect(await city.ask(ORGANIZER, 'NO')).toContain('stays as it is');
  });

  test('CHANGE reaches whoever comes or stands by, and nobody who left meanwhile', async () => {
    await at(START - 34 * HOUR_MS);
    await city.say(ORGANIZER, 'CHANGE 4 when sat 1pm-3pm');
    expect(await city.ask(ORGANIZER, 'OK')).toContain('2 people will be told');
    await city.say(EVA, 'DEJAR 4');
    for (const who of [ANA, EVA]) heard(who);
    await at(START - 26 * HOUR_MS);
    expect(heard(ANA)).toEqual([expect.stringContaining('Changed: task 4')]);
    expect(heard(EVA)).toEqual([]);
  });

  test('CHANGE asks nobody to come whose evidence is in', async () => {
    await at(START);
    await city.say(ANA, 'DONE 4 swept');
    await city.say(ANA, 'OK');
    expect(await city.ask(ORGANIZER, 'CHANGE 4 note bring gloves')).toContain('1 person will be');
    await city.say(ORGANIZER, 'OK');
    expect(heard(ANA)).toEqual([]);
    expect(heard(EVA)).toEqual([expect.stringContaining('bring gloves')]);
  });

  test('CHANGE and CALLOFF keep the post on Telegram true', async () => {
    const shown = (): string | undefined =>
      city.deliveries.findLast(({ kind, taskId }) => kind === 'update' && taskId === 4)?.reply.text;
    await city.say(ORGANIZER, 'CHANGE 4 where Live Oak Park');
    await city.say(ORGANIZER, 'OK');
    await at(city.clock.time + 10 * MINUTE_MS);
    expect(shown()).toContain('Live Oak Park');
    await city.say(ORGANIZER, 'CALLOFF 4 heavy rain');
    await city.say(ORGANIZER, 'OK');
    await at(city.clock.time + 10 * MINUTE_MS);
    expect(shown()).toContain('heavy rain');
  });

  test('CHANGE and CALLOFF are said below the post on Bluesky, which cannot be changed', async () => {
    const below = (): (string | undefined)[] =>
      city.deliveries
        .filter(({ channel, kind, to }) => channel === 'bluesky' && kind === 'reply' && to === null)
        .map(({ place, reply }) =>
          place === JSON.stringify({ root: POST, parent: POST }) ? reply.text : undefined,
        );
    await city.say(ORGANIZER, 'CHANGE 4 where Live Oak Park');
    await city.say(ORGANIZER, 'OK');
    expect(below()).toEqual([expect.stringContaining('Live Oak Park')]);
    await city.say(ORGANIZER, 'CALLOFF 4 heavy rain');
    await city.say(ORGANIZER, 'OK');
    expect(below()).toEqual([
      expect.stringContaining('Live Oak Park'),
      expect.stringContaining('heavy rain'),
    ]);
  });

  test('CHANGE with an hour alone means the task’s own day, and its length stays', async () => {
    const read = await city.ask(ORGANIZER, 'CHANGE 4 10am');
    expect(read).toContain('New: Sat, Nov 28, 10:00 AM-12:00 PM');
    await city.say(ORGANIZER, 'NO');
  });

  test('what an organizer said waits for the morning, whatever people answer meanwhile', async () => {
    await at(START - 34 * HOUR_MS);
    await city.say(ORGANIZER, 'TELL 4 bring gloves');
    await city.say(ORGANIZER, 'OK');
    heard(ANA);
    await city.say(ANA, 'OK 4');
    await at(START - 26 * HOUR_MS);
    expect(heard(ANA).join()).toContain('bring gloves');
  });

  test('CHANGE in words that say nothing explains itself, also a year mistyped', async () => {
    expect(await city.ask(ORGANIZER, 'CHANGE 4')).toContain('like CHANGE 12 when');
    expect(await city.ask(ORGANIZER, 'CHANGE 4 when Nov 28 2062 9am-11am')).toContain('too far');
    expect(await city.ask(ORGANIZER, 'CHANGE 4 when Nov 21 2026 9am-11am')).toContain('passed');
    expect(await city.ask(ORGANIZER, 'CHANGE 99 spots 3')).toContain('no task 99');
    expect(await city.ask(ORGANIZER, 'CHANGE 4 bigger')).toContain('like CHANGE 12 when');
    expect(await city.ask(ANA, 'CHANGE 4 spots 3')).not.toContain('Spots: 3');
  });

  test('CALLOFF needs a reason, is read back, and reaches everybody at once, at any hour', async () => {
    await at(Date.UTC(2026, 10, 27, 9));
    heard(ANA);
    expect(await city.ask(ORGANIZER, 'CALLOFF 4')).toContain('Why is task 4 called off?');
    expect(await city.ask(ORGANIZER, 'storm warning')).toContain('2 people are told at once');
    expect(await city.ask(ORGANIZER, 'OK')).toContain('Called off: task 4');
    expect(heard(ANA)).toEqual([expect.stringContaining('Reason: storm warning')]);
    expect(heard(EVA)).toEqual([expect.stringContaining('motivo: storm warning')]);
    expect([claimOf(ANA), claimOf(EVA)]).toEqual(['called-off', 'called-off']);
    expect(await city.ask(BEN, 'JOIN 4')).toContain('was called off');
    expect(await city.ask(ORGANIZER, 'CALLOFF 4 again')).toContain('was called off');
    await at(END + 3 * HOUR_MS);
    expect(claimOf(ANA)).toBe('called-off');
  });

  test('CALLOFF counts those who stand by, too, and takes a shorter reason', async () => {
    await city.say(ORGANIZER, 'CHANGE 4 spots 2');
    await city.say(ORGANIZER, 'OK');
    expect(await city.ask(BEN, 'JOIN 4')).toContain('waitlist');
    expect(await city.ask(ORGANIZER, `CALLOFF 4 ${'rain '.repeat(200)}`)).toContain('too long');
    expect(await city.ask(ORGANIZER, 'rain')).toContain('3 people are told at once: "rain"');
    expect(await city.ask(ORGANIZER, 'OK')).toContain('3 people are being told');
  });

  test('TELL reaches those who joined, three times a task', async () => {
    expect(await city.ask(ORGANIZER, `TELL 4 ${'long '.repeat(80)}`)).toContain('too long');
    for (const left of [2, 1, 0]) {
      expect(await city.ask(ORGANIZER, 'TELL 4 bring gloves')).toContain('2 people get this');
      expect(await city.ask(ORGANIZER, 'OK')).toContain(
        left === 0 ? 'write no more' : `write ${left} more`,
      );
    }
    expect(heard(ANA)).toHaveLength(3);
    expect(await city.ask(ORGANIZER, 'TELL 4 and hats')).toContain('You wrote 3 times');
  });

  test('ASK and ANSWER go both ways without a number', async () => {
    expect(await city.ask(ANA, 'ASK 4 what should I bring? call +1 510 555 0141')).toContain(
      'We passed your question on to Codornices Creek Friends',
    );
    const [asked = ''] = heard(ORGANIZER);
    expect(asked).toMatch(/^Question 1 about task 4, Weed the garden, from p-\w{12}: "what should/);
    expect(asked).not.toContain('555');
    expect(await city.ask(ORGANIZER, 'ANSWER 1 gloves and water')).toContain('passed your answer');
    expect(heard(ANA)).toEqual([
      expect.stringMatching(/Codornices Creek Friends about task 4.*"gloves and water"/),
    ]);
    expect(await city.ask(ORGANIZER, 'ANSWER 77 yes')).toContain('no question 77');
    expect(await city.ask(BEN, 'ANSWER 1 me')).not.toContain('passed your answer');
    expect(await city.ask(BEN, 'ASK 4 may I?')).toContain('not in task 4');
  });
});

describe('who joins', () => {
  test('holds one task at a time within 48 hours of its start', async () => {
    await announce(3);
    await announce(3, 'sat 11:30am-1pm');
    await at(START - 40 * HOUR_MS);
    await city.say(ANA, 'JOIN 4');
    expect(await city.ask(ANA, 'JOIN 5')).toContain('You have task 4 around the same time');
    await city.say(ANA, 'DROP 4');
    expect(await city.ask(ANA, 'JOIN 5')).toContain("You're in for");
  });

  test('brings people who take spots and earn nothing', async () => {
    await announce(4);
    expect(await city.ask(ANA, 'JOIN 4 +2')).toContain('with 2 guests');
    expect(city.store.read.tasks.get(4)?.taken).toBe(3);
    expect(await city.ask(BEN, 'JOIN 4 +1')).toContain('Spots left: 1');
    expect(await city.ask(BEN, 'JOIN 4 +77')).toContain('10 people at most');
    expect(await city.ask(ANA, 'JOIN 4 +1')).toContain('with 1 guest');
    expect(city.store.read.tasks.get(4)?.taken).toBe(2);
    await city.say(ANA, 'DROP 4');
    expect(city.store.read.tasks.get(4)?.taken).toBe(0);
  });

  test('a task without a fixed time lapses after 72 hours without a word', async () => {
    await announce(1, 'any time until dec 20');
    expect(await city.ask(ANA, 'JOIN 4')).toContain('any time until Sun, Dec 20, 11:59 PM');
    await city.say(BEN, 'JOIN 4');
    await at(city.clock.time + 72 * HOUR_MS + MINUTE_MS);
    expect(claimOf(ANA)).toBe('lapsed');
    expect(heard(ANA)).toEqual([expect.stringContaining('your spot is free again')]);
    expect(heard(BEN)).toEqual([expect.stringContaining("you're in")]);
    expect(claimOf(BEN)).toBe('joined');
  });
});

describe('a task that comes again', () => {
  const openDates = (): string[] =>
    city.store.read.tasks
      .open(city.clock.time, 6 * HOUR_MS, 50)
      .filter(({ task }) => task.title === 'Weed the garden')
      .map(({ task }) => new Date(task.startsAt).toISOString());

  test.each([
    ['every sat 9-11 until dec 20', '4 dates'],
    ['cada sábado de 9 a 11 hasta el 20 de diciembre', '4 dates'],
    ['every sat 9am-11am until jan 30', '4 dates'],
  ])('is announced by %j for four weeks', async (when, dates) => {
    const line = `ANNOUNCE Weed the garden; 20; ${when}; Ohlone Park; 2`;
    expect(await city.ask(ORGANIZER, line)).toContain('and every week until');
    expect(await city.ask(ORGANIZER, 'OK')).toContain(dates);
    expect(openDates().slice(0, 2)).toEqual([
      '2026-11-28T17:00:00.000Z',
      '2026-12-05T17:00:00.000Z',
    ]);
  });

  test('is asked about where nobody can tell until when', async () => {
    const ask = (when: string) =>
      city.ask(ORGANIZER, `ANNOUNCE Weed the garden; 20; ${when}; Ohlone Park; 2`);
    expect(await ask('every sat 9-11')).toContain('Every week until when?');
    await city.say(ORGANIZER, 'NO');
    expect(await ask('every sat 9-11 until nov 25')).toContain('before the first');
  });

  test('goes on by itself, by the city’s clock, with those who joined all dates', async () => {
    await announce(2, 'every sat 9-11 until mar 20');
    expect(await city.ask(ANA, 'JOIN 4 ALL')).toContain('on 4 dates');
    await at(START + 7 * DAY_MS + 12 * HOUR_MS);
    expect(openDates()).toHaveLength(4);
    const [latest] = city.store.read.tasks
      .open(city.clock.time, 6 * HOUR_MS, 50)
      .filter(({ task }) => task.seriesId !== null)
      .toReversed();
    expect(claimOf(ANA, latest?.task.id)).toBe('joined');
    // The city stops the organizer for the next epoch: the dates in it wait for a cap.
    await city.prove(ADMIN, 'CAP Codornices Creek Friends 0 NEXT');
    await at(Date.UTC(2027, 0, 2, 18));
    expect(openDates()).toEqual(['2027-01-02T17:00:00.000Z']);
    await city.prove(ADMIN, 'CAP Codornices Creek Friends 500');
    await at(Date.UTC(2027, 1, 21, 18));
    // The clocks go forward on March 14: it is nine o'clock all the same.
    expect(openDates()).toContain('2027-03-20T16:00:00.000Z');
    expect(openDates()).toContain('2027-03-13T17:00:00.000Z');
    await at(Date.UTC(2027, 2, 19));
    expect(openDates()).toEqual(['2027-03-20T16:00:00.000Z']);
    expect(await city.ask(ANA, 'DROP 4 ALL')).toContain('You left Weed the garden on');
  });

  test('keeps its note on the dates that follow', async () => {
    await announce(3, 'every sat 9-11 until jan 30');
    await city.say(ORGANIZER, 'CHANGE 4 ALL note bring gloves');
    await city.say(ORGANIZER, 'OK');
    await at(START + 4 * DAY_MS);
    const notes = city.store.read.tasks
      .open(city.clock.time, 6 * HOUR_MS, 50)
      .filter(({ task }) => task.seriesId !== null)
      .map(({ task }) => task.note);
    expect(notes).toEqual(Array(4).fill('bring gloves'));
  });

  test('is changed and ended from one date on', async () => {
    await announce(3, 'every sat 9-11 until dec 20');
    await city.say(ANA, 'JOIN 4 ALL');
    expect(await city.ask(ORGANIZER, 'CHANGE 5 ALL when sun dec 6 10-12')).toContain('Before: Sat');
    expect(await city.ask(ORGANIZER, 'OK')).toContain('3 dates');
    expect(openDates()).toEqual([
      '2026-11-28T17:00:00.000Z',
      '2026-12-06T18:00:00.000Z',
      '2026-12-13T18:00:00.000Z',
      '2026-12-20T18:00:00.000Z',
    ]);
    await city.say(ORGANIZER, 'CHANGE 5 ALL note bring gloves');
    await city.say(ORGANIZER, 'OK');
    expect(await city.ask(ORGANIZER, 'CALLOFF 6 ALL the garden is finished')).toContain('Call off');
    expect(await city.ask(ORGANIZER, 'OK')).toContain('2 dates');
    expect(openDates()).toHaveLength(2);
    expect(await city.ask(BEN, 'JOIN 1 ALL')).toContain('takes place once');
    expect(await city.ask(ORGANIZER, 'CALLOFF 1 All volunteers are sick')).toContain(
      '"All volunteers are sick"',
    );
    await city.say(ORGANIZER, 'NO');
    expect(await city.ask(ORGANIZER, 'CHANGE 1 ALL spots 9')).toContain('takes place once');
    expect(city.store.read.tasks.get(1)?.state).toBe('open');
    await at(START + 10 * DAY_MS);
    expect(openDates()).toEqual([]);
  });
});

describe('somebody without a phone', () => {
  beforeEach(() => announce(2));

  test('takes part by WALKIN, and brings it into an account with the slip', async () => {
    expect(await city.ask(ORGANIZER, 'WALKIN 4')).toContain("It's too early");
    await at(START);
    const added = await city.ask(ORGANIZER, 'WALKIN 4');
    const [slip = ''] = /[0-9A-Z]{4}-[0-9A-Z]{4}-[0-9A-Z]{4}/.exec(added) ?? [];
    expect(added).toContain('Number 1 in task 4 is checked in');
    expect(city.store.read.tasks.get(4)?.taken).toBe(1);
    const stranger = '+15105550177';
    expect(await city.ask(stranger, `ACCEPT ${slip}`)).toContain(
      'Task 4, Weed the garden, is yours',
    );
    expect(claimOf(stranger)).toBe('checked-in');
    const [brought] = city.store.read.claims.roster(4);
    expect(brought?.claim.steps.map(({ state, way }) => [state, way])).toEqual([
      ['joined', undefined],
      ['checked-in', 'organizer'],
    ]);
    expect(await city.ask(stranger, 'DONE 4 two bags')).toContain('Evidence is public');
    // It was theirs alone.
    expect(await city.ask(BEN, `ACCEPT ${slip}`)).toContain("isn't valid");
    expect(await city.ask(ORGANIZER, 'WALKIN 4')).toContain('Number 2');
    expect(await city.ask(ORGANIZER, 'SUMAR 4')).toContain('spots of task 4 are taken');
    expect(await city.ask(BEN, 'WALKIN 4')).not.toContain('Number');
  });

  test('has 90 days, on any channel', async () => {
    await at(START);
    const slips: string[] = [];
    for (let count = 0; count < 2; count += 1) {
      const added = await city.ask(ORGANIZER, 'WALKIN 4');
      slips.push(/[0-9A-Z]{4}-[0-9A-Z]{4}-[0-9A-Z]{4}/.exec(added)?.[0] ?? '');
    }
    await at(START + 90 * DAY_MS - MINUTE_MS);
    expect(await city.ask('70012345', `ACCEPT ${slips[0]}`)).toContain('Task 4, Weed the garden');
    await at(START + 90 * DAY_MS + MINUTE_MS);
    expect(await city.ask(ANA, `ACCEPT ${slips[1]}`)).toContain("isn't valid");
  });
});
