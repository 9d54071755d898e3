/** Statements that are prepared once, when they are first called, and run whenever they are called. */
import { type Placeholder, type SQL, type SQLWrapper, sql } from 'drizzle-orm';
import { type Compiled, compile, type Prepared, type Values } from './compile.ts';
import { remembering } from './memory.ts';

type ValuesOf<Args extends unknown[]> = (...args: Args) => Values;

type Query<Method extends 'get' | 'all' | 'run', Result> = {
  readonly prepare: () => Readonly<Record<Method, (values: Values) => Result>>;
};

/** Where statements are collected that a store is made of, while somebody looks at all of them. */
let collected: (() => Prepared)[] | undefined;

/** Calls `open` and answers with all statements of the stores that it opens, ready to be prepared. */
export function collectStatements(open: () => unknown): readonly (() => Prepared)[] {
  const statements: (() => Prepared)[] = [];
  collected = statements;
  try {
    open();
  } finally {
    collected = undefined;
  }
  return statements;
}

/**
 * A statement that runs without drizzle, with the types that drizzle found for it. It is prepared
 * when it is first used: a store has hundreds, and most programs need a few of them.
 */
const prepare = <Method extends 'get' | 'all' | 'run', Result>(
  query: Query<Method, Result>,
): (() => Readonly<Record<Method, (values: Values) => Result>>) => {
  type Statement = ReturnType<typeof query.prepare>;
  // Drizzle's types hide what it keeps in a prepared query, and those of ours do not know its rows.
  const prepareNow = () => query.prepare() as unknown as Prepared;
  collected?.push(prepareNow);
  let statement: Statement | undefined;
  return () => {
    if (statement === undefined) {
      const prepared = prepareNow();
      statement = remembering(prepared, compile(prepared)) as Statement;
    }
    return statement;
  };
};

const NO_VALUES = {};
const noValues = (): Values => NO_VALUES;

/** The first row that a statement finds. */
export function get<Row, Args extends unknown[] = []>(
  query: Query<'get', Row>,
  values: ValuesOf<Args> = noValues,
): (...args: Args) => Row {
  const statement = prepare(query);
  return (...args) => statement().get(values(...args));
}

/**
 * The same, where another statement may have found the row already: `know` takes it in, and it is not
 * asked for again until its table is written.
 */
export function knowable<Row, Args extends unknown[]>(
  query: Query<'get', Row>,
  values: ValuesOf<Args>,
): { readonly find: (...args: Args) => Row; readonly know: (row: Row, ...args: Args) => void } {
  type Knowing = ReturnType<ReturnType<typeof prepare<'get', Row>>> & Pick<Compiled, 'know'>;
  const statement: () => Knowing = prepare(query);
  return {
    find: (...args) => statement().get(values(...args)),
    know: (row, ...args) => statement().know?.(values(...args), row),
  };
}

/** All rows that a statement finds or changes. */
export function all<Rows, Args extends unknown[] = []>(
  query: Query<'all', Rows>,
  values: ValuesOf<Args> = noValues,
): (...args: Args) => Rows {
  const statement = prepare(query);
  return (...args) => statement().all(values(...args));
}

/** Does a statement find or change anything? */
export function exists<Args extends unknown[] = []>(
  query: Query<'get', unknown>,
  values?: ValuesOf<Args>,
): (...args: Args) => boolean {
  const first = get(query, values);
  return (...args) => first(...args) !== undefined;
}

/** What the first row that a statement finds has as `value`; undefined without one, or for null. */
export function value<Value, Args extends unknown[] = []>(
  query: Query<'get', { readonly value: Value } | undefined>,
  values?: ValuesOf<Args>,
): (...args: Args) => NonNullable<Value> | undefined {
  const first = get(query, values);
  return (...args) => first(...args)?.value ?? undefined;
}

/** What each row that a statement finds or changes has as `value`. */
export function list<Value, Args extends unknown[] = []>(
  query: Query<'all', readonly { readonly value: Value }[]>,
  values?: ValuesOf<Args>,
): (...args: Args) => Value[] {
  const rows = all(query, values);
  return (...args) => rows(...args).map((row) => row.value);
}

/** The number that a statement selects as `value`; 0 for null. */
export function count<Args extends unknown[] = []>(
  query: Query<'get', { readonly value: number | null } | undefined>,
  values?: ValuesOf<Args>,
): (...args: Args) => number {
  const first = get(query, values);
  return (...args) => first(...args)?.value ?? 0;
}

/** What a statement that always finds, inserts or changes a row returns of it. */
export function row<Row, Args extends unknown[] = []>(
  query: Query<'get', Row | undefined>,
  values?: ValuesOf<Args>,
): (...args: Args) => Row {
  const first = get(query, values);
  return (...args) => {
    const found = first(...args);
    if (found === undefined) throw new Error('store: a statement found no row');
    return found;
  };
}

/** The id of the row that a statement inserts. */
export function insert<Args extends unknown[]>(
  query: Query<'get', { readonly id: number } | undefined>,
  values: ValuesOf<Args>,
): (...args: Args) => number {
  const inserted = row(query, values);
  return (...args) => inserted(...args).id;
}

/** Runs a statement for what it changes. */
export function run<Args extends unknown[]>(
  query: Query<'run', unknown>,
  values: ValuesOf<Args>,
): (...args: Args) => void {
  const statement = prepare(query);
  return (...args) => {
    statement().run(values(...args));
  };
}

export const p = sql.placeholder;

/** Columns of a new row whose values are given at each run, by the columns' names. */
export const placeholders = <Name extends string>(...names: readonly Name[]) =>
  Object.fromEntries(names.map((name) => [name, p(name)])) as { [N in Name]: Placeholder<N> };

/** Columns that get a value given at each run, by the columns' names. */
export const changes = <Name extends string>(...names: readonly Name[]) =>
  Object.fromEntries(names.map((name) => [name, sql`${p(name)}`])) as { [N in Name]: SQL };

/** Columns of a row that is there already, which get the values of the new one. */
export const replacing = <Name extends string>(
  columns: Readonly<Record<Name, { readonly name: string }>>,
  ...names: readonly Name[]
) =>
  Object.fromEntries(names.map((name) => [name, sql.raw(`excluded.${columns[name].name}`)])) as {
    [N in Name]: SQL;
  };

/**
 * A value given at each run, in a condition. The plus changes nothing but this: SQLite, where it is
 * built with STAT4, would plan a statement anew for each value of a bare parameter, and planning a
 * join costs ten times what running it does.
 */
export const given = (name: string): SQL => sql`+${sql.placeholder(name)}`;

/**
 * Is it one of a list of values, given as JSON? One parameter holds any number of them: a Durable
 * Object binds at most 100 to a statement.
 */
export const isAmong = (column: SQLWrapper, name: string): SQL =>
  sql`${column} in (select value from json_each(${given(name)}))`;

export const COUNT = { value: sql<number>`count(*)` };
