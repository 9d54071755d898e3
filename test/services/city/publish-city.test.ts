import { expect, test } from 'vitest';
import { publishCity } from '../../../src/services/city/publish-city.ts';
import { TEST_CITY, withCity } from '../../support/city.ts';

test('the city is written down once, and again when its policies change', () =>
  withCity((city) => {
    const publish = (operator: string) =>
      city.run((context) => publishCity({ ...context, city: { ...TEST_CITY, operator } }));
    expect(publish('The operator')).toBe(true);
    expect(publish('The operator')).toBe(false);
    city.clock.now += 1000;
    expect(publish('Another operator')).toBe(true);
    expect(publish('Another operator')).toBe(false);
    const written = city.store.read.records
      .after(0, 100)
      .filter(({ collection }) => collection === 'org.city-sync.civic.city');
    expect(written.map(({ operation, rkey }) => [operation, rkey])).toEqual([
      ['create', 'self'],
      ['update', 'self'],
    ]);
    const values = written.map(({ value }) => JSON.parse(value));
    expect(values[1].createdAt).toBe(values[0].createdAt);
    expect(values[1].operator.name).toBe('Another operator');
  }));
