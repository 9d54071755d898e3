// A city is brought up to date and killed after each statement of it: the next start does it all the
// same, and nothing tells the two apart.
import { fork } from 'node:child_process';
import { once } from 'node:events';
import { copyFileSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import Sqlite from 'better-sqlite3';
import { sql } from 'drizzle-orm';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { withMigrations } from '#test-migrations';
import journal from '../../migrations/meta/_journal.json' with { type: 'json' };
import { openStore } from '../../src/store/open-node.ts';
import { bundle } from '../support/bundle.ts';
import { STORE_AT_0001, STORE_AT_0003 } from '../support/old-stores.ts';

const CHILD = fileURLToPath(new URL('../support/migration-child.ts', import.meta.url));

let folder: string;
let program: string;
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'city-sync-test-'));
  program = await bundle(CHILD, folder);
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** Brings the database up to date in a process that dies after `count` statements; did it die? */
async function diesAfter(count: number, path: string): Promise<boolean> {
  const child = fork(program, [path, String(count)], {
    env: { PATH: process.env['PATH'], NODE_COMPILE_CACHE: join(folder, 'compiled') },
    execArgv: [],
  });
  const [code, signal] = await once(child, 'exit');
  if (signal !== 'SIGKILL') expect(code).toBe(0);
  return signal === 'SIGKILL';
}

/** Everything that is in a database: its tables, indices and triggers, and every row. */
function contentOf(path: string) {
  const client = new Sqlite(path, { readonly: true });
  try {
    const rows = (query: string) => client.prepare(query).all() as Record<string, unknown>[];
    const tables = rows(`select name from sqlite_master where type = 'table' order by name`);
    expect(rows('pragma integrity_check')).toEqual([{ integrity_check: 'ok' }]);
    expect(rows('pragma foreign_key_check')).toEqual([]);
    return {
      schema: rows('select type, name, tbl_name, sql from sqlite_master order by type, name'),
      rows: tables.map(({ name }) => [
        name,
        rows(`select * from "${name}"`)
          .map((row) => JSON.stringify(row))
          .toSorted(),
      ]),
    };
  } finally {
    client.close();
  }
}

/** Writes a database of after the first `count` migrations to this path. */
const writeOld = (path: string, count: number, statements: readonly string[]): Promise<void> =>
  withMigrations(count, async (db) => {
    for (const statement of statements) db.run(sql.raw(statement));
    db.run(sql`vacuum into ${path}`);
  });

const CASES: readonly (readonly [string, number, readonly string[]])[] = [
  ['that is new', 0, []],
  ['of before places and activities', 2, STORE_AT_0001],
  ['of before any language', 4, [...STORE_AT_0001, ...STORE_AT_0003]],
];

it.each(CASES)('a database %s survives a kill after every statement', async (_, count, old) => {
  const start = join(folder, `start-${count}.db`);
  await writeOld(start, count, old);
  const whole = join(folder, `whole-${count}.db`);
  copyFileSync(start, whole);
  openStore(whole).close();
  const expected = contentOf(whole);
  expect(expected.schema).not.toEqual(contentOf(start).schema);

  let deaths = 0;
  let at = 0;
  let isWhole = false;
  /** Kills after one statement after the other, until one comes to its end. */
  const work = async (): Promise<void> => {
    while (!isWhole) {
      at += 1;
      const statement = at;
      const path = join(folder, `killed-${count}-${statement}.db`);
      copyFileSync(start, path);
      if (await diesAfter(statement, path)) deaths += 1;
      else isWhole = true;
      openStore(path).close();
      expect(contentOf(path), `killed after statement ${statement}`).toEqual(expected);
      rmSync(path);
    }
  };
  await Promise.all([work(), work(), work()]);
  // Each migration left has a statement and its mark, beside what begins and ends them all.
  expect(deaths).toBeGreaterThan(2 * (journal.entries.length - count) + 2);
});
