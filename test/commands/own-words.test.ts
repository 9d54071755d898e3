// What people say in their own words, from the message to what is done about it.
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { MINUTE_MS } from '../../src/lib/clock.ts';
import {
  ADMIN,
  ANA,
  BEN,
  type Conversation,
  EVA,
  ORGANIZER,
  openConversation,
  REDEEMER,
} from '../support/conversation.ts';

let city: Conversation;
beforeEach(async () => {
  city = openConversation();
  await city.join(ANA);
});
afterEach(() => city.close());

const taken = (task: number) => city.store.read.tasks.get(task)?.taken;
const evidence = (id: number) => city.store.read.evidence.get(id);
const pictures = (id: number) => city.store.read.evidence.pictures(id).length;
const post = (words: string, channel = 'telegram') =>
  city.publicPosts.find((one) => one.channel === channel && one.message.text.includes(words))
    ?.message.id ?? '';

/** Evidence of so many people on task 1, each with its number. */
async function send(...people: readonly string[]): Promise<void> {
  for (const person of people) {
    await city.join(person);
    await city.say(person, 'JOIN 1');
    await city.say(person, 'DONE 1 two bags');
    await city.say(person, 'OK');
  }
}

/** Ana has 20 credits, and a code for a coffee. */
async function redeem(): Promise<string> {
  await send(ANA);
  await city.say(ORGANIZER, 'APPROVE 1');
  return /[0-9A-Z]{4}-[0-9A-Z]{4}/.exec(await city.ask(ANA, 'REDEEM 1'))?.[0] ?? '';
}

describe('joining', () => {
  test.each([
    'Join task 2',
    'JOIN the number 2',
    'Unirme al 2',
    'quiero unirme a la tarea 2',
    "I'd like to join 2",
    'me interesa la 2',
    'sign me up for #2 please',
    'hi, JOIN 2',
    'unirme a la dos',
    '¡Hola! Me gustaría unirme al 2, gracias',
  ])('%s joins 2', async (text) => {
    await city.say(ANA, text);
    expect([taken(1), taken(2), taken(3)]).toEqual([0, 1, 0]);
  });

  test.each(['me interesa', "I'd like to join", 'count me in', 'voy', 'Me gustaría unirme'])(
    '%s asks which of several tasks',
    async (text) => {
      expect(await city.ask(ANA, text)).toMatch(/Which task\?|¿Cuál tarea\?/);
      await city.say(ANA, 'la dos, por favor');
      expect(taken(2)).toBe(1);
    },
  );

  test.each(['me interesa', 'Yo', 'me!', 'voy', "I'm in"])(
    '%s below a task joins that one',
    async (text) => {
      await city.join('7000101');
      await city.say('7000101', text, { replyTo: post('booth') });
      expect([taken(1), taken(2), taken(3)]).toEqual([0, 1, 0]);
    },
  );

  test('several tasks joins each; one or the other asks', async () => {
    const joined = await city.ask(ANA, 'JOIN 2, 3');
    expect(joined).toContain('Information booth');
    expect(joined).toContain('Bring groceries');
    expect([taken(1), taken(2), taken(3)]).toEqual([0, 1, 1]);
    const which = await city.ask(ANA, 'JOIN 1 or 3');
    expect(which).toMatch(/Which task\?.*\n1 .*\n3 /);
    expect(await city.ask(ANA, '1')).toContain("You're in");
  });

  test('a number that counts people names no task', async () => {
    expect(await city.ask(ANA, "I'm in, 2 people")).toContain('Which task?');
    expect(await city.ask(ANA, 'join at 2')).toContain('Which task?');
    await city.join('7000101');
    const which = await city.ask('7000101', "I'm in, 3 with my son", { replyTo: post('booth') });
    expect(which).toMatch(/Which task\?.*\n2 .*\n3 /);
    expect([taken(1), taken(2), taken(3)]).toEqual([0, 0, 0]);
  });

  test('YO and ME show what is public only by themselves', async () => {
    expect(await city.ask(ANA, 'ME')).toContain('In public you are');
    expect(await city.ask(ANA, 'me duele la cabeza')).toContain("didn't understand");
  });
});

