// Places with coordinates and the updates of the project come back from the public record alone.
import { expect, test } from 'vitest';
import { tellUpdates } from '../../src/services/city/tell-updates.ts';
import { contextOf } from '../../src/services/context.ts';
import { findOrAddPlace } from '../../src/services/tasks/find-place.ts';
import { publicTables } from '../support/city-tables.ts';
import { SPELLINGS, withEventfulCity } from '../support/eventful-city.ts';
import { sourceOf, withRebuilt } from '../support/rebuilt.ts';
import { databaseOf } from '../support/store.ts';
import { versionsOf } from '../support/work.ts';

test('a rebuilt city knows its places by the same words, and tells nothing twice', () =>
  withEventfulCity(async (city) => {
    const places = versionsOf(city, 'location').map(({ value }) => value.locationType);
    expect(places).toEqual([
      ...['coordinate-decimal', 'coordinate-decimal', 'coordinate-decimal'],
      ...['coordinate-decimal', 'address'],
    ]);
    const told = versionsOf(city, 'update').filter(({ value }) => value.contentType === 'update');
    expect(told).toHaveLength(4);
    const before = databaseOf(city.store);
    const records = (): number => city.store.read.records.after(0, 100_000).length;
    const count = records();
    await withRebuilt(sourceOf(before), (after, { leftOut }, store) => {
      expect(leftOut).toEqual([]);
      expect(publicTables(after)).toEqual(publicTables(before));
      store.transact((tx) => {
        const context = contextOf(city.foundation, tx);
        expect(tellUpdates(context, 10)).toBe(0);
        for (const words of SPELLINGS) findOrAddPlace(context, words);
        expect(context.records.count).toBe(0);
      });
    });
    expect(records()).toBe(count);
  }));
