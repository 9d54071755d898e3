import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { HOUR_MS } from '../../src/lib/clock.ts';
import { TUESDAY } from '../support/city.ts';
import { ANA, type Conversation, ORGANIZER, openConversation } from '../support/conversation.ts';

let city: Conversation;
beforeEach(async () => {
  city = openConversation();
  await city.join(ANA);
  await city.say(ANA, 'JOIN 1');
});
afterEach(() => city.close());

const evidence = (id = 1) => city.store.read.evidence.get(id);
const pictures = (id = 1) => city.store.read.evidence.pictures(id).length;

describe('the first evidence of a person', () => {
  test('is sent only after they agreed that it becomes public', async () => {
    const asked = await city.ask(ANA, 'DONE 1 two bags', { pictures: ['ok'] });
    expect(asked).toContain('Evidence is public');
    expect(evidence()).toBeUndefined();
    const sent = await city.ask(ANA, 'OK');
    expect(sent).toContain('Your photo is in for task 1');
    expect(evidence()?.text).toBe('two bags');
    expect(pictures()).toBe(1);
    expect(city.consents().at(-1)).toMatchObject({ kind: 'public-evidence', wording: asked });
  });

  test('is not sent after a NO, and can be sent later', async () => {
    await city.say(ANA, 'DONE 1 two bags');
    expect(await city.ask(ANA, 'NO')).toContain('nothing was sent');
    expect(evidence()).toBeUndefined();
    expect(await city.ask(ANA, 'DONE 1 two bags')).toContain('Evidence is public');
  });

  test('is asked about once only', async () => {
    await city.say(ANA, 'DONE 1 two bags');
    await city.say(ANA, 'OK');
    await city.say(ANA, 'JOIN 2');
    expect(await city.ask(ANA, 'DONE 2 helped')).toContain('Thank you!');
  });

  test('keeps the pictures of an album that arrives one by one', async () => {
    await city.say(ANA, 'three photos', { pictures: ['ok'] });
    expect(await city.ask(ANA, '', { pictures: ['ok'] })).toContain('Got that too');
    await city.say(ANA, '', { pictures: ['ok', 'picture-broken'] });
    const answer = await city.say(ANA, 'OK');
    expect(answer).toHaveLength(1);
    expect(answer[0]?.text).toContain('Your 3 photos are in');
    expect(answer[0]?.text).toContain('damaged');
    expect(pictures()).toBe(3);
    expect(evidence()?.text).toBe('three photos');
  });

  test('keeps a picture that comes with the OK', async () => {
    await city.say(ANA, 'DONE 1 two bags', { pictures: ['ok'] });
    expect(await city.ask(ANA, 'OK', { pictures: ['ok'] })).toContain('Your 2 photos are in');
    expect(evidence()?.text).toBe('two bags');
    expect(pictures()).toBe(2);
  });

  test('keeps all of an album whose task is asked for first', async () => {
    await city.say(ANA, 'JOIN 2');
    expect(await city.ask(ANA, 'two bags', { pictures: ['ok'] })).toContain('Which task');
    await city.say(ANA, '', { pictures: ['ok'] });
    const asked = await city.say(ANA, '2', { pictures: ['ok'] });
    expect(asked).toHaveLength(1);
    expect(asked[0]?.text).toContain('Evidence is public');
    expect(await city.ask(ANA, 'OK')).toContain('Your 3 photos are in for task 2');
    expect(evidence()?.text).toBe('two bags');
    expect(pictures()).toBe(3);
  });

  test('something else in between is understood as what it is', async () => {
    await city.say(ANA, 'DONE 1 two bags');
    expect(await city.ask(ANA, 'BALANCE')).toContain('0 CITY credits');
    expect(evidence()).toBeUndefined();
  });

  test('is asked about in Spanish', async () => {
    await city.say(ANA, 'LANG ES');
    expect(await city.ask(ANA, 'LISTO 1 dos bolsas')).toContain('Responde OK');
    expect(await city.ask(ANA, 'sí')).toContain('Llegaron tus palabras de la tarea 1');
  });
});

