// Whatever happens at the counter, in whatever order: credits are conserved, no day gives more than it
// has, and the audit agrees from the records alone.
import { sql } from 'drizzle-orm';
import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { TEST_CITY, unlimited, withCity } from '../support/city.ts';
import { act, type Deed, deeds, openWorld } from '../support/deeds.ts';
import { brokenIn, openPaperAudit, type PaperAudit } from '../support/paper-audit.ts';
import { newKey, signRepository } from '../support/paper-repository.ts';
import { runs } from '../support/runs.ts';
import { databaseOf } from '../support/store.ts';

/** Of a commit after all that the city did. */
const REV = '3zzzzzzzzzz22';
const PEOPLE = 4;

/** Of the deeds of a whole city those of a busy counter: others become some of it. */
function atTheCounter(one: Deed, codes: number): Deed {
  const who = 'who' in one ? one.who : 0;
  switch (one.does) {
    case 'work':
      return { ...one, pictures: 0 };
    case 'announce':
    case 'join':
    case 'send':
      return { does: 'redeem', who, some: 'some' in one ? one.some : one.place };
    case 'invite':
    case 'cap':
    case 'correct':
    case 'drop':
      return { does: 'confirm', some: Math.max(0, codes - 1), lateMinutes: 0 };
    case 'alerts':
    case 'stop':
    case 'close':
    case 'record':
      return { does: 'undo', who };
    default:
      return one;
  }
}

let audit: PaperAudit;
beforeAll(async () => {
  audit = await openPaperAudit();
});
afterAll(() => audit.close());

test('credits are conserved, no day gives more than it has, and the audit agrees', async () => {
  const key = await newKey();
  const seen = { undone: 0, priced: 0, honored: 0 };
  await fc.assert(
    fc.asyncProperty(deeds, (all) =>
      withCity(
        async (city) => {
          const world = openWorld(city);
          for (let who = 0; who < PEOPLE; who += 1) {
            act(world, { does: 'work', who, some: 2, pictures: 0 });
            act(world, { does: 'review', some: 0, approved: true, note: 'seen' });
          }
          for (const one of all) act(world, atTheCounter(one, world.codes.length));
          const db = databaseOf(city.store);
          const sums = db.get<Record<string, number>>(sql`select
            (select coalesce(sum(credits_posted - debits_posted), 0) from accounts) as everything,
            (select min(credits_posted - debits_posted - debits_pending) from accounts
              where kind = 'person') as least,
            (select credits_posted - debits_posted from accounts
              where kind = 'adjustment') as adjusted,
            (select count(*) from offer_days join offers on offers.id = offer_id
              where taken <> (select count(*) from redemptions where
                redemptions.offer_id = offers.id and redemptions.day = offer_days.day
                and redemptions.state in ('held', 'honored'))) as miscounted,
            (select coalesce(sum(credits), 0) from redemptions where state = 'honored') as honored,
            (select coalesce(sum(credits_posted - debits_posted), 0) from accounts
              where kind = 'redeemed') as redeemed`);
          expect(sums).toMatchObject({ everything: 0, miscounted: 0 });
          expect(sums?.['least'] ?? 0).toBeGreaterThanOrEqual(0);
          expect(sums?.['adjusted'] ?? 0).toBe(0);
          expect(sums?.['redeemed']).toBe(sums?.['honored']);
          const newest = new Map(
            city.store.read.records
              .after(0, Number.MAX_SAFE_INTEGER)
              .map(({ collection, rkey, value }) => [
                `${collection}/${rkey}`,
                { collection, rkey, value: JSON.parse(value) },
              ]),
          );
          for (const { value } of newest.values()) {
            if (value.undoneBy !== undefined) seen.undone += 1;
            if (value.history?.length > 1 && value.title === 'Café') seen.priced += 1;
          }
          seen.honored += sums?.['honored'] ?? 0;
          const { did } = city.foundation;
          audit.know({ did, key });
          const { car } = await signRepository([...newest.values()], { did, key, rev: REV });
          expect(brokenIn(await audit.car(car))).toEqual([]);
        },
        { cap: 400, city: unlimited(TEST_CITY) },
      ),
    ),
    { numRuns: runs(10, 60) },
  );
  // The deeds came to something, or the above would prove nothing.
  expect(seen.undone).toBeGreaterThan(0);
  expect(seen.priced).toBeGreaterThan(0);
  expect(seen.honored).toBeGreaterThan(0);
});