describe('leaving', () => {
  test.each([
    'cancel 2',
    'cancelar mi lugar',
    'salir de la tarea',
    'I want to cancel my spot',
    'STOP 12345',
  ])('%s says how to leave the task and how to end all messages', async (text) => {
    await city.say(ANA, 'JOIN 2');
    expect(await city.ask(ANA, text)).toMatch(/^DROP \d+ leaves the task; STOP ends messages\./);
    expect(taken(2)).toBe(1);
    expect(await city.ask(ANA, 'TASKS')).toContain('JOIN');
  });

  test('in one’s own words leaves the task', async () => {
    await city.say(ANA, 'JOIN 2');
    expect(await city.ask(ANA, "Sorry, I can't go to 2")).toContain('You left task 2');
  });
});

describe('a photo', () => {
  const photo = { pictures: ['ok'] };
  beforeEach(() => city.say(ANA, 'JOIN 1'));

  test('with a number that counts bags is for the only task', async () => {
    expect(await city.ask(ANA, 'DONE 12 bags of trash', photo)).toContain('Evidence is public');
    await city.say(ANA, 'OK');
    expect(evidence(1)?.text).toBe('12 bags of trash');
    expect(pictures(1)).toBe(1);
  });

  test('with the number of another task asks, and a number takes it', async () => {
    const asked = await city.ask(ANA, 'DONE 2 bags of trash', photo);
    expect(asked).toContain("You're not in task 2. Reply JOIN 2 to take part.");
    expect(asked).toMatch(/Which task is it for\?.*\n1 Clean/);
    expect(await city.ask(ANA, '1')).toContain('Evidence is public');
    await city.say(ANA, 'OK');
    expect(evidence(1)?.text).toBe('2 bags of trash');
    expect(pictures(1)).toBe(1);
  });

  test('with the wrong number waits until the task is joined', async () => {
    await city.say(ANA, 'DONE 2 at the booth', photo);
    await city.say(ANA, 'TASKS');
    expect(await city.ask(ANA, 'JOIN 2')).toContain("You're in");
    await city.say(ANA, 'DONE 2');
    await city.say(ANA, 'OK');
    expect(pictures(1)).toBe(1);
    expect(city.store.read.evidence.get(1)?.text).toBe('2 at the booth');
  });

  test('with the words said again has them once', async () => {
    await city.say(ANA, 'DONE 99 swept it', photo);
    await city.say(ANA, 'NO');
    await city.say(ANA, 'DONE 2 swept it', photo);
    await city.say(ANA, 'DONE 1 swept it');
    await city.say(ANA, 'OK');
    expect(evidence(1)?.text).toBe('swept it');
    expect(pictures(1)).toBe(1);
  });

  test('of somebody without a task is kept for an hour', async () => {
    await city.join(BEN);
    expect(await city.ask(BEN, 'look at this', photo)).toContain('keeping your photo for an hour');
    city.clock.time += 40 * MINUTE_MS;
    await city.say(BEN, 'JOIN 2');
    expect(await city.ask(BEN, 'done 2')).toContain('Evidence is public');
    await city.say(BEN, 'OK');
    expect(evidence(1)?.text).toBe('look at this');
    expect(pictures(1)).toBe(1);
  });

  test.each([
    ['a question that is answered', ['FORGET ME', 'NO']],
    ['two questions', ['MOVE NEW', 'FORGET ME', 'NO']],
    ['words that nobody understands', ['blorp', 'blarp blarp']],
    ['the words of another command', ['OFFERS', 'ME', 'TASKS']],
  ])('outlives %s', async (_what, words) => {
    await city.join(BEN);
    await city.say(BEN, 'look at this', photo);
    for (const text of words) await city.say(BEN, text);
    await city.say(BEN, 'JOIN 2');
    expect(await city.ask(BEN, 'DONE 2')).toContain('Evidence is public');
    // Also the question whether it may be public, once another one is asked.
    await city.say(BEN, 'FORGET ME');
    expect(await city.ask(BEN, 'NO')).toContain('Nothing was deleted');
    expect(await city.ask(BEN, 'done')).toContain('Evidence is public');
    expect(await city.ask(BEN, 'OK')).toContain('Your photo is in for task 2');
    expect(evidence(1)?.text).toBe('look at this');
    expect(pictures(1)).toBe(1);
    expect(await city.ask(BEN, 'DONE 2')).toContain('send a photo');
  });

  test('waits for a number alone, once nothing else is asked', async () => {
    await city.say(ANA, 'JOIN 2');
    expect(await city.ask(ANA, 'look at this', photo)).toContain('Which task is it for?');
    expect(await city.ask(ANA, 'FORGET ME')).toContain('deletes your account');
    await city.say(ANA, 'NO');
    expect(await city.ask(ANA, '2')).toContain('Evidence is public');
    await city.say(ANA, 'OK');
    expect(pictures(1)).toBe(1);
  });

  test.each(['FORGET ME', 'MOVE NEW'])(
    'is not placed by a number that answers %s',
    async (asking) => {
      await city.say(ANA, 'JOIN 2');
      await city.say(ANA, 'look at this', photo);
      await city.say(ANA, asking);
      expect(await city.ask(ANA, '2')).not.toContain('Evidence is public');
      await city.say(ANA, 'NO');
      // It waits on, and takes its number once that question is over.
      expect(await city.ask(ANA, '2')).toContain('Evidence is public');
    },
  );

  test('is not kept for longer than an hour by other questions', async () => {
    await city.join(BEN);
    await city.say(BEN, 'look at this', photo);
    city.clock.time += 40 * MINUTE_MS;
    await city.say(BEN, 'FORGET ME');
    city.clock.time += 40 * MINUTE_MS;
    await city.say(BEN, 'NO');
    await city.say(BEN, 'JOIN 2');
    expect(await city.ask(BEN, 'DONE 2')).toContain('send a photo');
  });

  test('of somebody who says no is not kept', async () => {
    await city.join(BEN);
    await city.say(BEN, 'look at this', photo);
    expect(await city.ask(BEN, 'no thanks')).toContain('nothing was sent');
    await city.say(BEN, 'JOIN 2');
    expect(await city.ask(BEN, 'done 2')).toContain('send a photo');
  });

  test('for two tasks at once asks for which', async () => {
    await city.say(ANA, 'JOIN 2');
    expect(await city.ask(ANA, 'DONE 1 and 2', photo)).toContain('Which task is it for?');
    await city.say(ANA, 'two');
    await city.say(ANA, 'OK');
    expect(pictures(1)).toBe(1);
    expect(await city.ask(ANA, 'TASK 2')).toContain('We have your evidence');
  });

  test.each(['we did 7GK2-M4QX', 'DONE 1 7GK2-M4QX, 6MBH-J88W', 'DONE 1 7GK2 M4QX'])(
    'is asked for where %s says no more than a code',
    async (text) => {
      expect(await city.ask(ANA, text)).toContain('send a photo');
      expect(evidence(1)).toBeUndefined();
    },
  );

  test('words alone for an unknown task ask', async () => {
    expect(await city.ask(ANA, 'DONE 12 bags of trash')).toMatch(/no task 12.*\n1 Clean/);
  });
});

