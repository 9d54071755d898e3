import { afterEach, describe, expect, it } from 'vitest';
import type { Command } from '../../src/conversation/command.ts';
import { WAITING_MAX } from '../../src/domain/waiting.ts';
import { SECOND_MS } from '../../src/lib/clock.ts';
import { ok } from '../../src/lib/result.ts';
import { COLLECTIONS } from '../../src/records/kinds/index.ts';
import { joinTask } from '../../src/services/tasks/join-task.ts';
import { type Crowd, openCrowd } from '../support/crowd.ts';
import { drawnPicture } from '../support/picture-decisions.ts';

let crowd: Crowd;
let brokenOnPurpose = 0;
afterEach(async () => {
  await crowd.close();
  expect(crowd.errors).toHaveLength(brokenOnPurpose);
  brokenOnPurpose = 0;
});

/** Does half of its work, and breaks. */
const boom: Command = {
  name: 'boom',
  who: 'resident',
  exact: true,
  run: (talk) => {
    joinTask(talk.context, talk.person, 1);
    throw new TypeError('This command always breaks.');
  },
};

/** People in task 1, whose pictures come once `letCome` is called; what each hears from now on. */
async function openWithSlowPictures() {
  const photo = drawnPicture('jpeg');
  const { promise: coming, resolve: letCome } = Promise.withResolvers<void>();
  crowd = await openCrowd({ channel: { fetchPicture: () => coming.then(() => ok(photo)) } });
  const [ana = '', ben = ''] = await crowd.people(2);
  for (const person of [ana, ben]) await crowd.ask(person, 'JOIN 1');
  return { ana, ben, letCome };
}

/** What somebody hears from now on. */
function listen(person: string): () => string[] {
  const before = crowd.heard(person).length;
  return () => crowd.heard(person).slice(before);
}

describe('the messages of one person', () => {
  it('are answered in the order in which they came', async () => {
    crowd = await openCrowd();
    const [ana = '', ben = ''] = await crowd.people(2);
    const heard = listen(ana);
    for (let at = 101; at <= 110; at += 1) {
      await crowd.post(ana, `TASK ${at}`);
      await crowd.post(ben, 'BALANCE');
    }
    await crowd.core.idle();
    const numbers = heard().map((text) => /There's no task (\d+)/.exec(text)?.[1]);
    expect(numbers).toEqual(Array.from({ length: 10 }, (_, at) => String(101 + at)));
  });

  it('wait for pictures that are not checked yet; nobody else’s do', async () => {
    const { ana, ben, letCome } = await openWithSlowPictures();
    const heard = listen(ana);
    await crowd.post(ana, 'DONE 1', { sources: ['media/1'] });
    await crowd.post(ana, 'BALANCE');
    await crowd.post(ben, 'BALANCE');
    await expect.poll(() => crowd.heard(ben).at(-1)).toMatch(/^You have 0 CITY/);
    expect(heard()).toEqual([]);
    letCome();
    await crowd.core.idle();
    expect(heard()).toEqual([
      expect.stringMatching(/^Evidence is public/),
      expect.stringMatching(/^You have 0 CITY/),
    ]);
  });

  it('wait for one that breaks, which is tried three times and then parked', async () => {
    crowd = await openCrowd({ commands: [boom] });
    const [unlucky = '', ...others] = await crowd.people(5);
    const heard = listen(unlucky);
    for (const text of ['BOOM', 'BALANCE', 'TASKS']) await crowd.post(unlucky, text);
    for (const pauseMs of [0, SECOND_MS, 5 * SECOND_MS]) {
      expect(heard()).toEqual([]);
      crowd.clock.time += pauseMs;
      for (const person of others) {
        expect(await crowd.ask(person, 'BALANCE')).toMatch(/^You have 0 CITY/);
      }
    }
    expect(heard()).toEqual([
      expect.stringMatching(/^Sorry, something went wrong with your message/),
      expect.stringMatching(/^You have 0 CITY/),
      expect.stringMatching(/^1 Clean up Codornices Creek/),
    ]);
    expect(crowd.store.read.inbox.parked()).toBe(1);
    // Nothing of what it did before it broke is left.
    const staged = crowd.store.read.records.after(0, 10_000);
    expect(staged.filter(({ collection }) => collection === COLLECTIONS.claim)).toEqual([]);
    brokenOnPurpose = 3;
  });
});

describe('STOP', () => {
  it('overtakes a message whose pictures are not there; that one still counts, unanswered', async () => {
    const { ana, letCome } = await openWithSlowPictures();
    await crowd.ask(ana, 'DONE 1 first words');
    await crowd.ask(ana, 'OK');
    const heard = listen(ana);
    await crowd.post(ana, 'DONE 1', { sources: ['media/1'] });
    await crowd.post(ana, 'BALANCE');
    crowd.clock.time += SECOND_MS;
    await crowd.post(ana, 'STOP');
    await expect.poll(heard).toEqual([expect.stringMatching(/unsubscribed/)]);
    crowd.clock.time += SECOND_MS;
    letCome();
    await crowd.core.idle();
    expect(heard()).toHaveLength(1);
    expect(crowd.store.read.evidence.pictures(1)).toHaveLength(1);
  });

  it('overtakes what waits, however much of its address waits before it', async () => {
    const { ana, letCome } = await openWithSlowPictures();
    const heard = listen(ana);
    await crowd.post(ana, 'DONE 1', { sources: ['media/1'] });
    for (let at = 0; at < WAITING_MAX; at += 1) await crowd.post(ana, 'BALANCE');
    crowd.clock.time += SECOND_MS;
    await crowd.post(ana, 'STOP');
    await expect.poll(heard).toEqual([expect.stringMatching(/unsubscribed/)]);
    letCome();
    await crowd.core.idle();
  });

  it('overtakes what waits of another address of the same person', async () => {
    const { ana, letCome } = await openWithSlowPictures();
    const [ben = ''] = await crowd.people(1);
    const [code] = /LINK \d{3} \d{3}/.exec(await crowd.ask(ana, 'LINK')) ?? [''];
    await crowd.ask(ben, code);
    for (const person of [ben, ana]) await crowd.ask(person, 'OK');
    const heard = listen(ben);
    await crowd.post(ana, 'DONE 1', { sources: ['media/1'] });
    await crowd.post(ben, 'BALANCE');
    crowd.clock.time += SECOND_MS;
    await crowd.post(ben, 'STOP');
    await expect.poll(heard).toEqual([expect.stringMatching(/unsubscribed/)]);
    letCome();
    await crowd.core.idle();
  });

  it('overtakes a message that waits to be tried again, whose person is not told of it', async () => {
    crowd = await openCrowd({ commands: [boom] });
    const [ana = ''] = await crowd.people(1);
    const heard = listen(ana);
    await crowd.ask(ana, 'BOOM');
    crowd.clock.time += 1;
    expect(await crowd.ask(ana, 'STOP')).toMatch(/unsubscribed/);
    for (const pauseMs of [SECOND_MS, 5 * SECOND_MS]) {
      crowd.clock.time += pauseMs;
      await crowd.post(ana, 'BALANCE');
      await crowd.core.idle();
    }
    expect(heard()).toHaveLength(1);
    expect(crowd.store.read.inbox.parked()).toBe(1);
    brokenOnPurpose = 3;
  });
});
