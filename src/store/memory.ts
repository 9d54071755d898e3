/**
 * What statements found, known until one of their tables is written again: one message asks the same
 * several times. It counts inside a transaction alone, where nobody else writes. What was found in
 * tables that are seldom written is known to the next transactions, too, since nearly every message
 * asks for it; it is forgotten where a transaction is undone or another program wrote.
 */
import { getTableName, is, Table } from 'drizzle-orm';
import { BoundedMap } from '../lib/memo.ts';
import { type Compiled, type Prepared, placeholderName, type Values } from './compile.ts';
import type { Database } from './database.ts';
import { DelayedRows } from './delayed-rows.ts';
import * as schema from './schema/index.ts';

/** The tables that every message reads and few messages write. */
const SELDOM_WRITTEN: ReadonlySet<string> = new Set([
  ...['account_pairs', 'books', 'code_failures', 'cursors', 'delegations', 'identities', 'moves'],
  ...['offers', 'partners', 'persons', 'places', 'recovery_codes', 'shared_phones', 'standings'],
]);

/** The tables that the database itself writes when one is written. */
export const WRITTEN_BY_TRIGGERS: Readonly<Record<string, readonly string[]>> = {
  transfers: ['accounts'],
};

/** The answers that one statement keeps; where there are more, it begins again with none. */
const ANSWERS_MAX = 2_000;
/** Longer lists are not kept. */
const ROWS_MAX = 20;
/** Nor is what was found for more values than that, as JSON. */
const KEY_LENGTH_MAX = 200;

/** What a statement found under the values of its parameters, since one of its tables was written. */
type Answers = BoundedMap<unknown, unknown>;

/** The driver's own handle of a database. */
type Client = object;

export class Memory {
  /** What the open transaction has still to write. */
  readonly delayed = new DelayedRows();
  readonly #readersOf = new Map<string, Answers[]>();
  readonly #written = new Set<string>();
  /** What counts until the end of the transaction. */
  readonly #passing: Answers[] = [];
  readonly #writes = new Map<string, number>();
  #depth = 0;

  /** Whether answers count now. */
  get isOpen(): boolean {
    return this.#depth > 0;
  }

