// As ground.node.ts, inside workerd: the database of the object that the test runs in, and the buckets
// and the Images of Cloudflare as its tools have them here.
import { env } from 'cloudflare:workers';
import { drizzle } from 'drizzle-orm/durable-sqlite';
import { createImagesCleaner } from '../../src/cloudflare/pictures.ts';
import { publicFetchThrough } from '../../src/cloudflare/public-fetch.ts';
import { createR2Spool } from '../../src/cloudflare/spool.ts';
import { atOnce } from '../../src/lib/outgoing.ts';
import { createPictureCheck } from '../../src/media/check-picture.ts';
import { memoryIn } from '../../src/store/memory.ts';
import * as schema from '../../src/store/schema/index.ts';
import { createStore } from '../../src/store/store.ts';
import type { Ground, GroundOptions, OpenDatabase } from './ground.ts';
import { storageOfTest } from './object-of-test.ts';

/** What is in a database: the rows of each table. */
type Content = ReadonlyMap<string, readonly (readonly SqlStorageValue[])[]>;

/** What the migrations leave: some rows, and triggers, which a test may take away. */
let migrated: { readonly content: Content; readonly triggers: readonly string[] } | undefined;
/** The handle that was opened last. */
let newest: object | undefined;

/**
 * The database of the object: an empty one, or one with this content. It is the same each time, so who
 * had it before has it no more: to migrate another object for each test takes longer than most of what
 * a test does.
 */
export function openDatabase(
  options: { readonly content?: Content } = {},
): OpenDatabase & { readonly content: () => Content } {
  const storage = storageOfTest();
  const { sql } = storage;
  migrated ??= {
    content: contentOf(sql),
    triggers: schemaOf(sql, 'trigger').map((trigger) => trigger.sql),
  };
  const { triggers, content: empty } = migrated;
  const { content = empty } = options;
  storage.transactionSync(() => fill(sql, content, triggers));
  const handle = handleOf(storage);
  const db = drizzle(handle as DurableObjectStorage, { schema });
  return {
    db,
    inTransaction: handle.transactionSync,
    meddle: (statements) => {
      sql.exec(statements);
      memoryIn(db).forgetAll();
    },
    content: () => contentOf(sql),
    // What is in it goes when it is opened again.
    close: () => undefined,
  };
}

/** A handle for each time it is opened: what a store remembers, it remembers by this. */
function handleOf(storage: DurableObjectStorage) {
  const handle = {
    sql: {
      exec: (query: string, ...values: readonly SqlStorageValue[]) => {
        if (newest !== handle) throw new Error('Another city has this database now.');
        return storage.sql.exec(query, ...values);
      },
    },
    transactionSync: <T>(work: () => T): T => storage.transactionSync(work),
  };
  newest = handle;
  return handle;
}

/** Those of ours; the runtime and the migrator have others, whose names begin with a line. */
const OURS = `type = ? and name not like '\\_%' escape '\\' and name not like 'sqlite%'`;

const schemaOf = (sql: SqlStorage, type: 'table' | 'trigger') =>
  sql
    .exec<{ name: string; sql: string }>(`select name, sql from sqlite_schema where ${OURS}`, type)
    .toArray();

const contentOf = (sql: SqlStorage): Content =>
  new Map(
    schemaOf(sql, 'table').map(({ name }) => [
      name,
      [...sql.exec(`select * from "${name}"`).raw()],
    ]),
  );

/** Puts this content in the place of what there is; no trigger has a say in it. */
function fill(sql: SqlStorage, content: Content, triggers: readonly string[]): void {
  sql.exec('pragma defer_foreign_keys = on');
  for (const { name } of schemaOf(sql, 'trigger')) sql.exec(`drop trigger "${name}"`);
  for (const name of content.keys()) sql.exec(`delete from "${name}"`);
  for (const [name, rows] of content) {
    for (const row of rows) {
      sql.exec(`insert into "${name}" values (${row.map(() => '?').join(', ')})`, ...row);
    }
  }
  for (const trigger of triggers) sql.exec(trigger);
  // Else it would hold until the end of the event, which is longer than this transaction.
  sql.exec('pragma defer_foreign_keys = off');
}

export function openGround(options: GroundOptions): Ground {
  const { store, close } = options.opened ?? openStore();
  const spool = options.spool ?? createR2Spool(env.PICTURES);
  return {
    ...{ folder: '', store, spool, close, createPublicFetch: publicFetchThrough(atOnce) },
    checkPicture: createPictureCheck(spool, createImagesCleaner(env.IMAGES)),
    readFile: (path) => Promise.reject(new Error(`There is no file ${path}: a worker has none.`)),
  };
}

function openStore() {
  const { db, inTransaction, close } = openDatabase();
  return { store: createStore(db, inTransaction), close };
}