describe('reviewing', () => {
  beforeEach(() => send(ANA, BEN, EVA));
  const states = () => [1, 2, 3].map((id) => evidence(id)?.state);

  test.each(['APPROVE 1 2', 'APPROVE 1, 2', 'approve 1 and 2 please', 'aprobar la 1 y la 2'])(
    '%s approves both, without a note',
    async (text) => {
      const answer = await city.ask(ORGANIZER, text);
      expect(answer).toMatch(/eviden\w+ 1,[\s\S]*eviden\w+ 2,/);
      expect(states()).toEqual(['approved', 'approved', 'pending']);
      const told = [ANA, BEN].flatMap((person) =>
        city.heard(person).map(({ text: heard }) => heard),
      );
      expect(told.filter((heard) => heard.includes('"'))).toEqual([]);
    },
  );

  test('APPROVE 1 2 bags asks which is meant, and names both readings', async () => {
    const asked = await city.ask(ORGANIZER, 'APPROVE 1 2 bags');
    expect(asked).toBe('Evidence 1, 2? Or only 1, with the words "2 bags"? Reply 1, 2 or 1.');
    expect(states()).toEqual(['pending', 'pending', 'pending']);
    await city.say(ORGANIZER, '1');
    expect(states()).toEqual(['approved', 'pending', 'pending']);
    expect(city.heard(ANA).at(-1)?.text).toContain('"2 bags"');
  });

  test('APPROVE 1 or 2 asks which', async () => {
    expect(await city.ask(ORGANIZER, 'APPROVE 1 or 2')).toContain('Which evidence do you mean');
    await city.say(ORGANIZER, 'the 2');
    expect(states()).toEqual(['pending', 'approved', 'pending']);
  });

  test('REJECT 2 1 asks why, and a number of nothing listed is no reason', async () => {
    expect(await city.ask(ORGANIZER, 'REJECT 2 1')).toContain('Why was evidence 2, 1');
    expect(await city.ask(ORGANIZER, '7')).toContain('Why was evidence 2, 1');
    expect(await city.ask(ORGANIZER, 'no. 8')).toContain('Why was evidence 2, 1');
    expect(states()).toEqual(['pending', 'pending', 'pending']);
    await city.say(ORGANIZER, 'the photos are of another place');
    expect(states()).toEqual(['rejected', 'rejected', 'pending']);
    expect(city.heard(ANA).at(-1)?.text).toContain('another place');
  });

  test('REJECT 2 1 blurry asks which is meant', async () => {
    expect(await city.ask(ORGANIZER, 'REJECT 2 1 blurry')).toContain('with the words "1 blurry"');
    await city.say(ORGANIZER, '2, 1');
    expect(states()).toEqual(['rejected', 'rejected', 'pending']);
  });

  test('a word nearly right approves nothing', async () => {
    await city.say(ORGANIZER, 'APROVE 1');
    expect(states()).toEqual(['pending', 'pending', 'pending']);
  });
});

