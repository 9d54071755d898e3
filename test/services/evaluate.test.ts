// Public evaluations: one for each finished task, brought up to date in place, and one a month.
import { describe, expect, test } from 'vitest';
import { evaluateMonthsJob } from '../../src/jobs/evaluate-months.ts';
import { evaluateWorkJob } from '../../src/jobs/evaluate-work.ts';
import { DAY_MS } from '../../src/lib/clock.ts';
import { publishCity } from '../../src/services/city/publish-city.ts';
import { publishPresence } from '../../src/services/city/publish-presence.ts';
import { closeTask } from '../../src/services/tasks/close-task.ts';
import {
  expectOk,
  newTask,
  type Person,
  type TestCity,
  UNLIMITED,
  withCity,
} from '../support/city.ts';
import { decide, doWork, sendWork, versionsOf } from '../support/work.ts';

const evaluations = (city: TestCity) => versionsOf(city, 'evaluation');
const turn = (city: TestCity) => city.run(evaluateWorkJob.run);
const people = (city: TestCity, count: number): Person[] =>
  Array.from({ length: count }, (_, at) => city.join(`+1510556${String(at).padStart(4, '0')}`));
const close = (city: TestCity, taskId: number) =>
  expectOk(city.run((context) => closeTask(context, city.organizer.id, taskId)));

describe('the evaluation of a task', () => {
  test('is written once the task is closed and nothing waits, with all figures', () =>
    withCity((city) => {
      const taskId = newTask(city, { slots: 3 });
      const [ana, ben, eva] = people(city, 3) as [Person, Person, Person];
      doWork(city, ana, taskId);
      expectOk(decide(city, sendWork(city, ben, taskId), false));
      const waits = sendWork(city, eva, taskId);
      expect(turn(city)).toBe(false);
      close(city, taskId);
      expect(turn(city)).toBe(false);
      expectOk(decide(city, waits));
      expect(turn(city)).toBe(true);
      expect(turn(city)).toBe(false);
      const [activity] = versionsOf(city, 'activity').slice(-1);
      expect(evaluations(city)).toMatchObject([
        {
          operation: 'create',
          rkey: activity?.rkey,
          value: {
            subject: { uri: expect.stringMatching(`/${activity?.rkey}$`) },
            summary: `3 reviewed: 2 approved, 1 not approved; 40 CITY issued; reviewed by ${city.organizer.participantId}.\nTask ${taskId} of Testville: Sweep the square`,
            score: { min: '0', max: '3', value: '2' },
          },
        },
      ]);
    }));

  test('is written once the task is over, and brought up to date in place', () =>
    withCity((city) => {
      const taskId = newTask(city, { slots: 3 });
      const [ana, ben] = people(city, 2) as [Person, Person];
      doWork(city, ana, taskId);
      const waits = sendWork(city, ben, taskId);
      city.clock.now += 3 * DAY_MS;
      expect(turn(city)).toBe(false);
      expectOk(decide(city, waits));
      expect(turn(city)).toBe(true);
      const first = evaluations(city);
      expect(first.map(({ operation }) => operation)).toEqual(['create']);
      expect(first[0]?.value.summary).toMatch(/^2 reviewed: 2 approved/);
    }));

  test('is brought up to date when more is decided, also while other evidence waits', () =>
    withCity((city) => {
      const taskId = newTask(city, { slots: 3 });
      const [ana, ben, eva] = people(city, 3) as [Person, Person, Person];
      doWork(city, ana, taskId);
      const start = city.clock.now;
      city.clock.now += 3 * DAY_MS;
      expect(turn(city)).toBe(true);
      city.clock.now = start;
      const [second] = [ben, eva].map((person) => sendWork(city, person, taskId));
      city.clock.now += 3 * DAY_MS;
      expect(turn(city)).toBe(false);
      expectOk(decide(city, second ?? 0, false));
      expect(turn(city)).toBe(true);
      expect(evaluations(city).map(({ operation }) => operation)).toEqual(['create', 'update']);
      expect(evaluations(city).at(-1)?.value.score).toMatchObject({ max: '2', value: '1' });
    }));

  test('has no new version where it would say the same', () =>
    withCity((city) => {
      const taskId = newTask(city);
      doWork(city, people(city, 1)[0] as Person, taskId);
      close(city, taskId);
      expect(turn(city)).toBe(true);
      city.run(({ tx }) => tx.reviews.setEvaluated(taskId, 0));
      expect(turn(city)).toBe(true);
      expect(evaluations(city)).toHaveLength(1);
    }));

  test('is there for no task without a decision, nor for one that goes on', () =>
    withCity((city) => {
      const closed = newTask(city);
      close(city, closed);
      const open = newTask(city);
      doWork(city, people(city, 1)[0] as Person, open);
      expect(turn(city)).toBe(false);
      expect(evaluations(city)).toEqual([]);
    }));

  test('is written for five tasks a minute, so that a city is brought over within its budget', () =>
    withCity(
      (city) => {
        const crew = people(city, 12);
        for (const person of crew) {
          const taskId = newTask(city, { credits: 1 });
          doWork(city, person, taskId);
          close(city, taskId);
        }
        expect(turn(city)).toBe(true);
        expect(evaluations(city)).toHaveLength(5);
        expect([turn(city), turn(city), turn(city)]).toEqual([true, true, false]);
        expect(evaluations(city)).toHaveLength(12);
      },
      { cap: 5000, city: UNLIMITED },
    ));
});

