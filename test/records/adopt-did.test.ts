// A city that gets its account later: afterwards its database is, to the last byte, that of a city
// which had the account from the beginning.
import { sql } from 'drizzle-orm';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { PLACEHOLDER_DID } from '../../src/lib/placeholder-did.ts';
import { adoptDid } from '../../src/records/adopt-did.ts';
import { keepDid } from '../../src/services/city/keep-did.ts';
import { CITY_DID } from '../../src/store/cursors.ts';
import type { Database } from '../../src/store/database.ts';
import { TEST_DID, type TestCity, withCity } from '../support/city.ts';
import { act, type Deed, deeds, openWorld } from '../support/deeds.ts';
import { runs } from '../support/runs.ts';
import { databaseOf } from '../support/store.ts';

/** Every row of every table, and all that the database itself enforces. */
function everything(db: Database): Readonly<Record<string, unknown>> {
  const schema = db.all<{ type: string; name: string; sql: string | null }>(
    sql`select type, name, sql from sqlite_master where name not like 'sqlite_%' order by type, name`,
  );
  const tables = schema.filter(({ type }) => type === 'table');
  const rows = tables.map(({ name }) => [name, db.all(sql.raw(`select * from "${name}"`))]);
  return { schema, ...Object.fromEntries(rows) };
}

function live(city: TestCity, all: readonly Deed[]): Database {
  city.run(keepDid);
  const world = openWorld(city);
  for (const deed of all) act(world, deed);
  return databaseOf(city.store);
}

/** A little of everything that has a record. */
const LOOP: readonly Deed[] = [
  { does: 'work', who: 0, some: 0, pictures: 1 },
  { does: 'review', some: 0, approved: true, note: 'seen' },
  { does: 'redeem', who: 0, some: 0 },
  { does: 'confirm', lateMinutes: 0, some: 0 },
];

test('whatever happened before, an adopted city is one that always had the account', () =>
  fc.assert(
    fc.asyncProperty(deeds, async (all) => {
      const born = await withCity((city) => everything(live(city, all)), { did: TEST_DID });
      const adopted = await withCity(
        (city) => {
          const db = live(city, all);
          const count = adoptDid(city.store, TEST_DID);
          expect(count).toBe(
            db.get<{ count: number }>(sql`select count(*) as count from records`)?.count,
          );
          return everything(db);
        },
        { did: PLACEHOLDER_DID },
      );
      expect(adopted).toEqual(born);
    }),
    { numRuns: runs(5, 15) },
  ));

test('it is done once, and what is final is final again', () =>
  withCity(
    (city) => {
      const db = live(city, LOOP);
      expect(adoptDid(city.store, TEST_DID)).toBeGreaterThan(20);
      expect(JSON.stringify(everything(db))).not.toContain(PLACEHOLDER_DID);
      const before = everything(db);
      expect(adoptDid(city.store, 'did:plc:another2345abcdefghijklm')).toBe(0);
      expect(everything(db)).toEqual(before);
      expect(() => db.run(sql`update transfers set amount = amount + 1`)).toThrow();
      expect(() => db.run(sql`update reviews set note = 'other'`)).toThrow();
    },
    { did: PLACEHOLDER_DID },
  ));

test('a city that has no account yet writes nothing again, whatever was published before', () =>
  withCity(
    (city) => {
      const db = live(city, LOOP);
      db.run(sql`update records set state = 'published', published_at = 1 where seq = 1`);
      const before = everything(db);
      expect(adoptDid(city.store, PLACEHOLDER_DID)).toBe(0);
      expect(everything(db)).toEqual(before);
    },
    { did: PLACEHOLDER_DID },
  ));

test('it is refused once a record was published, and changes nothing', () =>
  withCity(
    (city) => {
      const db = live(city, LOOP);
      db.run(sql`update records set state = 'published', published_at = 1 where seq = 1`);
      const before = everything(db);
      expect(() => adoptDid(city.store, TEST_DID)).toThrow(/was published/);
      expect(everything(db)).toEqual(before);
    },
    { did: PLACEHOLDER_DID },
  ));

test('what fails halfway leaves the database under the placeholder, and its rules in force', () =>
  withCity(
    (city) => {
      const db = live(city, LOOP);
      db.run(sql`update records set value = 'broken' where seq = (select max(seq) from records)`);
      const before = everything(db);
      expect(() => adoptDid(city.store, TEST_DID)).toThrow();
      expect(everything(db)).toEqual(before);
      expect(city.store.read.cursors.get(CITY_DID)).toBe(PLACEHOLDER_DID);
      expect(() => db.run(sql`update transfers set amount = amount + 1`)).toThrow();
    },
    { did: PLACEHOLDER_DID },
  ));