describe('codes', () => {
  test.each([
    (code: string) => `CONFIRM ${code} thanks`,
    (code: string) => `CONFIRM code ${code}`,
    (code: string) => `confirm: ${code.toLowerCase().replace('-', ' ')}`,
    (code: string) => `Please confirm ${code.replace('-', '')} for me`,
    (code: string) => `confirmo el código ${code}, gracias`,
    (code: string) =>
      `CONFIRM Your code: ${code} - Coffee, any size, 10 CITY credits. Show it at Northside Café within 15 minutes, until 10:15 AM. Not using it? RELEASE ${code}`,
  ])('are found among other words (%#)', async (words) => {
    const code = await redeem();
    expect(await city.ask(REDEEMER, words(code))).toMatch(/^(GIVE IT|ENTRÉGALO): Coffee/);
  });

  test('by themselves are asked about first', async () => {
    const code = await redeem();
    expect(await city.ask(REDEEMER, code)).toContain(`Check ${code}?`);
    expect(await city.ask(REDEEMER, 'no')).toContain('was not used');
    await city.say(REDEEMER, `their code is ${code}`);
    expect(await city.ask(REDEEMER, 'Sí, claro')).toMatch(/^(GIVE IT|ENTRÉGALO): Coffee/);
    expect(await city.ask(ANA, code)).toContain('no codes right now');
  });

  test('of two customers ask which, and use up none', async () => {
    const code = await redeem();
    await send(BEN);
    await city.say(ORGANIZER, 'APPROVE 2');
    const other = /[0-9A-Z]{4}-[0-9A-Z]{4}/.exec(await city.ask(BEN, 'REDEEM 1'))?.[0] ?? '';
    const asked = await city.ask(REDEEMER, `CONFIRM ${code} and ${other}`);
    expect(asked).toContain(`Reply CONFIRM ${code} or CONFIRM ${other}`);
    expect(await city.ask(ANA, 'CODES')).toContain(code);
    expect(await city.ask(ANA, `RELEASE ${code} and ${other}`)).toContain('more than one code');
  });

  test('that are mistyped cost no guess', async () => {
    for (let time = 0; time < 7; time += 1) {
      const answer = await city.ask(REDEEMER, 'CONFIRM code CH2X-TS7V please');
      expect(answer).toContain('is mistyped');
    }
  });

  test('are given back among other words', async () => {
    const code = await redeem();
    expect(await city.ask(ANA, `please return the code ${code}, thanks`)).toContain(
      '10 CITY credits for Coffee',
    );
  });

  test('for linking and of invitations are found too', async () => {
    const linking = /LINK (\d{3} \d{3})/.exec(await city.ask(ANA, 'link please'))?.[1] ?? '';
    await city.join('7000101');
    expect(await city.ask('7000101', `link code ${linking} thanks`)).toContain('ink this with');
    const invited = await city.prove(ADMIN, 'INVITE business Corner Bakery');
    const token = /ACCEPT ([\w-]+)/.exec(invited)?.[1] ?? '';
    await city.join(BEN);
    expect(await city.ask(BEN, `accept code ${token} please`)).toContain('Corner Bakery');
  });
});

