/**
 * Runs statements that drizzle compiled, without drizzle in between: their text, the order of their
 * parameters and the shape of their rows stay what drizzle made of them, and are worked out once.
 */
import { Column, getTableName, is, Param, Placeholder } from 'drizzle-orm';

/** The values of the placeholders of a statement, by their names. */
export type Values = Readonly<Record<string, unknown>>;

type Encoder = { readonly mapToDriverValue: (value: unknown) => unknown };
type Decoder = { readonly mapFromDriverValue: (value: unknown) => unknown };

/** A selected column or expression, and where in the row's object its value goes. */
type Field = { readonly path: readonly string[]; readonly field: unknown };

type RawRow = readonly unknown[];

/** A statement of better-sqlite3. */
type NodeStatement = {
  readonly raw: (isRaw: boolean) => unknown;
  readonly get: (params: readonly unknown[]) => RawRow | undefined;
  readonly all: (params: readonly unknown[]) => readonly RawRow[];
  readonly run: (params: readonly unknown[]) => unknown;
  /** The connection that it belongs to. */
  readonly database: object;
};

/** The storage of a Durable Object. */
type DurableStorage = {
  readonly sql: {
    readonly exec: (
      text: string,
      ...params: readonly unknown[]
    ) => { readonly raw: () => { readonly toArray: () => readonly RawRow[] } };
  };
};

/** What drizzle keeps in a prepared query, of either runtime. */
export type Prepared = {
  readonly query: { readonly sql: string; readonly params: readonly unknown[] };
  readonly fields?: readonly Field[] | undefined;
  /** By table: whether every row of the join has one of it. */
  readonly joinsNotNullableMap?: Readonly<Record<string, boolean>> | undefined;
  readonly stmt?: NodeStatement;
  readonly client?: DurableStorage;
};

type Driver = Pick<NodeStatement, 'get' | 'all' | 'run'>;

export type Compiled = {
  readonly get: (values: Values) => unknown;
  readonly all: (values: Values) => unknown[];
  readonly run: (values: Values) => void;
  /** Another statement found what this one would find. */
  readonly know?: (values: Values, found: unknown) => void;
};

/** Runs as drizzle's own `get`, `all` and `run` do. */
export function compile(prepared: Prepared): Compiled {
  const driver = driverOf(prepared);
  const bind = binderOf(prepared);
  const mapRow = rowMapperOf(prepared);
  return {
    get: (values) => {
      const raw = driver.get(bind(values));
      return raw === undefined ? undefined : mapRow(raw);
    },
    all: (values) => driver.all(bind(values)).map(mapRow),
    run: (values) => {
      driver.run(bind(values));
    },
  };
}

function driverOf({ stmt, client, query, fields }: Prepared): Driver {
  if (stmt !== undefined) {
    if (fields !== undefined) stmt.raw(true);
    return stmt;
  }
  if (client === undefined) throw new Error('store: a statement of no runtime that is known');
  const all = (params: readonly unknown[]) =>
    client.sql
      .exec(query.sql, ...params)
      .raw()
      .toArray();
  return { all, get: (params) => all(params)[0], run: all };
}

/** Puts the values of placeholders in the order of the parameters. */
export function binderOf({ query }: Pick<Prepared, 'query'>): (values: Values) => unknown[] {
  const readers = query.params.map((param): ((values: Values) => unknown) => {
    if (is(param, Placeholder)) return ofPlaceholder(param);
    if (is(param, Param) && is(param.value, Placeholder)) {
      const read = ofPlaceholder(param.value);
      const encoder: Encoder = param.encoder;
      return (values) => encoder.mapToDriverValue(read(values));
    }
    return () => param;
  });
  return (values) => readers.map((read) => read(values));
}

/** The name of the placeholder that a parameter is or holds. */
export function placeholderName(param: unknown): string | undefined {
  if (is(param, Placeholder)) return param.name;
  return is(param, Param) && is(param.value, Placeholder) ? param.value.name : undefined;
}

const ofPlaceholder =
  ({ name }: Placeholder) =>
  (values: Values): unknown => {
    const value = values[name];
    if (value === undefined) throw new Error(`store: no value for ${name}`);
    return value;
  };

/** Makes the object of a row. */
export function rowMapperOf({
  fields,
  joinsNotNullableMap = {},
}: Pick<Prepared, 'fields' | 'joinsNotNullableMap'>): (raw: RawRow) => unknown {
  if (fields === undefined) {
    return () => {
      throw new Error('store: a statement that returns nothing was asked for a row');
    };
  }
  const properties = Map.groupBy(
    fields.map((one, index) => ({ ...one, index })),
    ({ path }) => path[0] ?? '',
  );
  return objectOf(
    [...properties].map(([name, own]) => {
      const [first] = own;
      if (first?.path.length === 1) return { name, read: readerOf(first) };
      return { name, read: partOf(own, joinsNotNullableMap) };
    }),
  );
}

type Reads = (raw: RawRow) => unknown;

function objectOf(properties: readonly { readonly name: string; readonly read: Reads }[]): Reads {
  return (raw) => {
    const row: Record<string, unknown> = {};
    for (const { name, read } of properties) row[name] = read(raw);
    return row;
  };
}

type SelectedField = Field & { readonly index: number };

function readerOf({ field, index }: SelectedField): Reads {
  const decoder = decoderOf(field);
  return (raw) => {
    const value = raw[index] ?? null;
    return value === null ? null : decoder.mapFromDriverValue(value);
  };
}

function decoderOf(field: unknown): Decoder {
  if (is(field, Column)) return field;
  // Drizzle keeps these to itself.
  const { decoder, sql } = field as { decoder?: Decoder; sql?: { decoder: Decoder } };
  const found = decoder ?? sql?.decoder;
  if (found === undefined) throw new Error('store: a column of a kind that is not known');
  return found;
}

/** The columns of one table of a join; null where a left join found none, as drizzle tells it. */
function partOf(
  own: readonly SelectedField[],
  alwaysFound: Readonly<Record<string, boolean>>,
): Reads {
  const read = objectOf(own.map((one) => ({ name: one.path[1] ?? '', read: readerOf(one) })));
  const columns = own.filter(({ field }) => is(field, Column));
  const tables = new Set(columns.map(({ field }) => getTableName((field as Column).table)));
  const [table = ''] = tables;
  const first = columns[0];
  if (first === undefined || tables.size > 1 || alwaysFound[table] === true) return read;
  const isThere = readerOf(first);
  return (raw) => (isThere(raw) === null ? null : read(raw));
}
