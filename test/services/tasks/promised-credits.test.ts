import { expect, test } from 'vitest';
import { TASK_LASTS_MS } from '../../../src/domain/task.ts';
import { joinTask } from '../../../src/services/tasks/join-task.ts';
import { expectOk, newTask, withCity } from '../../support/city.ts';
import { doWork } from '../../support/work.ts';

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
