import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { DAY_MS, MINUTE_MS } from '../../src/lib/clock.ts';
import {
  ANA,
  BEN,
  type Conversation,
  ORGANIZER,
  openConversation,
  REDEEMER,
} from '../support/conversation.ts';

let city: Conversation;
beforeEach(() => {
  city = openConversation();
});
afterEach(() => city.close());

const personOf = (id: number) => city.store.read.people.get(id);
/** The person who came last: people are numbered. */
const newest = () => {
  let id = 1;
  while (personOf(id + 1) !== undefined) id += 1;
  return personOf(id);
};

describe('first contact', () => {
  test('says what this is in the carriers’ wording and asks for OK', async () => {
    const [hello] = await city.say(ANA, 'hi');
    expect(hello?.text).toMatch(/^City\/Sync Berkeley: /);
    for (const part of ['OK', 'sg freq varies', 'Msg&data rates may apply', 'HELP', 'STOP']) {
      expect(hello?.text).toContain(part);
    }
    expect(hello?.segments).toBe(1);
    expect(hello?.choices.map(({ send }) => send)).toEqual(['OK', 'NO']);
    expect(newest()?.joinedAt).toBeNull();
  });

  test('answers in the language of the first word', async () => {
    const [hola] = await city.say(ANA, 'Hola');
    expect(hola?.text).toContain('Responde OK');
    expect(hola?.segments).toBe(1);
    const [joined] = await city.say(ANA, 'sí');
    expect(joined?.text).toContain('ya participas');
  });

  test('a resident is in a task within two messages', async () => {
    await city.say(ANA, 'JOIN 1');
    const [joined, task] = await city.say(ANA, 'OK');
    expect(joined?.text).toContain("you're in. Task alerts");
    expect(task?.text).toContain("You're in for Clean up Codornices Creek");
    expect(city.store.read.tasks.get(1)?.taken).toBe(1);
  });

  test('a word of a flyer leads to the tasks that go with it', async () => {
    await city.say(ANA, 'groceries');
    const [, tasks] = await city.say(ANA, 'OK');
    expect(tasks?.text).toContain('3 Bring groceries');
    expect(tasks?.text).not.toContain('Creek');
  });

  test('a mere greeting leads to what is open', async () => {
    await city.say(ANA, 'Hi!');
    const [, tasks] = await city.say(ANA, 'yes');
    expect(tasks?.text).toContain('1 Clean up');
  });

  test('a greeting with a wish carries the wish out', async () => {
    await city.say(ANA, 'Hola, me apunto 1');
    const [, task] = await city.say(ANA, 'OK');
    expect(task?.text).toContain('Ya tienes lugar');
  });

  test('START agrees too, with the first wish carried out', async () => {
    await city.say(ANA, 'JOIN 1');
    const answer = await city.ask(ANA, 'START');
    expect(answer).toContain("You're in for Clean up");
  });

  test('START from a stranger opts in and shows what is open', async () => {
    const answer = await city.ask(ANA, 'START');
    expect(answer).toContain("you're in");
    expect(answer).toContain('JOIN 1');
    expect(newest()?.joinedAt).not.toBeNull();
  });

  test('keeps the exact wording that was agreed to', async () => {
    const [hello] = await city.say(ANA, 'HI');
    await city.say(ANA, 'OK');
    const [consent] = city
      .consents()
      .filter(({ kind }) => kind === 'messages')
      .slice(-1);
    expect(consent).toMatchObject({ wording: hello?.text, at: city.clock.time });
  });

  test('NO is taken as no, and nothing is agreed to', async () => {
    await city.say(ANA, 'HI');
    expect(await city.ask(ANA, 'no')).toContain('Reply HI any time');
    expect(newest()?.joinedAt).toBeNull();
    expect(await city.ask(ANA, 'TASKS')).toContain('Reply OK');
  });

  test('a question in between is answered with the question, and the wish is kept', async () => {
    await city.say(ANA, 'JOIN 1');
    expect(await city.ask(ANA, 'who is this?')).toContain('Reply OK');
    expect(await city.ask(ANA, 'OK')).toContain("You're in for Clean up");
  });

  test('an OK after an hour is a new first contact', async () => {
    await city.say(ANA, 'HI');
    city.clock.time += 61 * MINUTE_MS;
    expect(await city.ask(ANA, 'OK')).toContain('Reply OK');
    expect(newest()?.joinedAt).toBeNull();
  });

  test('a picture from a stranger is not lost', async () => {
    await city.say(ANA, '', { pictures: ['ok'] });
    expect(await city.ask(ANA, 'OK')).toContain('None of your tasks needs evidence');
  });

  test('a reply to an announcement joins that task', async () => {
    await city.settle();
    const post = city.publicPosts.find(({ channel }) => channel === 'bluesky');
    await city.say('ana.test', "I'm in!", { replyTo: post?.message.id ?? '' });
    expect(await city.ask('ana.test', 'OK')).toContain("You're in for Clean up");
  });

  test('on other channels nobody speaks of rates', async () => {
    const [hello] = await city.say('ana.test', 'HI');
    expect(hello?.text).not.toContain('rates');
  });

  test('an invitation counts as agreeing, and says so', async () => {
    const invite = await city.prove('+15105550100', 'INVITE redeemer Corner Bakery');
    const words = /ACCEPT [\w-]+/.exec(invite)?.[0] ?? '';
    const answers = await city.say(BEN, words);
    expect(answers[0]?.text).toContain('You now act for Corner Bakery');
    expect(answers[1]?.text).toContain('by accepting you agreed');
    expect(newest()?.joinedAt).not.toBeNull();
  });

  test('a wrong invitation agrees to nothing', async () => {
    expect(await city.ask(BEN, 'ACCEPT 7GK2-M4QX-9TBW')).toContain("isn't valid");
    expect(await city.ask(BEN, 'ACCEPT')).toContain('like ACCEPT');
    expect(newest()?.joinedAt).toBeNull();
  });
});

