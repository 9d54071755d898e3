import fc from 'fast-check';
import { expect, test } from 'vitest';
import { CITY_CREDITS } from '../../../src/domain/city.ts';
import { MINUTE_MS } from '../../../src/lib/clock.ts';
import { createTotals } from '../../../src/web/public/totals.ts';
import { type TestCity, withCity } from '../../support/city.ts';
import { act, type Deed, deeds, openWorld } from '../../support/deeds.ts';

const LOOP: readonly Deed[] = [
  { does: 'work', who: 0, some: 0, pictures: 0 },
  { does: 'review', some: 0, approved: true, note: 'seen' },
  { does: 'redeem', who: 0, some: 0 },
  { does: 'confirm', lateMinutes: 0, some: 0 },
];

/** The totals of a city by a clock that stands, and how often all accounts were read for them. */
function watchTotals({ store }: TestCity) {
  const { ledger } = store.read;
  const state = { now: 0, counted: 0 };
  const totals = createTotals(
    {
      ...ledger,
      totals: (creditKind) => {
        state.counted += 1;
        return ledger.totals(creditKind);
      },
    },
    () => state.now,
  );
  return { state, totals };
}

test('whatever happens after the first look, the totals are those of all accounts', () =>
  fc.assert(
    fc.asyncProperty(deeds, (all) =>
      withCity((city) => {
        const { state, totals } = watchTotals(city);
        const world = openWorld(city);
        totals();
        for (const deed of [...LOOP, ...all]) {
          act(world, deed);
          expect(totals()).toEqual(createTotals(city.store.read.ledger, () => 0)());
        }
        expect(state.counted).toBe(1);
        expect(city.store.read.ledger.totals(CITY_CREDITS).length).toBeGreaterThan(0);
      }),
    ),
    { numRuns: 15 },
  ));

test('all accounts are read again after a minute, and when the clock is put back', () =>
  withCity((city) => {
    const { state, totals } = watchTotals(city);
    totals();
    state.now += MINUTE_MS - 1;
    totals();
    expect(state.counted).toBe(1);
    state.now += 1;
    totals();
    expect(state.counted).toBe(2);
    state.now -= 1;
    totals();
    expect(state.counted).toBe(3);
  }));
