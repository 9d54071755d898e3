/**
 * The day of a task in a city with much under way: what a turn of the job costs when nothing is due, and
 * how long until everybody is to be told that a task is called off.
 */
import { DAY_MS, HOUR_MS } from '../src/lib/clock.ts';
import { announceTask } from '../src/services/tasks/announce-task.ts';
import { callOffTask } from '../src/services/tasks/call-off-task.ts';
import { joinTask } from '../src/services/tasks/join-task.ts';
import { releaseClaims, tasksToRelease } from '../src/services/tasks/release-claims.ts';
import { carryOnTasks } from '../src/services/tasks/task-day.ts';
import { expectOk, newPerson, type TestCity, withCity } from '../test/support/city.ts';
import { BENCH_CITY } from './city.ts';

export type DayFigures = {
  readonly openClaims: number;
  /** A turn of the job with nothing due: the median (ms). */
  readonly idleTurnMs: number;
  readonly toldPeople: number;
  /** From the organizer's OK until every notice is on disk (ms). */
  readonly callOffMs: number;
};

const TURNS = 101;

/** So many claims on as many tasks of a hundred spots, and one task that `told` people joined. */
export const measureDay = (claims: number, told: number): Promise<DayFigures> =>
  withCity(
    (city) => {
      const people = Array.from({ length: told }, (_, at) =>
        city.run((context) => newPerson(context, `+1510${String(5_600_000 + at)}`)),
      );
      const spots = Math.min(100, told);
      const tasks = Math.ceil(claims / spots);
      for (let at = 0; at < tasks; at += 1) fillTask(city, people.slice(0, spots), 30 + at);
      const idle = Array.from({ length: TURNS }, () =>
        msOf(() => {
          if (city.run(carryOnTasks)) throw new Error('Something was due.');
        }),
      ).toSorted((one, other) => one - other);
      const taskId = fillTask(city, people, 7);
      const callOffMs = msOf(() => callOff(city, taskId));
      const notices = city.store.read.notices.due(Number.MAX_SAFE_INTEGER, told + 1);
      if (notices.length !== told) throw new Error(`${notices.length} of ${told} are told.`);
      return {
        openClaims: tasks * spots,
        idleTurnMs: idle[Math.floor(TURNS / 2)] ?? 0,
        toldPeople: told,
        callOffMs,
      };
    },
    { city: BENCH_CITY, cap: 1_000_000_000 },
  );

/** A task so many days ahead that all of them joined; its number. */
function fillTask(city: TestCity, people: Parameters<typeof joinTask>[1][], days: number): number {
  const startsAt = city.clock.now + days * DAY_MS;
  const facts = { title: 'Sweep', place: 'The square', credits: 1, slots: people.length };
  const draft = { ...facts, startsAt, endsAt: startsAt + 2 * HOUR_MS };
  return city.run((context) => {
    const { task } = expectOk(announceTask(context, city.organizer.id, draft));
    for (const person of people) expectOk(joinTask(context, person, task.id));
    return task.id;
  });
}

function callOff(city: TestCity, taskId: number): void {
  const asked = { taskId, why: 'Rain' };
  expectOk(city.run((context) => callOffTask(context, city.organizer.id, asked)));
  while (city.run((context) => tasksToRelease(context).length > 0)) {
    city.run((context) => {
      const task = context.tx.tasks.get(taskId);
      if (task !== undefined) releaseClaims(context, task);
    });
  }
}

function msOf(work: () => void): number {
  const begin = performance.now();
  work();
  return performance.now() - begin;
}
