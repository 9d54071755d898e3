/**
 * What statements found in tables that are seldom written, known until one of these tables is
 * written again: nearly every message asks the same of them. It counts inside a transaction alone,
 * where nobody else writes, and is forgotten where a transaction is undone or another program wrote.
 */
import { getTableName, is, Table } from 'drizzle-orm';
import { BoundedMap } from '../lib/memo.ts';
import { type Compiled, type Prepared, placeholderName, type Values } from './compile.ts';
import type { Database } from './database.ts';
import * as schema from './schema/index.ts';

/** The tables that every message reads and few messages write. */
export const SELDOM_WRITTEN: ReadonlySet<string> = new Set([
  ...['account_pairs', 'books', 'cursors', 'delegations', 'identities', 'moves', 'offers'],
  ...['partners', 'persons', 'places', 'recovery_codes', 'shared_phones', 'standings'],
]);

/** The answers that one statement keeps; where there are more, it begins again with none. */
const ANSWERS_MAX = 2_000;
/** Longer lists are not kept. */
const ROWS_MAX = 20;

/** What a statement found under the values of its parameters, since one of its tables was written. */
type Answers = BoundedMap<unknown, unknown>;

/** The driver's own handle of a database. */
type Client = object;

export class Memory {
  readonly #readersOf = new Map<string, Answers[]>();
  readonly #written = new Set<string>();
  #depth = 0;

  /** Whether answers count now. */
  get isOpen(): boolean {
    return this.#depth > 0;
  }

  /** Runs a transaction, or a part of one: what was written in one that is undone was never there. */
  during<T>(work: () => T): T {
    if (this.#depth === 0) this.#written.clear();
    this.#depth += 1;
    let isDone = false;
    try {
      const value = work();
      isDone = true;
      return value;
    } finally {
      this.#depth -= 1;
      if (!isDone) for (const table of this.#written) this.#forget(table);
    }
  }

  /** Something is about to write a table. */
  write(table: string): void {
    this.#written.add(table);
    this.#forget(table);
  }

  /** Something wrote that this does not know of. */
  forgetAll(): void {
    for (const table of this.#readersOf.keys()) this.write(table);
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

  #forget(table: string): void {
    for (const answers of this.#readersOf.get(table) ?? []) answers.clear();
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
        memory.forgetAll();
        return db.run(...query);
      },
    },
  });

const WRITES = /^\s*(?:insert into|update|delete from)\s+"?(\w+)"?/i;
const READS = /^\s*select\b/i;

/** Every table of the database. */
const TABLES = Object.values(schema).flatMap((one) => (is(one, Table) ? [getTableName(one)] : []));

/** The tables that a statement could read. */
const tablesIn = (text: string): string[] =>
  TABLES.filter((table) => new RegExp(`\\b${table}\\b`).test(text));

/** A statement that tells what it writes, or, where it reads what seldom changes, keeps what it found. */
export function remembering({ query, stmt, client }: Prepared, statement: Compiled): Compiled {
  const handle = stmt?.database ?? client;
  if (handle === undefined) return statement;
  const memory = memoryOf(handle);
  const written = WRITES.exec(query.sql)?.[1];
  if (written !== undefined) return telling(statement, () => memory.write(written));
  if (!READS.test(query.sql)) throw new Error(`memory: neither reads nor writes: ${query.sql}`);
  const tables = tablesIn(query.sql);
  const names = [...new Set(query.params.flatMap((param) => placeholderName(param) ?? []))];
  const isKept = tables.length > 0 && tables.every((table) => SELDOM_WRITTEN.has(table));
  // What depends on the time is asked for once.
  if (!isKept || names.includes('now')) return statement;
  return keeping(statement, names, { memory, answers: memory.answersFrom(tables) });
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

type Kept = { readonly memory: Memory; readonly answers: Answers };

function keeping(
  statement: Compiled,
  names: readonly string[],
  { memory, answers }: Kept,
): Compiled {
  const [only] = names;
  const keyOf = (values: Values): unknown =>
    names.length === 1 && only !== undefined
      ? values[only]
      : JSON.stringify(names.map((name) => values[name]));
  const kept =
    <Found>(find: (values: Values) => Found) =>
    (values: Values): Found => {
      if (!memory.isOpen) return find(values);
      const key = keyOf(values);
      const answer = answers.get(key);
      if (answer !== undefined || answers.has(key)) return answer as Found;
      const found = find(values);
      if (!Array.isArray(found) || found.length <= ROWS_MAX) answers.set(key, freeze(found));
      return found;
    };
  return { get: kept(statement.get), all: kept(statement.all), run: statement.run };
}

/** Many read what was found: nobody changes it. */
function freeze(found: unknown): unknown {
  if (Array.isArray(found)) for (const row of found) Object.freeze(row);
  return Object.freeze(found);
}
