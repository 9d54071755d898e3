import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { broadcastJob } from '../../src/jobs/broadcast.ts';
import { SECOND_MS } from '../../src/lib/clock.ts';
import { contextOf } from '../../src/services/context.ts';
import { agreeToMessages } from '../../src/services/people/agree-to-messages.ts';
import { findOrAddIdentity } from '../../src/services/people/find-identity.ts';
import { setAlerts } from '../../src/services/people/set-alerts.ts';
import { stopMessages } from '../../src/services/people/stop-messages.ts';
import { announceTask } from '../../src/services/tasks/announce-task.ts';
import { closeTask } from '../../src/services/tasks/close-task.ts';
import { TUESDAY } from '../support/city.ts';
import { type Conversation, openConversation } from '../support/conversation.ts';

const CHANNELS = ['sms', 'telegram', 'bluesky'] as const;
let city: Conversation;
beforeEach(() => {
  city = openConversation();
});
afterEach(() => city.close());

type Job = ReturnType<typeof broadcastJob>;
const newJob = (): Job => broadcastJob(city.core.mailer, CHANNELS);
const turn = async (job: Job): Promise<boolean> => {
  const hasAdded = use(job.run);
  await job.committed?.();
  return hasAdded;
};
const use = <T>(work: (context: ReturnType<typeof contextOf>) => T): T =>
  city.store.transact((tx) => work(contextOf(city.core.foundation, tx)));

/** People who asked to be told, each on a channel; the number of each one's address. */
const subscribe = (count: number, channel: string): number[] =>
  use((context) =>
    Array.from({ length: count }, (_, at) => {
      const identityId = findOrAddIdentity(
        context,
        { channel, address: `${channel} ${at}` },
        () => 'en',
      );
      const personId = context.tx.identities.get(identityId)?.personId ?? 0;
      agreeToMessages(context, { identityId, personId }, 'yes');
      setAlerts(context, identityId, { isOn: true, wording: 'yes' });
      return identityId;
    }),
  );
const organizer = (): number =>
  city.store.read.partners.personsActingFor(1, city.clock.time)[0] ?? 0;
/** Announces a task without the job being woken. */
const begin = (): number =>
  use((context) => {
    const result = announceTask(context, organizer(), {
      title: 'Plant trees',
      place: 'Park',
      credits: 5,
      slots: 2,
      startsAt: TUESDAY + 100_000 * SECOND_MS,
      endsAt: null,
    });
    if (!result.ok) throw new Error(result.refusal.code);
    const room = { alertsPerDay: 100, alertsSince: 0, filters: [] };
    const { all: total } = context.tx.broadcasts.subscribers(organizer(), context.now, room);
    context.tx.broadcasts.add({
      taskId: result.value.task.id,
      total,
      createdAt: context.now,
    });
    return result.value.task.id;
  });
const waiting = (channel: string) => city.store.read.outbox.bulkWaiting(channel);
/** Sends what waits on a channel, as its lane would; to whom. */
const send = (channel: string, count: number): (number | null)[] =>
  city.store.transact((tx) => {
    const rows = tx.outbox
      .due({ channel, now: city.clock.time, each: 1 }, 100_000)
      .rows.filter(({ kind }) => kind === 'broadcast')
      .slice(0, count);
    const ids = rows.map(({ id }) => id);
    tx.outbox.lease(ids, city.clock.time + SECOND_MS);
    tx.outbox.markSent(
      ids.map((id) => ({ id, providerId: null, segments: 1 })),
      city.clock.time,
    );
    return rows.map(({ identityId }) => identityId);
  });
const progress = () => city.store.read.broadcasts.progress()[0];

