// A store in memory that counts its statements, by what each does to which tables.
import Sqlite from 'better-sqlite3';
import { drizzle } from 'drizzle-orm/better-sqlite3';
import { migrate } from 'drizzle-orm/better-sqlite3/migrator';
import { transactionsOf } from '../../src/store/open-node.ts';
import * as schema from '../../src/store/schema/index.ts';
import { createStore } from '../../src/store/store.ts';

/** What a statement does and to which tables, such as `select persons identities`. */
function nameOf(statement: string): string {
  const [verb = ''] = /^\w+/.exec(statement) ?? [];
  const tables = [...statement.matchAll(/\b(?:from|join|into|update)\s+"(\w+)"/gi)].map(
    ([, table]) => table,
  );
  return [verb.toLowerCase(), ...new Set(tables)].join(' ');
}

/** What begins, ends and nests transactions is told apart: each commit is one wait for the disk. */
const isOfTransactions = (name: string): boolean =>
  /^(?:begin|commit|rollback|savepoint|release|pragma)/.test(name);

export function openCountedStore() {
  let said: string[] = [];
  const client = new Sqlite(':memory:', { verbose: (one) => said.push(nameOf(String(one))) });
  const db = drizzle(client, { schema });
  migrate(db, { migrationsFolder: 'migrations' });
  const store = createStore(db, transactionsOf(client));
  return {
    opened: { store, close: () => void client.close() },
    /** The statements since the last time, and how many transactions were committed. */
    taken: () => {
      const names = said;
      said = [];
      return {
        statements: names.filter((name) => !isOfTransactions(name)),
        commits: names.filter((name) => name.startsWith('commit')).length,
      };
    },
  };
}