  /** Runs a transaction, or a part of one: what was written in one that is undone was never there. */
  during<T>(work: () => T): T {
    if (this.#depth === 0) this.#written.clear();
    // A part that is undone takes nothing with it that was there before.
    this.delayed.write();
    this.#depth += 1;
    let isDone = false;
    try {
      const value = work();
      isDone = true;
      return value;
    } finally {
      this.#depth -= 1;
      if (!isDone) this.#undo();
      if (this.#depth === 0) this.#forgetPassing();
    }
  }

  /** Something is about to write a table. */
  write(table: string): void {
    this.#writes.set(table, this.writesOf(table) + 1);
    this.outdate(table);
    for (const other of WRITTEN_BY_TRIGGERS[table] ?? []) this.write(other);
  }

  /** What was found in a table is true no more. */
  outdate(table: string): void {
    this.#written.add(table);
    this.#forget(table);
  }

  /** How often a table was written; another number means that it was written since, or may have been. */
  writesOf(table: string): number {
    return this.#writes.get(table) ?? 0;
  }

  /** The last write of a table is nothing that anybody waits for who looks at `writesOf`. */
  discount(table: string): void {
    this.#writes.set(table, this.writesOf(table) - 1);
  }

  /** Something wrote that this does not know of. */
  forgetAll(): void {
    for (const { table } of TABLES) this.write(table);
  }

  /** Answers of a statement that reads these tables. */
  answersFrom(tables: readonly string[]): Answers {
    const answers: Answers = new BoundedMap(ANSWERS_MAX);
    for (const table of tables) {
      const readers = this.#readersOf.get(table);
      if (readers === undefined) this.#readersOf.set(table, [answers]);
      else readers.push(answers);
    }
    return answers;
  }

  /** These answers count until the end of the transaction, and no longer. */
  passing(answers: Answers): void {
    this.#passing.push(answers);
  }

  #undo(): void {
    this.delayed.drop();
    for (const table of this.#written) this.#forget(table);
  }

  #forget(table: string): void {
    for (const answers of this.#readersOf.get(table) ?? []) answers.clear();
  }

  #forgetPassing(): void {
    for (const answers of this.#passing) answers.clear();
    this.#passing.length = 0;
  }
}

/** One answer, which who writes the table can give, too. */
export type Known<Found> = {
  readonly get: () => Found;
  /** What there is now, right after it was written. */
  readonly put: (found: Found) => void;
};

/** What `find` finds in a table, asked once and given anew by who writes the table. */
export function known<Found>(memory: Memory, table: string, find: () => Found): Known<Found> {
  const answers = memory.answersFrom([table]);
  return {
    get: () => {
      if (!memory.isOpen) return find();
      if (!answers.has(table)) answers.set(table, find());
      return answers.get(table) as Found;
    },
    put: (found) => {
      answers.set(table, found);
    },
  };
}

const memories = new WeakMap<Client, Memory>();

/** What is known of a database, by the driver's own handle of it. */
export function memoryOf(client: Client): Memory {
  const before = memories.get(client);
  if (before !== undefined) return before;
  const memory = new Memory();
  memories.set(client, memory);
  return memory;
}

/** What is known of a database. */
export const memoryIn = (db: Database): Memory =>
  // Drizzle's types leave out what both runtimes have.
  memoryOf((db as unknown as { readonly $client: Client }).$client);

/** The same database, where what is written in words that no statement was prepared for is noticed. */
export const watched = (db: Database, memory: Memory): Database =>
  Object.create(db, {
    run: {
      value: (...query: Parameters<Database['run']>) => {
        memory.delayed.write();
        memory.forgetAll();
        return db.run(...query);
      },
    },
  });

const WRITES = /^\s*(?:insert into|update|delete from)\s+"?(\w+)"?/i;
const READS = /^\s*select\b/i;

/** Every table of the database, and its name as a statement says it. */
const TABLES = Object.values(schema).flatMap((one) => {
  if (!is(one, Table)) return [];
  const table = getTableName(one);
  return [{ table, said: new RegExp(`\\b${table}\\b`) }];
});

/** The tables that a statement could read. */
const tablesIn = (text: string): string[] =>
  TABLES.flatMap(({ table, said }) => (said.test(text) ? [table] : []));

/** A statement that tells what it writes, or keeps what it found. */
export function remembering({ query, stmt, client }: Prepared, statement: Compiled): Compiled {
  const handle = stmt?.database ?? client;
  if (handle === undefined) return statement;
  const memory = memoryOf(handle);
  const written = WRITES.exec(query.sql)?.[1];
  const tables = tablesIn(query.sql);
  if (written !== undefined) {
    return telling(statement, () => {
      memory.delayed.write(tables);
      memory.write(written);
    });
  }
  if (!READS.test(query.sql)) throw new Error(`memory: neither reads nor writes: ${query.sql}`);
  const names = [...new Set(query.params.flatMap((param) => placeholderName(param) ?? []))];
  if (tables.length === 0) return statement;
  // What depends on the time is not asked for again by the next transaction.
  const isLasting = tables.every((table) => SELDOM_WRITTEN.has(table)) && !names.includes('now');
  const answers = memory.answersFrom(tables);
  return keeping(statement, names, { memory, tables, answers, isLasting });
}

const telling = (statement: Compiled, tell: () => void): Compiled => ({
  get: (values) => {
    tell();
    return statement.get(values);
  },
  all: (values) => {
    tell();
    return statement.all(values);
  },
  run: (values) => {
    tell();
    statement.run(values);
  },
});

type Kept = {
  readonly memory: Memory;
  readonly tables: readonly string[];
  readonly answers: Answers;
  /** Whether the next transactions know it, too. */
  readonly isLasting: boolean;
};

function keeping(
  statement: Compiled,
  names: readonly string[],
  { memory, tables, answers, isLasting }: Kept,
): Compiled {
  const [only] = names;
  const keyOf = (values: Values): unknown =>
    names.length === 1 && only !== undefined
      ? values[only]
      : JSON.stringify(names.map((name) => values[name]));
  const keep = (key: unknown, found: unknown): void => {
    if (Array.isArray(found) && found.length > ROWS_MAX) return;
    if (typeof key === 'string' && key.length > KEY_LENGTH_MAX) return;
    if (!isLasting && answers.size === 0) memory.passing(answers);
    answers.set(key, freeze(found));
  };
  const kept =
    <Found>(find: (values: Values) => Found) =>
    (values: Values): Found => {
      if (!memory.isOpen) return find(values);
      const key = keyOf(values);
      const answer = answers.get(key);
      if (answer !== undefined || answers.has(key)) return answer as Found;
      memory.delayed.write(tables);
      const found = find(values);
      keep(key, found);
      return found;
    };
  return {
    get: kept(statement.get),
    all: kept(statement.all),
    run: statement.run,
    know: (values, found) => {
      if (memory.isOpen) keep(keyOf(values), found);
    },
  };
}

/** Many read what was found: nobody changes it. */
function freeze(found: unknown): unknown {
  if (Array.isArray(found)) for (const row of found) Object.freeze(row);
  return Object.freeze(found);
}
