// Whatever people did: the public record is enough to go on from.
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { type TestCity, withCity } from '../../support/city.ts';
import { privateTables, publicTables } from '../../support/city-tables.ts';
import { act, type Deed, deeds, openWorld } from '../../support/deeds.ts';
import { backupNow, sourceOf, withRebuilt } from '../../support/rebuilt.ts';
import { databaseOf } from '../../support/store.ts';

const RUNS = 60;

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
    { cap: 400 },
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
  for (const count of Object.values(seen)) expect(count).toBeGreaterThan(2 * RUNS);
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
          const { identities, delegations } = privateTables(before);
          then();
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
