/** This machine as a place of a city: the database that the environment names, and its pictures. */
import { existsSync, renameSync } from 'node:fs';
import { openKeys } from '../city/keys.ts';
import { ConfigError, type Environment, readEnvironment } from '../config/config.ts';
import { createKeys } from '../lib/crypto.ts';
import { systemRandom } from '../lib/random.ts';
import { createSpool, spoolBeside } from '../media/spool.ts';
import { MOVED, openDatabase } from '../node/database.ts';
import { CITY_DID, cursorsReads } from '../store/cursors.ts';
import type { Database } from '../store/database.ts';
import { buildDatabase, leftOf, openSnapshot, shapeOfNew } from '../store/open-node.ts';
import { fillTable, isEmptyDatabase, readTable, shapeVersion, tablesIn } from '../store/tables.ts';
import type { Home, NewHome } from '../tools/move/place.ts';
import type { Surroundings } from './tool.ts';

const ROWS_A_PAGE = 2000;

function keyIdsOf({ secretKey, previousSecretKey: previous }: Environment) {
  if (secretKey === undefined) throw new ConfigError('SECRET_KEY is missing: take the city’s.');
  const keys = createKeys(secretKey, systemRandom, { previous });
  return { keyId: keys.keyId, previousKeyId: keys.previous?.keyId ?? null };
}

const readable = (db: Database): Pick<Home, 'tables' | 'read'> => ({
  tables: async () => tablesIn(db),
  read: async (table, after) => readTable(db, table, { after, rowsMax: ROWS_A_PAGE }),
});

/** The city of this machine. It must not run. */
export function openNodeHome(env: Surroundings['env']): Home & AsyncDisposable {
  const environment = readEnvironment(env);
  const { databasePath: path } = environment;
  const keyIds = keyIdsOf(environment);
  if (!existsSync(path)) {
    throw new ConfigError(`There is no database at ${path}: DATABASE_PATH names the city’s.`);
  }
  const spool = createSpool(spoolBeside(path));
  let frozen = new AsyncDisposableStack();
  let db: Database | undefined;
  let empty: () => void = () => undefined;
  const thawed = async (): Promise<void> => {
    db = undefined;
    await frozen.disposeAsync();
    frozen = new AsyncDisposableStack();
  };
  const frozenDatabase = (): Database => {
    if (db === undefined) throw new Error('openNodeHome: it is not frozen');
    return db;
  };
  return {
    name: path,
    facts: async () => {
      const { db: snapshot, close } = openSnapshot(path);
      try {
        const did = cursorsReads(snapshot).get(CITY_DID) ?? null;
        return {
          did,
          ...keyIds,
          shape: shapeVersion(snapshot),
          isEmpty: isEmptyDatabase(snapshot),
        };
      } finally {
        close();
      }
    },
    freeze: async () => {
      const { store, emptyLog } = openDatabase(path, frozen);
      openKeys(store, path, environment);
      const snapshot = openSnapshot(path);
      frozen.defer(snapshot.close);
      db = snapshot.db;
      empty = () => {
        snapshot.close();
        emptyLog();
      };
    },
    thaw: thawed,
    leave: async () => {
      // All of it is in the one file that gets another name, while nobody else can open it.
      empty();
      renameSync(path, unused(`${path}${MOVED}`));
      await thawed();
    },
    wayBack: `Give ${path}${MOVED} its name ${path} again.`,
    tables: async () => readable(frozenDatabase()).tables(),
    read: async (table, after) => readable(frozenDatabase()).read(table, after),
    pictures: spool.keys,
    picture: spool.get,
    [Symbol.asyncDispose]: thawed,
  };
}

/** The path, or with a number behind it where something is there. */
function unused(path: string): string {
  for (let more = 1; ; more += 1) {
    const free = more === 1 ? path : `${path}-${more}`;
    if (!existsSync(free)) return free;
  }
}

/** The path of this machine where a city can be, once it is there. */
export function openNodeNewHome(env: Surroundings['env']): NewHome {
  const environment = readEnvironment(env);
  const { databasePath: path } = environment;
  const keyIds = keyIdsOf(environment);
  return {
    name: path,
    facts: async () => ({
      ...{ ...keyIds, did: null, shape: shapeOfNew() },
      isEmpty: leftOf(path) === undefined,
    }),
    fill: (work) =>
      buildDatabase(path, (db) => {
        const spool = createSpool(spoolBeside(path));
        return work({
          ...readable(db),
          write: async (page) => fillTable(db, page),
          putPicture: spool.putBack,
        });
      }),
  };
}
