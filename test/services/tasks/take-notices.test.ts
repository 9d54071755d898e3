// What people are to be told is on disk with what it tells of, and is said once.
import { expect, test } from 'vitest';
import { HOUR_MS } from '../../../src/lib/clock.ts';
import { announceTask } from '../../../src/services/tasks/announce-task.ts';
import { closeTask } from '../../../src/services/tasks/close-task.ts';
import { dropTask } from '../../../src/services/tasks/drop-task.ts';
import { joinTask } from '../../../src/services/tasks/join-task.ts';
import { takeNotices } from '../../../src/services/tasks/take-notices.ts';
import { expectOk, type TestCity, withCity } from '../../support/city.ts';

/** A task of one spot that Ana has and Ben stands by for. */
function fullTask(city: TestCity) {
  const [ana, ben] = [city.join('+15105550301'), city.join('+15105550302')];
  const startsAt = city.clock.now + 48 * HOUR_MS;
  const facts = { title: 'Sweep', place: 'The square', credits: 5, slots: 1 };
  const draft = { ...facts, startsAt, endsAt: startsAt + HOUR_MS };
  const { task } = expectOk(city.run((context) => announceTask(context, city.organizer.id, draft)));
  for (const person of [ana, ben]) {
    city.run((context) => expectOk(joinTask(context, person, task.id)));
  }
  return { ana, ben, taskId: task.id };
}

const told = (city: TestCity) =>
  city
    .run((context) => takeNotices(context, 100))
    .told.map(({ personId, items }) => [personId, items.map(({ kind }) => kind)]);

test('a process that dies between the promotion and its notice tells it in its next life, once', () =>
  withCity((city) => {
    const { ana, ben, taskId } = fullTask(city);
    city.run((context) => expectOk(dropTask(context, ana.id, taskId)));
    // Nothing is kept in memory: whoever opens the database finds the spot and the notice.
    expect(city.store.read.claims.on(ben.id, taskId)?.state).toBe('joined');
    expect(told(city)).toEqual([[ben.id, ['promoted']]]);
    expect(told(city)).toEqual([]);
  }));

test('a transaction that is undone tells nothing', () =>
  withCity((city) => {
    const { ana, ben, taskId } = fullTask(city);
    expect(() =>
      city.run((context) => {
        expectOk(dropTask(context, ana.id, taskId));
        throw new Error('The disk is full.');
      }),
    ).toThrow('The disk is full.');
    expect(city.store.read.claims.on(ben.id, taskId)?.state).toBe('standby');
    expect(told(city)).toEqual([]);
  }));

test('a notice whose reason is gone is not said, and what replaces it is', () =>
  withCity((city) => {
    const { ana, ben, taskId } = fullTask(city);
    city.run((context) => expectOk(dropTask(context, ana.id, taskId)));
    city.run((context) => expectOk(closeTask(context, city.organizer.id, taskId)));
    expect(told(city)).toEqual([[ben.id, ['closed']]]);
  }));
