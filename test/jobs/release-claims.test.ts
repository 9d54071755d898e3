import { afterEach, beforeEach, expect, test } from 'vitest';
import { releaseClaimsJob } from '../../src/jobs/release-claims.ts';
import { DAY_MS } from '../../src/lib/clock.ts';
import { type Context, contextOf } from '../../src/services/context.ts';
import { announceTask } from '../../src/services/tasks/announce-task.ts';
import { closeTask } from '../../src/services/tasks/close-task.ts';
import { joinTask } from '../../src/services/tasks/join-task.ts';
import { RELEASED_AT_ONCE } from '../../src/services/tasks/release-claims.ts';
import { TASKS_TO_RELEASE } from '../../src/store/cursors.ts';
import { expectOk, newPerson } from '../support/city.ts';
import { type Conversation, ORGANIZER, openConversation } from '../support/conversation.ts';

let city: Conversation;
beforeEach(() => {
  city = openConversation();
});
afterEach(() => city.close());

const JOINED = 2 * RELEASED_AT_ONCE + 50;
const SLOTS = RELEASED_AT_ONCE + 20;

const use = <T>(work: (context: Context) => T): T =>
  city.store.transact((tx) => work(contextOf(city.core.foundation, tx)));
const organizer = (): number =>
  city.store.read.partners.personsActingFor(1, city.clock.time)[0] ?? 0;

/** A task that so many have joined or stand by for. */
const fullTask = (): number =>
  use((context) => {
    const facts = { title: 'Plant trees', place: 'Park', credits: 5, slots: SLOTS };
    const when = { startsAt: context.now + DAY_MS, endsAt: null };
    const { task } = expectOk(announceTask(context, organizer(), { ...facts, ...when }));
    for (let at = 0; at < JOINED; at += 1) {
      const person = newPerson(context, `+1510556${String(at).padStart(4, '0')}`);
      expectOk(joinTask(context, person, task.id));
    }
    return task.id;
  });

const newJob = () => releaseClaimsJob();
const turn = async (job: ReturnType<typeof newJob>): Promise<boolean> => {
  const hasChanged = use(job.run);
  await job.committed?.();
  return hasChanged;
};
const countsOn = (taskId: number) =>
  Object.fromEntries(
    city.store.read.claims.countsOn(taskId).map(({ state, count }) => [state, count]),
  );
/** Who is to hear of it. */
const waiting = (taskId: number): number[] =>
  city.store.read.notices
    .due(Number.MAX_SAFE_INTEGER, JOINED)
    .filter((notice) => notice.taskId === taskId)
    .map(({ personId }) => personId);

test('people are released a part at a time, each told once, also after a crash between two parts', async () => {
  const taskId = fullTask();
  await turn(newJob());
  expect(countsOn(taskId)).toEqual({ joined: SLOTS, standby: JOINED - SLOTS });
  const { releasing } = expectOk(use((context) => closeTask(context, organizer(), taskId)));
  expect(releasing).toBe(JOINED);
  expect(city.store.read.tasks.get(taskId)).toMatchObject({ state: 'closed', taken: 20 });

  expect(await turn(newJob())).toBe(true);
  expect(countsOn(taskId)).toEqual({ closed: 2 * RELEASED_AT_ONCE, standby: 50 });
  expect(city.store.read.tasks.get(taskId)?.taken).toBe(0);
  const job = newJob();
  expect(await turn(job)).toBe(true);
  expect(countsOn(taskId)).toEqual({ closed: JOINED });
  expect(await turn(job)).toBe(false);
  const persons = waiting(taskId);
  expect(persons.length).toBe(JOINED);
  expect(new Set(persons).size).toBe(JOINED);
});

test('a database that was made anew goes on where it was', async () => {
  const taskId = fullTask();
  use((context) => closeTask(context, organizer(), taskId));
  city.store.transact((tx) => tx.cursors.put(TASKS_TO_RELEASE, '[]'));
  const job = newJob();
  expect(await turn(job)).toBe(true);
  expect(await turn(job)).toBe(true);
  expect(await turn(job)).toBe(false);
  expect(countsOn(taskId)).toEqual({ closed: JOINED });
});

test('the organizer hears of all of them, and everybody hears of it', async () => {
  const taskId = fullTask();
  const answer = await city.ask(ORGANIZER, `CLOSE ${taskId}`);
  expect(answer).toContain(String(JOINED));
  const job = newJob();
  while (await turn(job));
  const heard = city.store.read.outbox.noticesAbout(taskId).length;
  expect(heard + waiting(taskId).length).toBe(JOINED);
});
