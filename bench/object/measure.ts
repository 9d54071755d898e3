/**
 * What one object carries, in local workerd: a ledger with its records is filled, and told are its
 * size, how many transfers and reads went in a second, and how long the object takes to open again.
 */
import { evictDurableObject, runInDurableObject } from 'cloudflare:test';
import { env } from 'cloudflare:workers';
import { drizzle } from 'drizzle-orm/durable-sqlite';
import { inject, test } from 'vitest';
import * as schema from '../../src/store/schema/index.ts';
import { createStore } from '../../src/store/store.ts';
import { testFoundation } from '../../test/support/city.ts';
import { clockOf } from '../../test/support/clock.ts';
import { whole } from '../print.ts';
import { seedResidents } from '../seed.ts';

declare module 'vitest' {
  interface ProvidedContext {
    readonly sizes: readonly number[];
  }
}

const PEOPLE = 1000;
const READS = 20_000;

/** The clock of workerd may stand still while a program computes: waiting lets it go on. */
const now = async (): Promise<number> => {
  await new Promise((resolve) => setTimeout(resolve, 1));
  return Date.now();
};

const tell = (line: string): void => {
  // biome-ignore lint/suspicious/noConsole: It is what this program is for.
  console.log(line);
};

test.each(inject('sizes'))('an object with %d transfers', async (transfers) => {
  const stub = env.CITY.get(env.CITY.newUniqueId());
  await runInDurableObject(stub, async (_city, { storage }) => {
    const db = drizzle(storage, { schema });
    const store = createStore(db, (work) => storage.transactionSync(work));
    const foundation = testFoundation({ clock: clockOf(Date.now) });
    const beganAt = await now();
    seedResidents(store, foundation, { people: PEOPLE, transfers });
    const filledAt = await now();
    for (let at = 0; at < READS; at += 1) store.read.identities.get(1 + (at % PEOPLE));
    const readAt = await now();
    const perSecond = (count: number, ms: number): string => whole((1000 * count) / ms);
    tell(
      `${whole(transfers)} transfers with their records: ${(storage.sql.databaseSize / 1e6).toFixed(1)} MB, ${perSecond(transfers, filledAt - beganAt)} a second; ${perSecond(READS, readAt - filledAt)} reads of a row a second`,
    );
  });
  await evictDurableObject(stub);
  const startedAt = await now();
  await runInDurableObject(stub, () => undefined);
  tell(`opened again in ${(await now()) - startedAt} ms`);
});
