/** Statements that are prepared once, when the store is opened, and run as often as they are called. */
import { type Placeholder, type SQL, type SQLWrapper, sql } from 'drizzle-orm';

/** What the placeholders of a statement stand for, by their names. */
type Values = Record<string, unknown>;

type Query<Method extends 'get' | 'all' | 'run', Result> = {
  readonly prepare: () => Readonly<Record<Method, (values: Values) => Result>>;
};

/** The first row that a statement finds. */
export function get<Row, Args extends unknown[]>(
  query: Query<'get', Row>,
  values: (...args: Args) => Values,
): (...args: Args) => Row {
  const statement = query.prepare();
  return (...args) => statement.get(values(...args));
}

/** All rows that a statement finds or changes. */
export function all<Rows, Args extends unknown[]>(
  query: Query<'all', Rows>,
  values: (...args: Args) => Values,
): (...args: Args) => Rows {
  const statement = query.prepare();
  return (...args) => statement.all(values(...args));
}

/** The number that a statement selects as `count`. */
export function count<Args extends unknown[]>(
  query: Query<'get', { readonly count: number } | undefined>,
  values: (...args: Args) => Values,
): (...args: Args) => number {
  const statement = query.prepare();
  return (...args) => statement.get(values(...args))?.count ?? 0;
}

/** The id of the row that a statement inserts. */
export function insert<Args extends unknown[]>(
  query: Query<'get', { readonly id: number } | undefined>,
  values: (...args: Args) => Values,
): (...args: Args) => number {
  const statement = query.prepare();
  return (...args) => {
    const row = statement.get(values(...args));
    if (row === undefined) throw new Error('insert: nothing was inserted');
    return row.id;
  };
}

/** Runs a statement for what it changes. */
export function run<Args extends unknown[]>(
  query: Query<'run', unknown>,
  values: (...args: Args) => Values,
): (...args: Args) => void {
  const statement = query.prepare();
  return (...args) => {
    statement.run(values(...args));
  };
}

export const p = sql.placeholder;

/** Columns of a new row whose values are given at each run, by the columns' names. */
export const placeholders = <Name extends string>(...names: readonly Name[]) =>
  Object.fromEntries(names.map((name) => [name, p(name)])) as { [N in Name]: Placeholder<N> };

/** Columns that get a value given at each run, by the columns' names. */
export const changes = <Name extends string>(...names: readonly Name[]) =>
  Object.fromEntries(names.map((name) => [name, sql`${p(name)}`])) as { [N in Name]: SQL };

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
