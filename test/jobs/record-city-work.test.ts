// What it costs to keep the record of all the work up to date, in statements and in how they are answered.
import Sqlite from 'better-sqlite3';
import { drizzle } from 'drizzle-orm/better-sqlite3';
import { migrate } from 'drizzle-orm/better-sqlite3/migrator';
import { expect, test } from 'vitest';
import { recordCityWorkJob } from '../../src/jobs/record-city-work.ts';
import { HOUR_MS } from '../../src/lib/clock.ts';
import { publishCity } from '../../src/services/city/publish-city.ts';
import { publishPresence } from '../../src/services/city/publish-presence.ts';
import { type Context, contextOf } from '../../src/services/context.ts';
import { transactionsOf } from '../../src/store/open-node.ts';
import * as schema from '../../src/store/schema/index.ts';
import { createStore } from '../../src/store/store.ts';
import {
  foundCity,
  newPerson,
  newTask,
  TEST_NOW,
  type TestCity,
  testFoundation,
  UNLIMITED,
} from '../support/city.ts';
import { clockOf } from '../support/clock.ts';
import { doWork } from '../support/work.ts';

/** A city in which so many people were approved, and the statements that are run in it. */
function cityOf(people: number) {
  const said: string[] = [];
  const client = new Sqlite(':memory:', { verbose: (statement) => said.push(String(statement)) });
  const db = drizzle(client, { schema });
  migrate(db, { migrationsFolder: 'migrations' });
  const store = createStore(db, transactionsOf(client));
  const clock = { now: TEST_NOW };
  const foundation = testFoundation({ clock: clockOf(() => clock.now), city: UNLIMITED });
  const run = <T>(work: (context: Context) => T): T =>
    store.transact((tx) => work(contextOf(foundation, tx)));
  const join = (address: string) => run((context) => newPerson(context, address));
  const partners = run((context) => foundCity(context, 10_000));
  const city: TestCity = { store, foundation, clock, run, join, ...partners };
  run((context) => {
    publishCity(context);
    publishPresence(context);
  });
  let joined = 0;
  const approve = (count: number): void => {
    const taskId = newTask(city, { credits: 1, slots: count });
    for (let one = 0; one < count; one += 1) {
      joined += 1;
      doWork(city, join(`+1510556${String(joined).padStart(4, '0')}`), taskId);
    }
  };
  approve(people);
  /** The statements of bringing the record up to date, and whether it was written. */
  const turn = () => {
    said.length = 0;
    const hasChanged = run(recordCityWorkJob.run);
    return { hasChanged, statements: said.filter((one) => /^select/i.test(one)) };
  };
  const planOf = (statement: string): string =>
    client
      .prepare<[], { detail: string }>(`explain query plan ${statement}`)
      .all()
      .map(({ detail }) => detail)
      .join('\n');
  return { approve, turn, planOf, clock, [Symbol.dispose]: () => client.close() };
}

test('a turn with nothing new is two statements, however many there are', () => {
  for (const people of [1, 40]) {
    using city = cityOf(people);
    expect(city.turn().hasChanged).toBe(true);
    const { hasChanged, statements } = city.turn();
    expect(hasChanged).toBe(false);
    expect(statements).toHaveLength(2);
    for (const statement of statements) expect(city.planOf(statement)).not.toContain('SCAN');
  }
});

test('a turn with somebody new is as many statements for one as for forty, and scans nothing', () => {
  const counts = [1, 40].map((people) => {
    using city = cityOf(people);
    city.turn();
    city.approve(people);
    city.clock.now += 6 * HOUR_MS;
    const { hasChanged, statements } = city.turn();
    expect(hasChanged).toBe(true);
    for (const statement of statements) {
      expect(city.planOf(statement)).not.toMatch(/SCAN (?!newcomers)/);
    }
    return statements.length;
  });
  expect(counts[0]).toBe(counts[1]);
});
