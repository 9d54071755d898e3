/**
 * Rows that a transaction adds, written together: before anything reads or writes their table, and at
 * the end of the transaction. A message, and many messages in one commit, then take one statement for
 * all rows of a table.
 */
import type { Memory } from './memory.ts';

/** So many rows of a table wait at most: a statement has room for them in either runtime. */
const ROWS_MAX = 256;

/**
 * Adds rows to a table; `write` gets all that were added since it was last called, in order. Outside a
 * transaction each row is written at once.
 */
export function delayed<Row>(
  memory: Memory,
  table: string,
  write: (rows: readonly Row[]) => void,
): (row: Row) => void {
  let rows: Row[] = [];
  const take = (): readonly Row[] => {
    const taken = rows;
    rows = [];
    return taken;
  };
  return (row) => {
    if (!memory.isOpen) {
      write([row]);
      return;
    }
    if (rows.length === 0) {
      memory.delayed.add(table, { write: () => write(take()), drop: () => void take() });
      memory.outdate(table);
    }
    rows.push(row);
    if (rows.length >= ROWS_MAX) memory.delayed.write([table]);
  };
}
