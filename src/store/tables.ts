/**
 * Reads whole tables and fills them, row by row as they are, so that a city can move from one database
 * to another. The ledger's triggers check every transfer that comes in, and add up the balances anew.
 */
import { sql } from 'drizzle-orm';
import type { Database } from './database.ts';
import { overRows, type Value } from './given-rows.ts';
import { memoryIn } from './memory.ts';

/** A row, its values by the names of their columns; bytes are written in hex. */
type Row = Readonly<Record<string, Value>>;

/** Some rows of one table, in the order of their keys. */
export type TablePage = { readonly table: string; readonly rows: readonly Row[] };

/** What was read, and the key behind which the next page begins; null where nothing was read. */
export type ReadPage = TablePage & { readonly next: Row | null };
export type Table = { readonly name: string; readonly rows: number };

type Column = { readonly name: string; readonly type: string; readonly pk: number };
type Shape = {
  readonly name: string;
  readonly columns: readonly Column[];
  /** What a row is known by, and ordered by. */
  readonly key: readonly string[];
};

/** Follows from the transfers: the triggers add it up. */
const ADDED_UP: Readonly<Record<string, readonly string[]>> = {
  accounts: ['debits_posted', 'debits_pending', 'credits_posted', 'credits_pending'],
};
const MIGRATIONS = '__drizzle_migrations';
const ROWID = 'rowid';
/** A Durable Object takes a parameter of 2 MB, and a page is one. */
const PAGE_BYTES_MAX = 1_000_000;
const ENCODER = new TextEncoder();

const query = <T>(db: Database, text: string): T[] => db.all<T>(sql.raw(text));

/** The tables of a city, each after those that it refers to. */
function namesInOrder(db: Database): readonly string[] {
  const names = query<{ name: string }>(
    db,
    `select name from sqlite_master
      where type = 'table' and name not glob '_*' and name not glob 'sqlite_*' order by name`,
  ).map(({ name }) => name);
  const ordered = new Set<string>();
  const visit = (name: string, above: readonly string[]): void => {
    if (ordered.has(name)) return;
    if (above.includes(name))
      throw new Error(`The tables refer to one another in a circle: ${name}`);
    const parents = query<{ table: string }>(db, `pragma foreign_key_list(${name})`);
    for (const { table } of parents) if (table !== name) visit(table, [...above, name]);
    ordered.add(name);
  };
  for (const name of names) visit(name, []);
  return [...ordered];
}

function shapeOf(db: Database, name: string): Shape {
  // Names come from the database itself, and what strangers name is looked up among them first.
  const columns = query<Column>(db, `pragma table_info(${name})`);
  const ofKey = columns.filter(({ pk }) => pk > 0).toSorted((one, other) => one.pk - other.pk);
  const isRowid = ofKey.length === 1 && ofKey[0]?.type.toUpperCase() === 'INTEGER';
  const [{ text = '' } = {}] = query<{ text: string }>(
    db,
    `select sql as text from sqlite_master where type = 'table' and name = '${name}'`,
  );
  const hasRowid = !/without rowid/i.test(text);
  const keyNames = ofKey.map((column) => column.name);
  return { name, columns, key: isRowid || !hasRowid ? keyNames : [ROWID] };
}

/** The names of what is read of a row: a hidden key counts, since rows are looked through by it. */
const namesOf = ({ columns, key }: Shape): readonly string[] => [
  ...(key[0] === ROWID ? [ROWID] : []),
  ...columns.map(({ name }) => name),
];

const isBytes = ({ columns }: Shape, name: string): boolean =>
  columns.some((column) => column.name === name && column.type.toUpperCase() === 'BLOB');

/** Every table and how many rows it has, in the order in which they can be filled. */
export const tablesIn = (db: Database): readonly Table[] =>
  namesInOrder(db).map((name) => {
    const [found] = query<{ rows: number }>(db, `select count(*) as rows from "${name}"`);
    return { name, rows: found?.rows ?? 0 };
  });

/** Throws for a table that is not there. */
function known(db: Database, table: string): Shape {
  if (!namesInOrder(db).includes(table)) throw new Error('There is no such table.');
  return shapeOf(db, table);
}

/** Up to `rowsMax` rows behind `after`, the `next` of the page before; fewer where they are long. */
export function readTable(
  db: Database,
  table: string,
  { after, rowsMax }: { readonly after?: Row | undefined; readonly rowsMax: number },
): ReadPage {
  const shape = known(db, table);
  const { key } = shape;
  const keys = key.map((name) => `"${name}"`).join(', ');
  const columns = namesOf(shape).map((name) =>
    isBytes(shape, name) ? `hex("${name}") as "${name}"` : `"${name}"`,
  );
  const behind =
    after === undefined
      ? sql``
      : sql`where (${sql.raw(keys)}) > (${sql.join(
          key.map((name) => sql`${after[name] ?? null}`),
          sql`, `,
        )})`;
  const rows = db.all<Row>(
    sql`${sql.raw(`select ${columns.join(', ')} from "${table}"`)} ${behind}
      ${sql.raw(`order by ${keys} limit`)} ${rowsMax}`,
  );
  const taken = within(PAGE_BYTES_MAX, rows);
  const last = taken.at(-1);
  const next = last && Object.fromEntries(key.map((name) => [name, last[name] ?? null]));
  return { table, rows: taken, next: next ?? null };
}

/** The first of them that are not too long together; always one. */
function within(bytesMax: number, rows: readonly Row[]): readonly Row[] {
  let bytes = 0;
  const end = rows.findIndex((row, at) => {
    bytes += ENCODER.encode(JSON.stringify(row)).length;
    return at > 0 && bytes > bytesMax;
  });
  return end === -1 ? rows : rows.slice(0, end);
}

/** Adds rows as another database had them. Rejects what does not fit, with none of the page added. */
export function fillTable(db: Database, { table, rows }: TablePage): void {
  const shape = known(db, table);
  const addedUp = ADDED_UP[table] ?? [];
  const names = namesOf(shape).filter((name) => !addedUp.includes(name));
  const values = names.map((name) => (isBytes(shape, name) ? `unhex($${name})` : `$${name}`));
  memoryIn(db).forgetAll();
  const into = names.map((name) => `"${name}"`).join(', ');
  overRows(
    db,
    `insert into "${table}" (${into}) select ${values.join(', ')} from @rows order by given.key`,
  )(rows);
}

/** What a database knows before it is anybody's: the tables are there, and nothing is in them. */
export const isEmptyDatabase = (db: Database): boolean =>
  tablesIn(db).every(({ rows }) => rows === 0);

/** When the newest of its migrations was written (ms): the same for two of the same shape. */
export const shapeVersion = (db: Database): number =>
  Number(query<{ at: number }>(db, `select max(created_at) as at from ${MIGRATIONS}`)[0]?.at ?? 0);