describe('evidence', () => {
  beforeEach(async () => {
    await city.say(ANA, 'DONE 1 began');
    await city.say(ANA, 'OK');
  });

  test('in a bare picture goes to the only task that takes it', async () => {
    expect(await city.ask(ANA, '', { pictures: ['ok'] })).toContain('in for task 1');
    expect(await city.ask(ANA, '3 bags more', { pictures: ['ok'] })).toContain('Your 2 photos');
    expect(evidence()?.text).toBe('began\n3 bags more');
    expect(pictures()).toBe(2);
  });

  test('in a bare picture asks which task, and keeps the picture', async () => {
    await city.say(ANA, 'JOIN 2');
    const asked = await city.ask(ANA, 'look', { pictures: ['ok'] });
    expect(asked).toContain('Which task is it for?');
    expect(await city.ask(ANA, '', { pictures: ['ok'] })).toContain('Got that too');
    expect(await city.ask(ANA, '2')).toContain('Your 2 photos are in for task 2');
    expect(evidence(2)?.text).toBe('look');
  });

  test('asked about can be dropped with NO', async () => {
    await city.say(ANA, 'JOIN 2');
    await city.say(ANA, 'look', { pictures: ['ok'] });
    expect(await city.ask(ANA, 'no')).toContain('nothing was sent');
  });

  test('names its task by number in the caption when there are several', async () => {
    await city.say(ANA, 'JOIN 2');
    expect(await city.ask(ANA, '2: booth', { pictures: ['ok'] })).toContain('in for task 2');
    expect(evidence(2)?.text).toBe('booth');
  });

  test('in reply to the task’s announcement goes to that task', async () => {
    const post = city.publicPosts.find(
      ({ channel, message }) => channel === 'bluesky' && message.text.includes('booth'),
    );
    await city.join('ana.test');
    await city.say('ana.test', 'JOIN 1');
    await city.say('ana.test', 'JOIN 2');
    const replyTo = post?.message.id ?? '';
    const answer = await city.ask('ana.test', 'Done! All day at the booth', { replyTo });
    expect(answer).toContain('Evidence is public');
    expect(await city.ask('ana.test', 'OK')).toContain('in for task 2');
  });

  test('DONE with the photo in the next message works', async () => {
    await city.say(ANA, 'JOIN 2');
    expect(await city.ask(ANA, 'DONE 2')).toContain('send a photo');
    expect(await city.ask(ANA, '', { pictures: ['ok'] })).toContain('in for task 2');
  });

  test('uses the good pictures and says why not the others', async () => {
    const answer = await city.ask(ANA, '', { pictures: ['ok', 'picture-too-large', 'ok'] });
    expect(answer).toContain('Your 2 photos are in');
    expect(answer).toMatch(/Not used: .*(large|big|MB)/);
    expect(pictures()).toBe(2);
  });

  test('of refused pictures alone is not sent, with the reason', async () => {
    await city.say(ANA, 'JOIN 2');
    const answer = await city.ask(ANA, 'DONE 2', { pictures: ['picture-broken'] });
    expect(answer).toContain('damaged');
    expect(evidence(2)).toBeUndefined();
    expect(await city.ask(ANA, '', { pictures: ['ok'] })).toContain('in for task 2');
  });

  test('keeps ten pictures at most and hides phone numbers', async () => {
    await city.say(ANA, 'call +1 510 555 0199', { pictures: Array(12).fill('ok') });
    expect(pictures()).toBe(10);
    expect(evidence()?.text).not.toContain('555');
  });

  test('is told to the reviewers when nothing else waited, in the city’s contact hours', async () => {
    expect(city.heard(ORGANIZER).map(({ text }) => text)).toEqual([
      'New evidence to review for task 1, Clean up Codornices Creek. Reply REVIEW to see it.\nReply STOP to opt out.',
    ]);
    await city.say(ANA, 'JOIN 2');
    await city.say(ANA, 'DONE 2 began');
    expect(city.heard(ORGANIZER)).toEqual([]);
    await city.say(ORGANIZER, 'APPROVE 1');
    await city.say(ORGANIZER, 'APPROVE 2');

    city.clock.time = TUESDAY + 12 * HOUR_MS;
    await city.say(ANA, 'JOIN 3');
    await city.say(ANA, 'DONE 3 late work');
    expect(city.heard(ORGANIZER)).toEqual([]);
    city.clock.time = TUESDAY + 23 * HOUR_MS;
    await city.settle();
    expect(city.heard(ORGANIZER)).toHaveLength(1);
  });

  test('is refused for tasks that are not theirs, reviewed or unknown', async () => {
    expect(await city.ask(ANA, 'DONE 2 done')).toContain('not in task 2. Reply JOIN 2');
    expect(await city.ask(ANA, 'DONE 99 done')).toContain('no task 99');
    await city.say(ORGANIZER, 'APPROVE 1');
    expect(await city.ask(ANA, 'DONE 1 more')).toContain('already reviewed');
    expect(await city.ask(ANA, '', { pictures: ['ok'] })).toContain('None of your tasks');
  });
});

describe('a question about evidence that is open', () => {
  test('stays on the list to review when something else is asked in between', async () => {
    await city.say(ANA, 'DONE 1 all clean', { pictures: ['ok'] });
    expect(await city.ask(ANA, 'wait, what is public?')).toContain('Evidence is public');
    expect(await city.ask(ANA, 'TASKS')).toContain('JOIN 1');
    expect(await city.ask(ANA, 'OK')).toContain('Your photo is in for task 1');
    expect(pictures()).toBe(1);
    expect(evidence()?.text).toBe('all clean');
  });

  test('takes the same command again without its word, once', async () => {
    await city.say(ANA, 'DONE 1');
    await city.say(ANA, 'DONE 1 swept it', { pictures: ['ok'] });
    await city.say(ANA, 'LISTO 1 and raked', { pictures: ['ok'] });
    await city.say(ANA, 'OK');
    expect(evidence()?.text).toBe('swept it\nand raked');
    expect(pictures()).toBe(2);
  });

  test('never takes what names another task', async () => {
    await city.say(ANA, 'JOIN 2');
    await city.say(ANA, 'DONE 1');
    await city.say(ANA, 'DONE 2 at the booth', { pictures: ['ok'] });
    expect(await city.ask(ANA, 'DONE 1 at the creek')).toContain('OK or NO for task 2');
    expect(await city.ask(ANA, 'OK')).toContain('is in for task 2');
    expect(evidence()?.text).toBe('at the booth');
    expect(await city.ask(ANA, 'DONE 1 at the creek')).toContain('task 1');
    expect(evidence(2)?.text).toBe('at the creek');
  });
});
