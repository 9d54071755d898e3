// Whatever people did: the public record is enough to go on from.
import { sql } from 'drizzle-orm';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { COLLECTIONS } from '../../src/records/kinds/index.ts';
import { contextOf } from '../../src/services/context.ts';
import { finishDecision } from '../../src/services/credits/finish-decision.ts';
import { TEST_CITY, type TestCity, unlimited, withCity } from '../support/city.ts';
import { privateTables, publicTables } from '../support/city-tables.ts';
import { act, type Deed, deeds, openWorld } from '../support/deeds.ts';
import { backupNow, sourceOf, withRebuilt } from '../support/rebuilt.ts';
import { runs } from '../support/runs.ts';
import { databaseOf } from '../support/store.ts';

// Random lives take as long as the machine takes.

const RUNS = runs(12, 40);

const withBusyCity = (
  work: (city: TestCity, then: () => void) => Promise<void>,
  first: readonly Deed[],
  rest: readonly Deed[] = [],
): Promise<void> =>
  withCity(
    (city) => {
      const world = openWorld(city);
      for (const one of first) act(world, one);
      return work(city, () => {
        for (const one of rest) act(world, one);
      });
    },
    { cap: 400, city: unlimited(TEST_CITY) },
  );

test('a database made from the records alone says what the old one said', async () => {
  const seen = { claims: 0, reviews: 0, redemptions: 0, pictures: 0, caps: 0 };
  await fc.assert(
    fc.asyncProperty(deeds, (all) =>
      withBusyCity(async (city) => {
        const before = databaseOf(city.store);
        const tables = publicTables(before);
        await withRebuilt(sourceOf(before), (after, { leftOut }) => {
          expect(publicTables(after)).toEqual(tables);
          expect(leftOut).toEqual([]);
        });
        for (const name of Object.keys(seen) as (keyof typeof seen)[]) {
          seen[name] += tables[name].length;
        }
      }, all),
    ),
    { numRuns: RUNS },
  );
  // The deeds came to something, or the above would prove nothing.
  for (const count of Object.values(seen)) expect(count).toBeGreaterThan(RUNS / 2);
});

test('with a backup made at the end, what is private is the same, too', async () => {
  await fc.assert(
    fc.asyncProperty(deeds, (all) =>
      withBusyCity(async (city) => {
        const before = databaseOf(city.store);
        const backup = backupNow(before);
        await withRebuilt(
          sourceOf(before),
          (after) => {
            expect(publicTables(after)).toEqual(publicTables(before));
            expect(privateTables(after)).toEqual(privateTables(before));
          },
          { backup },
        );
      }, all),
    ),
    { numRuns: RUNS },
  );
});

test('an older backup changes nothing that is public, and brings back what it has', async () => {
  await fc.assert(
    fc.asyncProperty(deeds, deeds, (first, rest) =>
      withBusyCity(
        async (city, then) => {
          const before = databaseOf(city.store);
          const backup = backupNow(before);
          const { identities } = privateTables(before);
          then();
          // The record knows the roles of later, too.
          const { delegations } = privateTables(before);
          await withRebuilt(
            sourceOf(before),
            (after) => {
              expect(publicTables(after)).toEqual(publicTables(before));
              expect(privateTables(after)).toMatchObject({ identities, delegations });
            },
            { backup },
          );
        },
        first,
        rest,
      ),
    ),
    { numRuns: RUNS },
  );
});

test('wherever publishing was cut off, the city can go on, and finishes what was half public', async () => {
  await fc.assert(
    fc.asyncProperty(deeds, fc.nat(1000), (all, cut) =>
      withBusyCity(async (city) => {
        const before = databaseOf(city.store);
        const { first, last } = before.get<{ first: number; last: number }>(
          sql`select max(seq) as last, min(seq) filter (where collection = ${COLLECTIONS.city})
            as first from records`,
        );
        const lastSeq = first + (cut % (last - first + 1));
        const source = sourceOf(before, { lastSeq });
        // The disk was lost just then: what may be issued is what it was.
        const [lastRecord] = city.store.read.records.after(lastSeq - 1, 1);
        city.clock.now = lastRecord?.stagedAt ?? 0;
        await withRebuilt(source, (after, _, store) => {
          const start = () =>
            store.transact((tx) => finishDecision(contextOf(city.foundation, tx)));
          const records = () => Number(store.read.records.newest(1)[0]?.seq);
          const published = records();
          start();
          const finished = records();
          expect(finished - published).toBeLessThanOrEqual(2);
          start();
          expect(records()).toBe(finished);
          const { issued, approved, burned, redeemed } = after.get<Record<string, number>>(
            sql`select
              (select count(*) from transfers where code = 'issue') as issued,
              (select count(*) from reviews where decision = 'approved') as approved,
              (select count(*) from transfers where code = 'burn') as burned,
              (select count(*) from records where collection = ${COLLECTIONS.redemption})
                as redeemed`,
          ) as { issued: number; approved: number; burned: number; redeemed: number };
          expect(issued).toBe(approved);
          expect(burned).toBe(redeemed);
        });
      }, all),
    ),
    { numRuns: 2 * RUNS },
  );
});