describe('the evaluation of a month', () => {
  const months = (city: TestCity) => city.run(evaluateMonthsJob.run);
  const start = (city: TestCity) =>
    city.run((context) => {
      publishCity(context);
      publishPresence(context);
    });

  test('is written once, when the month is over, of its decisions alone', () =>
    withCity((city) => {
      start(city);
      const taskId = newTask(city, { slots: 3 });
      const [ana, ben] = people(city, 2) as [Person, Person];
      doWork(city, ana, taskId);
      const waits = sendWork(city, ben, taskId);
      expect(months(city)).toBe(false);
      city.clock.now += 10 * DAY_MS;
      expectOk(decide(city, waits, false));
      expect([months(city), months(city)]).toEqual([true, false]);
      const [project] = versionsOf(city, 'project');
      expect(evaluations(city)).toMatchObject([
        {
          operation: 'create',
          value: {
            subject: { uri: expect.stringMatching(`/${project?.rkey}$`), cid: project?.cid },
            summary: `1 reviewed from 2026-11-01T07:00:00.000Z until 2026-12-01T08:00:00.000Z: 1 approved, 0 not approved; 20 CITY issued; reviewed by ${city.organizer.participantId}.\nCivic work in Testville, November 2026`,
          },
        },
      ]);
      city.clock.now += 60 * DAY_MS;
      expect([months(city), months(city)]).toEqual([true, false]);
      expect(evaluations(city).map(({ value }) => value.summary.split('\n')[1])).toEqual([
        'Civic work in Testville, November 2026',
        'Civic work in Testville, December 2026',
      ]);
    }));

  test('is not written again by a city that forgot that it was', () =>
    withCity((city) => {
      start(city);
      doWork(city, people(city, 1)[0] as Person, newTask(city));
      city.clock.now += 10 * DAY_MS;
      expect(months(city)).toBe(true);
      city.run(({ tx, now }) => tx.cursors.put('evaluated-until', String(now - 20 * DAY_MS)));
      expect(months(city)).toBe(false);
      expect(evaluations(city)).toHaveLength(1);
    }));

  test('is written once more where the clock was ahead when it was', () =>
    withCity((city) => {
      start(city);
      const taskId = newTask(city, { slots: 3 });
      const [ana, ben] = people(city, 2) as [Person, Person];
      doWork(city, ana, taskId);
      const now = city.clock.now;
      city.clock.now += 10 * DAY_MS;
      expect(months(city)).toBe(true);
      city.clock.now = now;
      expect(months(city)).toBe(false);
      doWork(city, ben, taskId);
      city.clock.now += 10 * DAY_MS;
      expect([months(city), months(city)]).toEqual([true, false]);
      expect(evaluations(city).map(({ operation }) => operation)).toEqual(['create', 'update']);
      expect(evaluations(city).at(-1)?.value.summary).toMatch(/^2 reviewed from /);
    }));

  test('waits until there is a project', () =>
    withCity((city) => {
      doWork(city, people(city, 1)[0] as Person, newTask(city));
      city.clock.now += 10 * DAY_MS;
      expect(months(city)).toBe(false);
      expect(evaluations(city)).toEqual([]);
    }));
});
