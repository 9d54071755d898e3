// Claims that an older version wrote: their records told one state, and no step.
import { expect, test } from 'vitest';
import { bringClaimsOverJob } from '../../src/jobs/bring-claims-over.ts';
import { HOUR_MS } from '../../src/lib/clock.ts';
import { joinTask } from '../../src/services/tasks/join-task.ts';
import { expectOk, newTask, withCity } from '../support/city.ts';
import { decide, sendEvidence, versionsOf } from '../support/work.ts';

test('get records that tell their steps, the newest first, a few at a time', () =>
  withCity((city) => {
    const taskId = newTask(city, { slots: 8 });
    const people = Array.from({ length: 8 }, (_, at) => city.join(`+1510555040${at}`));
    for (const person of people) {
      city.run((context) => expectOk(joinTask(context, person, taskId)));
      city.clock.now += HOUR_MS;
    }
    const [ana, ben] = people as [(typeof people)[0], (typeof people)[0]];
    const evidence = [ana, ben].map((person) => {
      city.clock.now += HOUR_MS;
      return sendEvidence(city, person, taskId);
    });
    city.clock.now += HOUR_MS;
    decide(city, evidence[0] ?? 0);
    const claims = () => city.store.read.claims.roster(taskId).map(({ claim }) => claim);
    const before = claims();
    // As an older version left them.
    city.run(({ tx }) => {
      for (const claim of before) tx.claims.set(claim.id, { ...claim, steps: [] });
    });
    const told = () =>
      claims()
        .filter(({ steps }) => steps.length > 0)
        .map(({ id }) => id);
    city.run(bringClaimsOverJob.run);
    expect(told()).toEqual(before.slice(2).map(({ id }) => id));
    city.run(bringClaimsOverJob.run);
    expect(claims().map(({ steps }) => steps.map(({ state }) => state))).toEqual([
      ['joined', 'submitted', 'verified'],
      ['joined', 'submitted'],
      ...Array.from({ length: 6 }, () => ['joined']),
    ]);
    const newest = new Map(versionsOf(city, 'claim').map(({ rkey, value }) => [rkey, value]));
    for (const { rkey, steps } of claims()) {
      expect(newest.get(rkey)?.steps?.map(({ status }) => status)).toEqual(
        steps.map(({ state }) => state),
      );
    }
    expect(city.run(bringClaimsOverJob.run)).toBe(false);
  }));