describe('offers', () => {
  beforeEach(async () => {
    await send(ANA);
    await city.say(ORGANIZER, 'APPROVE 1');
  });

  test.each(['redeem number 1 please', 'quiero canjear la uno', 'get 1', 'redeem 1 coffee'])(
    '%s gives a code',
    async (text) => {
      expect(await city.ask(ANA, text)).toMatch(/^(Your code|Tu código): /);
    },
  );

  test('in words, or with words that another has, are asked about first', async () => {
    expect(await city.ask(ANA, 'redeem the coffee')).toContain('Do you want offer 1, Coffee');
    expect(await city.ask(ANA, 'dale')).toMatch(/^Your code: /);
    expect(await city.ask(ANA, 'REDEEM 1 loaf')).toContain('Do you want offer 1');
    expect(await city.ask(ANA, 'no gracias')).toContain('no credits were held');
    const which = await city.ask(ANA, 'REDEEM 1 or 2');
    expect(which).toMatch(/Which offer\?.*\n1 Coffee.*\n2 Sourdough/);
    expect(await city.ask(ANA, 'BALANCE')).toContain('You have 10 CITY credits');
  });

  test('are shown to a resident by their number', async () => {
    expect(await city.ask(ANA, 'OFERTA 3')).toContain('3 Breakfast for one: 20');
    expect(await city.ask(ANA, 'OFFER 99')).toContain('no offer 99');
    expect(await city.ask(REDEEMER, 'OFFER 3')).toContain('3 Breakfast for one: 20');
  });
});

describe('yes and no', () => {
  test.each([
    'Yes please',
    'Sí, claro',
    '👍🏽',
    '✅',
    'dale',
    'va',
    'yep',
    'ok 👍',
    'claro que sí',
  ])('%s agrees to what waits for OK', async (text) => {
    await city.say(ANA, 'JOIN 1');
    await city.say(ANA, 'DONE 1 two bags');
    expect(await city.ask(ANA, text)).toMatch(/Thank you!|¡Gracias!/);
  });

  test.each(['no thanks', 'nah', 'mejor no', '👎', 'not now'])('%s does not', async (text) => {
    await city.say(ANA, 'JOIN 1');
    await city.say(ANA, 'DONE 1 two bags');
    expect(await city.ask(ANA, text)).toContain('nothing was sent');
  });

  test.each(['sure', 'Yes please', 'dale', '👍', 'vale'])(
    '%s is no consent to messages, and is asked again without losing what was said',
    async (text) => {
      await city.say(BEN, 'JOIN 2');
      expect(await city.ask(BEN, text)).toContain('Reply OK');
      expect(await city.ask(BEN, 'OK')).toContain('Information booth');
    },
  );

  test.each(['OK', 'Yes', 'sí', 'ACEPTO', 'START', 'ok!'])('%s is consent', async (text) => {
    await city.say(BEN, 'JOIN 2');
    expect(await city.ask(BEN, text)).toContain('Information booth');
  });
});

test.each(['HELP UNKNOWN', 'help me please', 'ayuda con la tarea 2', 'I need help'])(
  '%s is answered with what can be said',
  async (text) => {
    expect(await city.ask(ANA, text)).toMatch(/You can say|Puedes escribir/);
  },
);
