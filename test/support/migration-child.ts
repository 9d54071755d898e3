// Opens the database that it is given, and ends itself with SIGKILL after so many statements.
import Sqlite from 'better-sqlite3';
import { openStore } from '../../src/store/open-node.ts';

const [path = '', count = '0'] = process.argv.slice(2);
let left = Number(count);

/** Kills right after the last statement it may run: what that did stands as it then stands. */
const passes = <T>(done: T): T => {
  left -= 1;
  if (left === 0) process.kill(process.pid, 'SIGKILL');
  return done;
};
const { prepare } = Sqlite.prototype;
Sqlite.prototype.prepare = function (this: Sqlite.Database, source: string) {
  const statement = prepare.call(this, source) as Sqlite.Statement;
  const { run } = statement;
  statement.run = (...values: unknown[]) => passes(run.apply(statement, values));
  return statement;
} as typeof prepare;

openStore(path).close();
