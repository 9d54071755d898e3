import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { DAY_MS, HOUR_MS } from '../../src/lib/clock.ts';
import { TUESDAY } from '../support/city.ts';
import {
  ANA,
  BEN,
  type Conversation,
  EVA,
  ORGANIZER,
  openConversation,
} from '../support/conversation.ts';

let city: Conversation;
beforeEach(async () => {
  city = openConversation();
  await city.join(ANA);
});
afterEach(() => city.close());

const announce = async (line: string) => {
  await city.say(ORGANIZER, `ANNOUNCE ${line}`);
  await city.say(ORGANIZER, 'OK');
};

describe('TASKS', () => {
  test('lists open tasks with number, time, place, credits and free slots, soonest first', async () => {
    const [tasks] = await city.say(ANA, 'TASKS');
    const lines = tasks?.text.split('\n') ?? [];
    expect(lines[0]).toBe(
      '1 Clean up Codornices Creek: any time until Sat, Nov 28, 11:00 AM, Codornices Park, Eu..., 20 CITY credits, 12 free',
    );
    expect(lines[1]).toMatch(/^2 .*Thu, Dec 3/);
    expect(lines[2]).toMatch(/^3 .*Sun, Dec 6/);
    expect(tasks?.choices.map(({ send }) => send)).toContain('JOIN 1');
  });

  test('says when there are more, and how to narrow', async () => {
    await announce('Plant trees; 30; tomorrow 9am; Ohlone Park; 10');
    const [tasks] = await city.say(ANA, 'TASKS');
    expect(tasks?.text).toMatch(/^4 Plant trees/);
    expect(tasks?.text).toContain('There are more');
    expect(await city.ask(ANA, 'TASKS ohlone park')).toMatch(/^4 Plant trees[^\n]*\n[^\n]*$/);
  });

  test('with words that nothing goes with says so', async () => {
    expect(await city.ask(ANA, 'TASKS zebra')).toContain('No open tasks match zebra');
  });

  test('leaves out what is over or closed', async () => {
    await city.say(ORGANIZER, 'CLOSE 2');
    expect(await city.ask(ANA, 'TASKS')).not.toContain('2 Information');
    city.clock.time = TUESDAY + 30 * DAY_MS;
    expect(await city.ask(ANA, 'TASKS')).toContain('No tasks are open');
    expect(await city.ask(ANA, 'JOIN')).toContain('No tasks are open');
  });
});

describe('TASK', () => {
  test('tells everything about one task', async () => {
    expect(await city.ask(ANA, 'task #1')).toBe(
      'Task 1, Clean up Codornices Creek: any time until Sat, Nov 28, 11:00 AM, Codornices Park, Euclid Ave. ' +
        'By Codornices Creek Friends. 20 CITY credits each. Spots free: 12 of 12. Reply JOIN 1 to take part.',
    );
  });

  test('tells how the person stands', async () => {
    await city.say(ANA, 'JOIN 1');
    expect(await city.ask(ANA, 'TASK 1')).toContain("You're in. Afterwards send DONE 1");
    await city.say(ANA, 'DONE 1 swept the path');
    await city.say(ANA, 'OK');
    expect(await city.ask(ANA, 'TASK 1')).toContain('will check it');
    await city.say(ORGANIZER, 'APPROVE 1');
    expect(await city.ask(ANA, 'TASK 1')).toContain('was approved');
  });

  test('tells that it is closed or over', async () => {
    await city.say(ORGANIZER, 'CLOSE 2');
    expect(await city.ask(ANA, 'TASK 2')).toContain("You can't join it any more");
    city.clock.time = TUESDAY + 30 * DAY_MS;
    expect(await city.ask(ANA, 'TASK 1')).toContain("You can't join it any more");
  });

  test('without a number, or with words, is the list', async () => {
    expect(await city.ask(ANA, 'TASK')).toContain('1 Clean up');
    expect(await city.ask(ANA, 'TASK groceries')).toContain('3 Bring groceries');
    expect(await city.ask(ANA, 'TASK 99')).toBe(
      "There's no task 99. Reply TASKS to see what's open.",
    );
  });
});