describe('a broadcast', () => {
  test('is put in the outbox a part at a time on each channel, each person once and in order', async () => {
    const sms = subscribe(1200, 'sms');
    const telegram = subscribe(30, 'telegram');
    const task = begin();
    const job = newJob();
    expect(await turn(job)).toBe(true);
    expect([waiting('sms'), waiting('telegram')]).toEqual([500, 30]);
    expect(progress()).toEqual({
      task,
      total: 1230,
      queued: 530,
      sent: 0,
      stopped: 0,
      state: 'running',
    });
    expect(await turn(job)).toBe(false);
    const told = [...send('sms', 200)];
    await turn(job);
    expect(waiting('sms')).toBe(500);
    expect(progress()).toMatchObject({ queued: 730, sent: 200 });
    expect(send('telegram', 100)).toEqual(telegram);
    for (let round = 0; round < 5; round += 1) {
      told.push(...send('sms', 400));
      await turn(job);
    }
    expect(told).toEqual(sms);
    expect(progress()).toEqual({
      task,
      total: 1230,
      queued: 1230,
      sent: 1230,
      stopped: 0,
      state: 'done',
    });
    expect(await turn(job)).toBe(false);
  });

  test('goes on after a crash where it was, whatever was undone, and tells nobody twice', async () => {
    const sms = subscribe(900, 'sms');
    subscribe(700, 'telegram');
    begin();
    const told: (number | null)[] = [];
    let job = newJob();
    for (let round = 0; round < 12; round += 1) {
      // A turn that never got to disk, and a program that forgot what it knew.
      expect(() =>
        city.store.transact((tx) => {
          job.run(contextOf(city.core.foundation, tx));
          throw new Error('the disk is full');
        }),
      ).toThrow('the disk is full');
      if (round % 2 === 0) job = newJob();
      await turn(job);
      told.push(...send('sms', 300));
      send('telegram', 150);
    }
    expect(told).toEqual(sms);
    await turn(job);
    expect(progress()).toMatchObject({ queued: 1600, sent: 1600, state: 'done' });
  });

  test('tells somebody with several addresses once, at the first that can be reached', async () => {
    const [first = 0, second = 0] = [...subscribe(1, 'sms'), ...subscribe(1, 'telegram')];
    const [third = 0] = subscribe(1, 'bluesky');
    use(({ tx, now }) => {
      const personId = tx.identities.get(first)?.personId ?? 0;
      for (const other of [second, third]) {
        const from = tx.identities.get(other)?.personId ?? 0;
        tx.accounts.movePerson(from, personId, now);
      }
      tx.identities.setUnreachable(first, now);
    });
    begin();
    expect(progress()).toMatchObject({ total: 1 });
    const job = newJob();
    await turn(job);
    expect(CHANNELS.map(waiting)).toEqual([0, 1, 0]);
    expect(send('telegram', 1)).toEqual([second]);
    // What happens afterwards to the address that was told makes the others no news.
    use((context) => stopMessages(context, second, 'stop'));
    await turn(newJob());
    expect(CHANNELS.map(waiting)).toEqual([0, 0, 0]);
  });

  test('leaves out who said STOP or ended it in between, and who asked only later', async () => {
    const people = subscribe(600, 'sms');
    begin();
    const job = newJob();
    await turn(job);
    use((context) => {
      stopMessages(context, people[10] ?? 0, 'stop');
      stopMessages(context, people[590] ?? 0, 'stop');
      setAlerts(context, people[591] ?? 0, { isOn: false, wording: 'off' });
    });
    city.clock.time += SECOND_MS;
    subscribe(1, 'telegram');
    const told = [...send('sms', 600)];
    await turn(job);
    told.push(...send('sms', 600));
    await turn(job);
    expect(told).toEqual(people.filter((_, at) => ![10, 590, 591].includes(at)));
    expect(progress()).toMatchObject({ total: 600, queued: 598, sent: 597, state: 'done' });
  });

  test('ends when the task is full, closed or over, and what waits of it is dropped', async () => {
    subscribe(600, 'sms');
    const ends: ((task: number) => void)[] = [
      (task) => use((context) => closeTask(context, organizer(), task)),
      (task) =>
        use(({ tx }) => {
          tx.tasks.addTaken(task, 1);
          tx.tasks.addTaken(task, 1);
        }),
      () => {
        city.clock.time = TUESDAY + 200_000 * SECOND_MS;
      },
    ];
    for (const end of ends) {
      const task = begin();
      const job = newJob();
      await turn(job);
      send('sms', 20);
      end(task);
      expect(await turn(job)).toBe(false);
      expect(waiting('sms')).toBe(0);
      expect(progress()).toEqual({
        task,
        total: 600,
        queued: 500,
        sent: 20,
        stopped: 0,
        state: 'halted',
      });
    }
  });

  test('says the same to everybody of a language: it is written once', async () => {
    subscribe(50, 'sms');
    begin();
    let spoken = 0;
    const mailer = {
      ...city.core.mailer,
      speech: (...args: Parameters<typeof city.core.mailer.speech>) => {
        spoken += 1;
        return city.core.mailer.speech(...args);
      },
    };
    await turn(broadcastJob(mailer, CHANNELS));
    expect(waiting('sms')).toBe(50);
    expect(spoken).toBe(1);
  });
});