describe('STOP', () => {
  test('is confirmed once, and then there is silence until START', async () => {
    await city.join(ANA);
    const [stopped, ...more] = await city.say(ANA, 'stop');
    expect(stopped?.text).toContain('unsubscribed');
    expect(more).toEqual([]);
    expect(await city.say(ANA, 'STOP')).toEqual([]);
    expect(await city.say(ANA, 'HELP')).toEqual([]);
    expect(await city.ask(ANA, 'START')).toContain("you're in");
    expect(await city.ask(ANA, 'BALANCE')).toContain('0 CITY credits');
  });

  test('comes before an open question', async () => {
    await city.say(ORGANIZER, 'ANNOUNCE');
    expect(await city.ask(ORGANIZER, 'CANCEL')).toContain('unsubscribed');
    await city.say(ORGANIZER, 'START');
    expect(await city.ask(ORGANIZER, 'OK')).toContain("There's nothing to say OK to");
  });

  test('within a sentence is no wish to be left alone', async () => {
    await city.join(ANA);
    await city.say(ANA, 'JOIN 1');
    const answer = await city.ask(ANA, 'Stop sign repaired', { pictures: ['ok'] });
    expect(answer).toContain('Evidence is public');
    expect(await city.ask(ANA, 'STOP texting me')).toContain('unsubscribed');
  });

  test.each(['please stop', 'STOP NOW', 'stop messages', 'No more texts', 'basta ya'])(
    'is understood as %s',
    async (text) => {
      await city.join(ANA);
      expect(await city.say(ANA, text)).toHaveLength(1);
      expect(await city.say(ANA, 'HELP')).toEqual([]);
    },
  );

  test('silences notices too', async () => {
    await city.join(ANA);
    await city.say(ANA, 'JOIN 1');
    await city.say(ANA, 'STOP');
    await city.say(ORGANIZER, 'CLOSE 1');
    expect(city.heard(ANA)).toEqual([]);
  });

  test('is said in Spanish', async () => {
    await city.join(ANA, 'HOLA');
    expect(await city.ask(ANA, 'Baja')).toContain('te diste de baja');
    expect(await city.ask(ANA, 'alta')).toContain('ya participas');
  });
});

