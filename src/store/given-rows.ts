/** Statements over many rows at once, since one for each row would make filling a database slow. */
import { sql } from 'drizzle-orm';
import type { Database } from './database.ts';

export type Value = string | number | null;
/** A row as an array of values, or as an object. What an object lacks is null. */
type GivenRow = readonly Value[] | Readonly<Record<string, Value>>;
export type OverRows = (rows: readonly GivenRow[]) => void;

/**
 * A statement that reads `from @rows`: `$0` is the first value of a row, `$name` the value of that
 * name. One parameter holds any number of rows, since a Durable Object binds at most a hundred.
 */
export function overRows(db: Database, text: string): OverRows {
  const [before = '', after = ''] = text
    .replace(/\$(\w+)/g, (_found, key: string) =>
      /^\d+$/.test(key) ? `(given.value ->> ${key})` : `(given.value ->> '${key}')`,
    )
    .split('@rows');
  return (rows) => {
    if (rows.length === 0) return;
    const given = sql`(select key, value from json_each(${JSON.stringify(rows)}))`;
    db.run(sql`${sql.raw(before)}${given} as given${sql.raw(after)}`);
  };
}
