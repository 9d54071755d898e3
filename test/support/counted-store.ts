// A store in memory that counts its statements, by what each does to which tables.
import { openMemoryStore } from './migrated.ts';

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
  const opened = openMemoryStore({ verbose: (one) => said.push(nameOf(String(one))) });
  return {
    opened,
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
