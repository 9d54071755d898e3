import { expect, test } from 'vitest';
import { TASK_LASTS_MS, type TaskChange } from '../../../src/domain/task.ts';
import { HOUR_MS } from '../../../src/lib/clock.ts';
import { setCap } from '../../../src/services/credits/set-cap.ts';
import { announceTask } from '../../../src/services/tasks/announce-task.ts';
import { changeTask } from '../../../src/services/tasks/change-task.ts';
import { countCreditsLeft } from '../../../src/services/tasks/check-task.ts';
import { joinTask } from '../../../src/services/tasks/join-task.ts';
import { expectOk, newTask, refusalOf, withCity } from '../../support/city.ts';
import { doWork, sendWork } from '../../support/work.ts';

const allOf = (now: number) => ({
  ...{ now, lastsMs: TASK_LASTS_MS },
  ...{ from: 0, until: Number.MAX_SAFE_INTEGER },
});

test('spots that are decided about promise no credits any more', () =>
  withCity((city) => {
    newTask(city, { credits: 7, slots: 1 });
    const taskId = newTask(city, { credits: 20, slots: 5 });
    doWork(city, city.join('+15105550403'), taskId);
    const { partnerId = 0 } = city.store.read.tasks.get(taskId) ?? {};
    const promised = city.store.read.tasks.promisedCredits(partnerId, allOf(city.clock.now));
    expect(promised).toBe(7 + 4 * 20);
  }));

test('spots that nobody took promise no credits after the end', () =>
  withCity((city) => {
    const taskId = newTask(city, { credits: 20, slots: 5 });
    for (const number of ['+15105550401', '+15105550402']) {
      const person = city.join(number);
      city.run((context) => expectOk(joinTask(context, person, taskId)));
    }
    const { partnerId = 0, endsAt } = city.store.read.tasks.get(taskId) ?? {};
    const promised = (now: number) => city.store.read.tasks.promisedCredits(partnerId, allOf(now));
    const end = endsAt ?? 0;
    expect([promised(end - 1), promised(end)]).toEqual([100, 40]);
  }));

/** The end of the epoch that the test cities begin in: midnight in Los Angeles. */
const NEW_YEAR = Date.UTC(2027, 0, 1, 8);

test('a task counts against the cap of the epoch in which it ends', () =>
  withCity((city) => {
    const announce = (startsAt: number, hours: number, slots = 1) =>
      city.run((context) =>
        announceTask(context, city.organizer.id, {
          ...{ title: 'Sweep', place: 'The square', credits: 100, slots },
          ...{ startsAt, endsAt: startsAt + hours * HOUR_MS },
        }),
      );
    const before = NEW_YEAR - 3 * HOUR_MS;
    const atEnd = expectOk(announce(before, 2, 10)).task.id;
    expect(refusalOf(announce(before, 2))).toBe('cap-short');
    expectOk(announce(before, 4, 6));
    expect(refusalOf(announce(before, 4, 5))).toBe('cap-short');
    expectOk(announce(NEW_YEAR + 100 * 24 * HOUR_MS, 1, 10));
    // Moved to the next epoch its spots count there, all of them.
    const move = (startsAt: number, slots: number) =>
      city.run((context) =>
        changeTask(context, city.organizer.id, {
          taskId: atEnd,
          change: { startsAt, endsAt: startsAt + HOUR_MS, slots },
        }),
      );
    expect(refusalOf(move(NEW_YEAR, 5))).toBe('cap-short');
    expectOk(move(NEW_YEAR, 4));
    expectOk(announce(before, 2, 10));
    expect(refusalOf(move(before - HOUR_MS, 4))).toBe('cap-short');
  }));

test('a task that promised more than a cap that was lowered since can be changed, but for more spots', () =>
  withCity((city) => {
    const taskId = newTask(city, { credits: 20, slots: 5 });
    city.run((context) =>
      expectOk(setCap(context, city.admin.id, { issuer: 'The Issuer', amount: 10 })),
    );
    const change = (change: TaskChange) =>
      city.run((context) => changeTask(context, city.organizer.id, { taskId, change }));
    expectOk(change({ note: 'Bring gloves' }));
    expectOk(change({ slots: 4 }));
    expect(refusalOf(change({ slots: 5 }))).toBe('cap-short');
  }));

test('evidence that waits since the last epoch counts in the one under way', () =>
  withCity((city) => {
    const taskId = newTask(city, { credits: 20, slots: 1 });
    sendWork(city, city.join('+15105550401'), taskId);
    city.clock.now = NEW_YEAR;
    const left = city.run((context) => {
      const issuer = context.tx.partners.byName('issuer', 'THE ISSUER');
      if (issuer === undefined) throw new Error('no issuer');
      return [NEW_YEAR + 1, NEW_YEAR + 100 * 24 * HOUR_MS].map((endsAt) =>
        countCreditsLeft(context, issuer, endsAt),
      );
    });
    expect(left).toEqual([980, 1000]);
  }));
