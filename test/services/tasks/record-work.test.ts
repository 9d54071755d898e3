import { sql } from 'drizzle-orm';
import { describe, expect, test } from 'vitest';
import { recordWorkJob } from '../../../src/jobs/record-work.ts';
import { closeTask } from '../../../src/services/tasks/close-task.ts';
import {
  expectOk,
  newTask,
  type Person,
  type TestCity,
  UNLIMITED,
  withCity,
} from '../../support/city.ts';
import { databaseOf } from '../../support/store.ts';
import { decide, doWork, sendWork, versionsOf } from '../../support/work.ts';

const people = (city: TestCity, count: number): Person[] =>
  Array.from({ length: count }, (_, at) => city.join(`+1510556${String(at).padStart(4, '0')}`));
const named = (version: ReturnType<typeof activities>[number] | undefined) =>
  version?.value.contributors?.map(({ contributorIdentity }) => contributorIdentity);
const activities = (city: TestCity) => versionsOf(city, 'activity');
const turn = (city: TestCity) => city.run(recordWorkJob.run);
const identities = (whom: readonly Person[]) =>
  whom.map(({ participantId }) => ({
    $type: 'org.hypercerts.claim.activity#contributorIdentity',
    identity: participantId,
  }));

describe('the public record of work done', () => {
  test('is written before the first evidence, and says what was done, where and by whom', () =>
    withCity((city) => {
      const taskId = newTask(city);
      const [person] = people(city, 1) as [Person];
      const evidenceId = sendWork(city, person, taskId);
      const [first] = activities(city);
      expect(first?.value.contributors).toEqual([]);
      const [evidence] = versionsOf(city, 'evidence');
      expect(evidence?.value.subjects?.map(({ uri, cid }) => [uri.split('/').at(-1), cid])).toEqual(
        [[first?.rkey, first?.cid], expect.anything()],
      );
      expectOk(decide(city, evidenceId));
      expect(turn(city)).toBe(true);
      const task = city.store.read.tasks.get(taskId);
      const [place] = versionsOf(city, 'location');
      expect(activities(city).slice(1)).toEqual([
        {
          operation: 'update',
          rkey: task?.rkey,
          cid: expect.any(String),
          value: {
            $type: 'org.hypercerts.claim.activity',
            title: 'Sweep the square',
            shortDescription:
              "Work that residents did for The Issuer at The square: task 1 of Testville. Each contributor's evidence was reviewed and approved.",
            contributors: [{ contributorIdentity: identities([person])[0] }],
            workScope: {
              $type: 'org.hypercerts.claim.activity#workScopeString',
              scope: 'civic work',
            },
            startDate: '2026-11-23T18:00:00.000Z',
            endDate: '2026-11-24T20:00:00.000Z',
            locations: [
              {
                uri: `at://did:plc:testville2345abcdefghijk/app.certified.location/${place?.rkey}`,
                cid: place?.cid,
              },
            ],
            createdAt: '2026-11-23T18:00:00.000Z',
          },
        },
      ]);
    }));

  test('is brought up to date every minute, in the order of the approvals, rejections left out', () =>
    withCity((city) => {
      const taskId = newTask(city, { slots: 4 });
      const [ana, ben, eva, leo] = people(city, 4) as [Person, Person, Person, Person];
      const [first, second, third, fourth] = [ana, ben, eva, leo].map((person) =>
        sendWork(city, person, taskId),
      ) as [number, number, number, number];
      expectOk(decide(city, third));
      city.clock.now += 1000;
      expectOk(decide(city, first));
      expectOk(decide(city, second, false));
      expectOk(decide(city, fourth));
      expect(activities(city)).toHaveLength(1);
      expect(turn(city)).toBe(true);
      expect(turn(city)).toBe(false);
      const [created, updated, ...more] = activities(city);
      expect(more).toEqual([]);
      expect(updated?.operation).toBe('update');
      expect(updated?.rkey).toBe(created?.rkey);
      expect(named(updated)).toEqual(identities([eva, ana, leo]));
      expect(updated?.value.createdAt).toBe(created?.value.createdAt);
    }));

  test('is brought up to date when the task is closed', () =>
    withCity((city) => {
      const taskId = newTask(city, { slots: 3 });
      const crew = people(city, 2);
      for (const person of crew) doWork(city, person, taskId);
      expectOk(city.run((context) => closeTask(context, city.organizer.id, taskId)));
      expect(named(activities(city).at(-1))).toEqual(identities(crew));
      expect(turn(city)).toBe(false);
    }));

  test('names nobody for a task that nobody was approved for', () =>
    withCity((city) => {
      const taskId = newTask(city);
      const [person] = people(city, 1) as [Person];
      expectOk(decide(city, sendWork(city, person, taskId), false));
      expectOk(city.run((context) => closeTask(context, city.organizer.id, taskId)));
      expect(activities(city).map(named)).toEqual([[]]);
      expect(turn(city)).toBe(false);
    }));

  test('goes on in another record after a thousand people; the full one never changes', () =>
    withCity(
      (city) => {
        const taskId = newTask(city, { credits: 1, slots: 2100 });
        const crew = people(city, 2001);
        const work = (from: number, to: number) => {
          for (const person of crew.slice(from, to)) doWork(city, person, taskId);
          return turn(city);
        };
        expect(work(0, 999)).toBe(true);
        expect(work(999, 1000)).toBe(true);
        expect(work(1000, 1001)).toBe(true);
        expect(work(1001, 2001)).toBe(true);
        expect(turn(city)).toBe(false);
        const rkey = city.store.read.tasks.get(taskId)?.rkey;
        const versions = activities(city);
        expect(versions.map((one) => [one.operation, one.rkey, named(one)?.length])).toEqual([
          ['create', rkey, 0],
          ['update', rkey, 999],
          ['update', rkey, 1000],
          ['create', `${rkey}-2`, 1],
          ['update', `${rkey}-2`, 1000],
          ['create', `${rkey}-3`, 1],
        ]);
        expect(versions.at(-1)?.value.shortDescription).toMatch(/ Part 3[.]$/);
        const all = [versions[2], versions[4], versions[5]].flatMap((one) => named(one) ?? []);
        expect(all).toEqual(identities(crew));
        expect(city.store.read.tasks.get(taskId)).toMatchObject({
          verified: 2001,
          recorded: 2001,
        });
      },
      { cap: 5000 },
    ));

  test('is written for what was approved before there were such records', () =>
    withCity((city) => {
      const taskId = newTask(city);
      const crew = people(city, 2);
      for (const person of crew) doWork(city, person, taskId);
      // As the migration leaves a task.
      const db = databaseOf(city.store);
      db.run(sql`delete from activities`);
      db.run(sql`delete from records where collection = 'org.hypercerts.claim.activity'`);
      db.run(sql`update tasks set recorded = 0, place_id = null`);
      expect(turn(city)).toBe(true);
      const last = activities(city).at(-1);
      expect(last?.operation).toBe('create');
      expect(last?.value).not.toHaveProperty('locations');
      expect(named(last)).toEqual(identities(crew));
    }));

  test('is not written again and again where more are counted than can be found', () =>
    withCity((city) => {
      const taskId = newTask(city);
      for (const person of people(city, 2)) doWork(city, person, taskId);
      expect(turn(city)).toBe(true);
      databaseOf(city.store).run(sql`update tasks set verified = 3`);
      expect([turn(city), turn(city)]).toEqual([false, false]);
      expect(activities(city)).toHaveLength(2);
      expect(city.store.read.tasks.get(taskId)?.recorded).toBe(2);
    }));

  test('takes in a limited number of people at a turn', () =>
    withCity(
      (city) => {
        const crew = people(city, 120);
        const taskIds = Array.from({ length: 60 }, () => newTask(city, { credits: 1, slots: 2 }));
        for (const [at, taskId] of taskIds.entries()) {
          for (const person of crew.slice(2 * at, 2 * at + 2)) doWork(city, person, taskId);
        }
        expect([turn(city), turn(city), turn(city)]).toEqual([true, true, false]);
      },
      { cap: 5000, city: UNLIMITED },
    ));
});
