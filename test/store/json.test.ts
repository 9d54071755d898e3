import { sql } from 'drizzle-orm';
import { expect, test } from 'vitest';
import { withCity } from '../support/city.ts';
import { databaseOf } from '../support/store.ts';

test('a JSON column holds JSON text, and NULL where there is no value', () =>
  withCity((city) => {
    const { identityId } = city.admin;
    const choices = { '1': 'JOIN 12' };
    city.run(({ tx }) => tx.followUps.put({ identityId, rest: null, choices, expiresAt: 10 }));
    const db = databaseOf(city.store);
    expect(db.all(sql`select rest, choices from follow_ups`)).toEqual([
      { rest: null, choices: '{"1":"JOIN 12"}' },
    ]);
    expect(city.store.read.followUps.get(identityId, 9)).toEqual({
      identityId,
      rest: null,
      choices,
      expiresAt: 10,
    });
    expect(city.store.read.followUps.get(identityId, 10)).toBeUndefined();
  }));
