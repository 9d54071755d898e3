// What one task costs of the account's write budget, from JOIN to the coffee: a hosted account may use
// 5,000 points an hour and 35,000 a day, and a city must not need more of them for the same work. Everybody
// keeps their place after the day's reminder and checks in with the code that is shown on site.
import { expect, test } from 'vitest';
import { POINTS } from '../../src/account/rate-limits.ts';
import { evaluateWorkJob } from '../../src/jobs/evaluate-work.ts';
import type { Job } from '../../src/jobs/jobs.ts';
import { recordCityWorkJob } from '../../src/jobs/record-city-work.ts';
import { recordWorkJob } from '../../src/jobs/record-work.ts';
import { tellUpdatesJob } from '../../src/jobs/tell-updates.ts';
import { HOUR_MS } from '../../src/lib/clock.ts';
import { composeBatch } from '../../src/records/publisher/batch.ts';
import { publishCity } from '../../src/services/city/publish-city.ts';
import { publishPresence } from '../../src/services/city/publish-presence.ts';
import { confirmCode } from '../../src/services/credits/confirm-code.ts';
import { redeemOffer } from '../../src/services/credits/redeem-offer.ts';
import { checkIn } from '../../src/services/tasks/check-in.ts';
import { checkInCode } from '../../src/services/tasks/check-in-code.ts';
import { closeTask } from '../../src/services/tasks/close-task.ts';
import { confirmTask } from '../../src/services/tasks/confirm-task.ts';
import { joinTask } from '../../src/services/tasks/join-task.ts';
import type { RecordRow } from '../../src/store/records.ts';
import {
  expectOk,
  newOffer,
  newTask,
  type Person,
  type TestCity,
  UNLIMITED,
  withCity,
} from '../support/city.ts';
import { expectEarlyReferences } from '../support/references.ts';
import { decide, doWork, sendEvidence } from '../support/work.ts';

/** Those that write to the public record by themselves, as the city runs them. */
const JOBS: readonly Job[] = [recordWorkJob, evaluateWorkJob, recordCityWorkJob, tellUpdatesJob];

const runJobs = (city: TestCity): void => {
  for (const job of JOBS) city.run(job.run);
};

const redeem = (city: TestCity, person: Person, offerId: number): void => {
  const { code } = expectOk(city.run((context) => redeemOffer(context, person, offerId)));
  expectOk(city.run((context) => confirmCode(context, city.redeemer.id, code)));
};

/** The rows as they are published where all of them wait together. */
function publishedTogether(waiting: readonly RecordRow[]): readonly RecordRow[] {
  const written: RecordRow[] = [];
  for (let left = waiting; left.length > 0; ) {
    const batch = composeBatch(left, Number.POSITIVE_INFINITY);
    written.push(...(batch?.written ?? []));
    left = left.slice(batch?.rows.length);
  }
  return written;
}

const pointsOfAll = (rows: readonly RecordRow[]): number =>
  rows.reduce((sum, { operation }) => sum + POINTS[operation], 0);

/** A person checks in with the code on site, and sends evidence; its number. */
const showWork = (city: TestCity, person: Person, taskId: number): number => {
  city.run((context) => {
    const task = context.tx.tasks.get(taskId);
    if (task === undefined) throw new Error('showWork: no task');
    expectOk(checkIn(context, person.id, checkInCode(context, task)));
  });
  return sendEvidence(city, person, taskId);
};

/** The operations of each kind since a record (its number), and their points. */
function pointsSince(city: TestCity, seq: number) {
  const written = city.store.read.records.after(seq, Number.MAX_SAFE_INTEGER);
  expectEarlyReferences(city.store.read.records.after(0, Number.MAX_SAFE_INTEGER));
  const kinds: Record<string, string> = {};
  for (const { collection } of written) {
    const kind = collection.split('.').at(-1) ?? '';
    const of = written.filter((record) => record.collection === collection);
    const count = (operation: string) =>
      of.filter((record) => record.operation === operation).length;
    kinds[kind] = `${count('create')} + ${count('update')}`;
  }
  return {
    points: pointsOfAll(written),
    afterOutage: pointsOfAll(publishedTogether(written)),
    kinds,
  };
}

/**
 * The points of one task done by so many people: all in one sitting, or an hour after one another.
 * The task is closed at the end, and everything is brought up to date.
 */
const pointsOf = (count: number, isApart: boolean) =>
  withCity(
    (city) => {
      city.run((context) => {
        publishCity(context);
        publishPresence(context);
      });
      // The city is at work: what is told once in its life was told, and all its work was summed up.
      const early = city.join('+15105550301');
      doWork(city, early, newTask(city));
      redeem(city, early, newOffer(city, { credits: 10 }));
      runJobs(city);
      const people = Array.from({ length: count }, (_, at) => city.join(`+151055502${at + 10}`));
      const taskId = newTask(city, { credits: 20, slots: count });
      const offerId = newOffer(city, { credits: 10 });
      const before = city.store.read.records.after(0, Number.MAX_SAFE_INTEGER).at(-1)?.seq ?? 0;
      for (const person of people)
        city.run((context) => expectOk(joinTask(context, person, taskId)));
      for (const person of people) {
        city.run((context) => expectOk(confirmTask(context, person.id, taskId)));
      }
      city.clock.now += HOUR_MS;
      const rounds = isApart ? people.map((person) => [person]) : [people];
      for (const together of rounds) {
        const evidence = together.map((person) => showWork(city, person, taskId));
        for (const evidenceId of evidence) expectOk(decide(city, evidenceId));
        runJobs(city);
        for (const person of together) redeem(city, person, offerId);
        if (isApart) city.clock.now += HOUR_MS;
      }
      expectOk(city.run((context) => closeTask(context, city.organizer.id, taskId)));
      runJobs(city);
      return pointsSince(city, before);
    },
    { city: UNLIMITED, cap: 10_000 },
  );

/**
 * A number that is another one is printed with what was created and updated of each kind. `afterOutage`:
 * where all of it waits until the PDS is back, versions that nobody refers to are written once.
 */
const EXPECTED = [
  { people: 1, isApart: false, points: 39, afterOutage: 35 },
  { people: 4, isApart: false, points: 126, afterOutage: 116 },
  { people: 4, isApart: true, points: 132, afterOutage: 116 },
  { people: 12, isApart: false, points: 361, afterOutage: 335 },
  { people: 12, isApart: true, points: 387, afterOutage: 339 },
] as const;

test.each(EXPECTED)(
  'one task done by $people costs $points points (an hour after one another: $isApart)',
  async ({ people, isApart, points, afterOutage }) => {
    const counted = await pointsOf(people, isApart);
    expect(counted.points, JSON.stringify(counted.kinds)).toBe(points);
    expect(counted.afterOutage).toBe(afterOutage);
  },
);

/** A hosted account has 35,000 points a day: so many for each person's loop leave room for 777 a day. */
const LOOP_POINTS_MAX = 45;

test('a loop costs no more than a hosted account has for it', () => {
  for (const { points, people } of EXPECTED) {
    expect(points).toBeLessThanOrEqual(people * LOOP_POINTS_MAX);
  }
});
