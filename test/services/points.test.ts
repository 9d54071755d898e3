// What one task costs of the account's write budget, from JOIN to the coffee: a hosted account may use
// 5,000 points an hour and 35,000 a day, and a city must not need more of them for the same work.
import { expect, test } from 'vitest';
import { POINTS } from '../../src/account/rate-limits.ts';
import { evaluateWorkJob } from '../../src/jobs/evaluate-work.ts';
import type { Job } from '../../src/jobs/jobs.ts';
import { recordCityWorkJob } from '../../src/jobs/record-city-work.ts';
import { recordWorkJob } from '../../src/jobs/record-work.ts';
import { tellUpdatesJob } from '../../src/jobs/tell-updates.ts';
import { HOUR_MS } from '../../src/lib/clock.ts';
import { publishCity } from '../../src/services/city/publish-city.ts';
import { publishPresence } from '../../src/services/city/publish-presence.ts';
import { confirmCode } from '../../src/services/credits/confirm-code.ts';
import { redeemOffer } from '../../src/services/credits/redeem-offer.ts';
import { closeTask } from '../../src/services/tasks/close-task.ts';
import {
  expectOk,
  newOffer,
  newTask,
  type Person,
  type TestCity,
  UNLIMITED,
  withCity,
} from '../support/city.ts';
import { decide, doWork, sendWork } from '../support/work.ts';

/** Those that write to the public record by themselves, as the city runs them. */
const JOBS: readonly Job[] = [recordWorkJob, evaluateWorkJob, recordCityWorkJob, tellUpdatesJob];

const runJobs = (city: TestCity): void => {
  for (const job of JOBS) city.run(job.run);
};

const redeem = (city: TestCity, person: Person, offerId: number): void => {
  const { code } = expectOk(city.run((context) => redeemOffer(context, person, offerId)));
  expectOk(city.run((context) => confirmCode(context, city.redeemer.id, code)));
};

/** The operations of each kind since a record (its number), and their points. */
function pointsSince(city: TestCity, seq: number) {
  const written = city.store.read.records.after(seq, Number.MAX_SAFE_INTEGER);
  const kinds: Record<string, string> = {};
  for (const { collection } of written) {
    const kind = collection.split('.').at(-1) ?? '';
    const of = written.filter((record) => record.collection === collection);
    const count = (operation: string) =>
      of.filter((record) => record.operation === operation).length;
    kinds[kind] = `${count('create')} + ${count('update')}`;
  }
  return { points: written.reduce((sum, { operation }) => sum + POINTS[operation], 0), kinds };
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
      const rounds = isApart ? people.map((person) => [person]) : [people];
      for (const together of rounds) {
        const evidence = together.map((person) => sendWork(city, person, taskId));
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

/** A number that is another one is printed with what was created and updated of each kind. */
const EXPECTED = [
  { people: 1, isApart: false, points: 35 },
  { people: 4, isApart: false, points: 110 },
  { people: 4, isApart: true, points: 116 },
  { people: 12, isApart: false, points: 313 },
  { people: 12, isApart: true, points: 339 },
] as const;

test.each(EXPECTED)(
  'one task done by $people costs $points points (an hour after one another: $isApart)',
  async ({ people, isApart, points }) => {
    const counted = await pointsOf(people, isApart);
    expect(counted.points, JSON.stringify(counted.kinds)).toBe(points);
  },
);

/** A hosted account has 35,000 points a day: so many for each person's loop leave room for 777 a day. */
const LOOP_POINTS_MAX = 45;

test('a loop costs no more than a hosted account has for it', () => {
  for (const { points, people } of EXPECTED) {
    expect(points).toBeLessThanOrEqual(people * LOOP_POINTS_MAX);
  }
});