describe('HELP', () => {
  test('is HELP whatever follows it', async () => {
    await city.join(ANA);
    const help = await city.ask(ANA, 'HELP');
    expect(await city.ask(ANA, 'HELP UNKNOWN')).toBe(help);
    expect(await city.ask(ANA, 'qwerty')).toContain("didn't understand");
  });

  test('tells a stranger what this is, whom to ask, and how to begin', async () => {
    const help = await city.ask(ANA, 'help');
    expect(help).toContain('hello@city-sync.example');
    expect(help).toContain('Reply HI');
  });

  test('shows a resident only what can be done now', async () => {
    await city.join(ANA);
    const before = await city.ask(ANA, 'HELP');
    for (const word of ['TASKS', 'JOIN', 'BALANCE', 'OFFERS']) expect(before).toContain(word);
    for (const word of ['DONE', 'DROP', 'REDEEM', 'RELEASE', 'REVIEW', 'CONFIRM', 'CAP']) {
      expect(before).not.toContain(word);
    }
    await city.say(ANA, 'JOIN 1');
    const after = await city.ask(ANA, 'INFO');
    for (const word of ['DONE', 'DROP', 'HERE']) expect(after).toContain(word);
  });

  test('groups what a partner can do', async () => {
    expect(await city.ask(ORGANIZER, 'HELP')).toMatch(
      /As an organizer of Codornices Creek Friends:\nANNOUNCE/,
    );
    expect(await city.ask(REDEEMER, 'HELP')).toMatch(/At the counter of Northside Café:\nOFFER/);
    expect(await city.ask('+15105550100', 'HELP')).toMatch(/admin, Berkeley:\nINVITE/);
  });

  test('keeps the open question open', async () => {
    await city.say(ORGANIZER, 'ANNOUNCE');
    await city.say(ORGANIZER, 'HELP');
    expect(await city.ask(ORGANIZER, 'Plant trees')).toContain('How many credits');
  });

  test('answers what nobody understands with what can be said now', async () => {
    await city.join(ANA);
    expect(await city.ask(ANA, 'blah')).toMatch(/didn't understand.*TASKS/);
    await city.say(ANA, 'JOIN 1');
    expect(await city.ask(ANA, 'blah')).toContain('DONE 1');
    expect(await city.ask(ORGANIZER, 'blah')).toContain('ANNOUNCE');
    expect(await city.ask(REDEEMER, 'blah')).toContain('CONFIRM');
    expect(await city.ask('+15105550100', 'blah')).toContain('INVITE');
  });

  test('answers a role that somebody does not have', async () => {
    await city.join(ANA);
    expect(await city.ask(ANA, 'REVIEW')).toContain('for organizers');
    expect(await city.ask(ANA, 'CONFIRM 7GK2-M4QX')).toContain('for businesses');
    expect(await city.ask(ANA, 'CAP x 5')).toContain('admin');
  });
});

describe('LANG', () => {
  test.each([
    'LANG ES',
    'idioma es',
    'lang español',
    'LANGUAGE spanish',
    'Español',
    '¡En español!',
  ])('%s changes to Spanish, in Spanish', async (text) => {
    await city.join(ANA);
    expect(await city.ask(ANA, text)).toContain('Ahora en español');
    expect(await city.ask(ANA, 'BALANCE')).toContain('Tienes 0 créditos CITY');
    expect(await city.ask(ANA, 'idioma inglés')).toContain('Now in English');
  });

  test('without a language, or with an unknown one, says which there are', async () => {
    await city.join(ANA);
    for (const text of ['LANG', 'LANG FR']) {
      const [which] = await city.say(ANA, text);
      expect(which?.choices.map(({ send }) => send)).toEqual(['LANG EN', 'LANG ES']);
    }
  });

  test('asks a stranger for consent in the new language', async () => {
    await city.say(ANA, 'HI');
    expect(await city.ask(ANA, 'LANG ES')).toContain('Responde OK');
    expect(await city.ask(ANA, 'OK')).toContain('ya participas');
  });
});

describe('the language of an answer', () => {
  test('is decided by the first words of somebody for whom another was supposed', async () => {
    expect(await city.ask(ORGANIZER, 'REVISAR')).toContain('Ahora no hay nada por revisar');
    expect(await city.ask(ORGANIZER, 'TASKS')).toContain('UNIRME 1');
    await city.say(ORGANIZER, 'LANG EN');
    expect(await city.ask(ORGANIZER, 'TAREAS')).toContain('JOIN 1');
  });

  test('stays what it is whichever words are used', async () => {
    await city.join(ANA);
    expect(await city.ask(ANA, 'TAREAS')).toContain('JOIN 1');
  });
});

describe('a bare OK', () => {
  test('with nothing open says so and what can be done', async () => {
    await city.join(ANA);
    expect(await city.ask(ANA, 'OK')).toMatch(/There's nothing to say OK to.*TASKS/);
    await city.say(ANA, 'LANG ES');
    expect(await city.ask(ANA, 'vale')).toMatch(/Ahora no hay nada a lo que.*TAREAS/);
  });

  test('after days answers no old question', async () => {
    await city.say(ORGANIZER, 'ANNOUNCE Plant trees; 30; sat 9am; 8th St; 10');
    city.clock.time += DAY_MS;
    expect(await city.ask(ORGANIZER, 'OK')).toContain("There's nothing to say OK to");
    expect(city.store.read.tasks.get(4)).toBeUndefined();
  });
});
