/** Every statement of the store as we run it, beside drizzle: the same parameters, the same rows. */
import { Column, fillPlaceholders, is, Param, Placeholder } from 'drizzle-orm';
import * as utils from 'drizzle-orm/utils';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { binderOf, type Prepared, rowMapperOf } from '../../src/store/compile.ts';
import { collectStatements } from '../../src/store/statements.ts';
import { createStore } from '../../src/store/store.ts';
import { openMemory } from '../support/migrated.ts';

// Drizzle's own, which its types leave out.
const { mapResultRow } = utils as unknown as {
  readonly mapResultRow: (
    fields: Prepared['fields'],
    row: readonly unknown[],
    joinsNotNullableMap: Prepared['joinsNotNullableMap'],
  ) => unknown;
};

/** All statements of a store, as drizzle compiled them and SQLite took them. */
function statementsOfTheStore(): Prepared[] {
  const { db, inTransaction, close } = openMemory();
  const statements = collectStatements(() => createStore(db, inTransaction)).map((prepare) =>
    prepare(),
  );
  close();
  return statements;
}

const STATEMENTS = statementsOfTheStore();
const SELECTING = STATEMENTS.filter(({ fields }) => fields !== undefined);

const placeholderOf = (param: unknown): string | undefined => {
  if (is(param, Placeholder)) return param.name;
  return is(param, Param) && is(param.value, Placeholder) ? param.value.name : undefined;
};

/** A value as SQLite gives it for a column; a text is one that a column of JSON can read, too. */
const rawValue = (field: unknown): fc.Arbitrary<unknown> => {
  if (is(field, Column) && field.getSQLType() === 'blob') {
    return fc.option(fc.uint8Array({ maxLength: 4 }));
  }
  if (is(field, Column) && field.getSQLType() === 'integer') return fc.option(fc.integer());
  return fc.option(fc.integer().map(String));
};

test('the store has statements of every kind', () => {
  expect(STATEMENTS.length).toBeGreaterThan(300);
  expect(SELECTING.length).toBeGreaterThan(150);
  expect(SELECTING.some(({ fields }) => fields?.some(({ path }) => path.length > 1))).toBe(true);
});

const bindsAsDrizzle = ({ query }: Prepared): void => {
  const names = new Set(query.params.flatMap((param) => placeholderOf(param) ?? []));
  const bind = binderOf({ query });
  const anything = fc.oneof(fc.integer(), fc.string());
  const values = fc.record(Object.fromEntries([...names].map((name) => [name, anything])));
  fc.assert(
    fc.property(values, (given) => {
      expect(bind(given)).toEqual(fillPlaceholders([...query.params], given));
    }),
    { numRuns: 3 },
  );
};

test('values are bound in the order that drizzle binds them in', () => {
  STATEMENTS.forEach(bindsAsDrizzle);
});

test('a value that is left out is refused, and null is a value', () => {
  const bind = binderOf({ query: { sql: '', params: [new Placeholder('id')] } });
  expect(() => bind({})).toThrow('no value for id');
  expect(bind({ id: null })).toEqual([null]);
});

const mapsAsDrizzle = ({ fields = [], joinsNotNullableMap }: Prepared): void => {
  const mapRow = rowMapperOf({ fields, joinsNotNullableMap });
  const raw = fc.tuple(...fields.map(({ field }) => rawValue(field)));
  fc.assert(
    fc.property(raw, (row) => {
      expect(mapRow(row)).toEqual(mapResultRow(fields, row, joinsNotNullableMap));
    }),
    { numRuns: 20 },
  );
};

test('rows become the objects that drizzle makes of them', () => {
  SELECTING.forEach(mapsAsDrizzle);
});

test('a statement that returns nothing has no rows', () => {
  const mapRow = rowMapperOf({ fields: undefined });
  expect(() => mapRow([])).toThrow('returns nothing');
});

test('no inner query compares two columns without their tables', () => {
  // In what a query of one table selects, drizzle writes columns without it: `task_id = id` then
  // compares two columns of the inner table.
  const bare = STATEMENTS.map(({ query }) => query.sql).filter((text) =>
    /\(\s*select(?:\([^()]*\)|[^()])*?(?<![."\w])"\w+" = "\w+"/.test(text),
  );
  expect(bare).toEqual([]);
});