describe('JOIN', () => {
  test('joins, and says what to send when it is done', async () => {
    const joined = await city.ask(ANA, 'join 1');
    expect(joined).toContain('any time until Sat, Nov 28, 11:00 AM, Codornices Park');
    expect(joined).toContain('DONE 1 and a photo');
    expect(await city.ask(ANA, 'JOIN 1')).toContain('already joined task 1');
    expect(city.store.read.tasks.get(1)?.taken).toBe(1);
  });

  test('without a number asks which, and a number answers', async () => {
    expect(await city.ask(ANA, "I'm in")).toContain('Which task?');
    expect(await city.ask(ANA, '2')).toContain("You're in for Information booth");
  });

  test('with words asks among those that go with them', async () => {
    const which = await city.ask(ANA, 'join groceries');
    expect(which).toContain('3 Bring');
    expect(which).not.toContain('1 Clean');
    expect(await city.ask(ANA, '#3')).toContain("You're in for Bring groceries");
  });

  test('in reply to the announcement needs no number', async () => {
    const post = city.publicPosts.find(
      ({ channel, message }) => channel === 'telegram' && message.text.includes('booth'),
    );
    await city.join('7000101');
    const answer = await city.ask('7000101', '¡Me apunto!', { replyTo: post?.message.id ?? '' });
    expect(answer).toContain("You're in for Information booth");
  });

  test('joins the only open task', async () => {
    await city.say(ORGANIZER, 'CLOSE 1');
    await city.say(ORGANIZER, 'CLOSE 3');
    expect(await city.ask(ANA, 'count me in')).toContain("You're in for Information booth");
  });

  test('a full task puts people on the waitlist in order, and a slot goes to the first', async () => {
    await announce('Tiny job; 5; sat 2pm-3pm; Here; 1');
    await city.say(ANA, 'JOIN 4');
    await city.join(BEN);
    await city.join(EVA, 'HOLA');
    expect(await city.ask(BEN, 'JOIN 4')).toContain("You're number 1 on the waitlist");
    expect(await city.ask(EVA, 'JOIN 4')).toContain('Eres el numero 2 en la lista de espera');
    expect(await city.ask(EVA, 'JOIN 4')).toContain('Ya estas en la lista de espera');
    expect(await city.ask(BEN, 'DONE 4 did it')).toContain('once you have a spot');

    expect(await city.ask(ANA, 'DROP 4')).toContain('You left task 4');
    expect(city.heard(BEN).map(({ text }) => text)).toEqual([
      expect.stringContaining("A spot is free and you're in: task 4, Tiny job"),
    ]);
    expect(city.heard(EVA)).toEqual([]);
    await city.say(BEN, 'DROP 4');
    expect(city.heard(EVA)[0]?.text).toContain('Hay lugar y ya es tuyo');
  });

  test('nobody is called at night because a slot is free', async () => {
    await announce('Tiny job; 5; sat 2pm-3pm; Here; 1');
    await city.say(ANA, 'JOIN 4');
    await city.join(BEN);
    await city.say(BEN, 'JOIN 4');
    city.clock.time = TUESDAY + 13 * HOUR_MS;
    await city.say(ANA, 'DROP 4');
    expect(city.heard(BEN)).toEqual([]);
    city.clock.time = TUESDAY + 23 * HOUR_MS;
    await city.settle();
    expect(city.heard(BEN)).toHaveLength(1);
  });

  test('closed, past and unknown tasks are refused with the reason', async () => {
    await city.say(ORGANIZER, 'CLOSE 2');
    expect(await city.ask(ANA, 'JOIN 2')).toContain('Task 2 is closed');
    expect(await city.ask(ANA, 'JOIN 77')).toContain('no task 77');
    city.clock.time = TUESDAY + 30 * DAY_MS;
    expect(await city.ask(ANA, 'JOIN 1')).toContain('Task 1 is over');
  });
});

describe('DROP', () => {
  test('without a number asks which', async () => {
    expect(await city.ask(ANA, 'DROP')).toContain('not in a task that you can leave');
    await city.say(ANA, 'JOIN 1');
    expect(await city.ask(ANA, 'DROP')).toContain('1 Clean up');
    expect(city.store.read.tasks.get(1)?.taken).toBe(1);
    expect(await city.ask(ANA, '1')).toContain('You left task 1');
    expect(city.store.read.tasks.get(1)?.taken).toBe(0);
  });

  test('is refused once evidence is in, and for tasks of others', async () => {
    await city.say(ANA, 'JOIN 1');
    await city.say(ANA, 'DONE 1 swept');
    await city.say(ANA, 'OK');
    expect(await city.ask(ANA, 'DROP 1')).toContain("you can't leave it");
    expect(await city.ask(ANA, 'DROP 2')).toContain('not in task 2');
    expect(await city.ask(ANA, 'DROP 99')).toContain('no task 99');
  });

  test('can be undone by joining again', async () => {
    await city.say(ANA, 'JOIN 1');
    await city.say(ANA, 'SOLTAR 1');
    expect(await city.ask(ANA, 'JOIN 1')).toContain("You're in");
  });
});
