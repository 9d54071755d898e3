/** The rows that an open transaction has still to write. */

type Waiting = { readonly write: () => void; readonly drop: () => void };

/** The tables of which rows wait, each with what writes its rows or drops them. */
export class DelayedRows {
  readonly #waiting = new Map<string, Waiting>();

  add(table: string, waiting: Waiting): void {
    this.#waiting.set(table, waiting);
  }

  /** Writes what waits for these tables; without any, all that waits. */
  write(tables: Iterable<string> = this.#waiting.keys()): void {
    if (this.#waiting.size === 0) return;
    for (const table of tables) {
      const waiting = this.#waiting.get(table);
      if (waiting === undefined) continue;
      this.#waiting.delete(table);
      waiting.write();
    }
  }

  /** Their transaction is undone. */
  drop(): void {
    for (const { drop } of this.#waiting.values()) drop();
    this.#waiting.clear();
  }
}
