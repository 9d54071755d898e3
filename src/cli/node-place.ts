/** This machine as a place of a city: the database that the environment names, and its pictures. */
import { existsSync, renameSync } from 'node:fs';
import { openKeys } from '../city/keys.ts';
import { ConfigError, type Environment, readEnvironment } from '../config/config.ts';
import { createKeys } from '../lib/crypto.ts';
import { systemRandom } from '../lib/random.ts';
import { createSpool, spoolBeside } from '../media/spool.ts';
import { openDatabase } from '../node/database.ts';
import { CITY_DID, cursorsReads } from '../store/cursors.ts';
import type { Database } from '../store/database.ts';
import { buildDatabase, leftOf, openSnapshot, shapeOfNew } from '../store/open-node.ts';
import { fillTable, isEmptyDatabase, readTable, shapeVersion, tablesIn } from '../store/tables.ts';
import type { Home, NewHome } from '../tools/move/place.ts';
import type { Surroundings } from './tool.ts';

const ROWS_A_PAGE = 2000;

const keyIdOf = ({ secretKey, previousSecretKey: previous }: Environment): string => {
  if (secretKey === undefined) throw new ConfigError('SECRET_KEY is missing: take the city’s.');
  return createKeys(secretKey, systemRandom, { previous }).keyId;
};

const readable = (db: Database): Pick<Home, 'tables' | 'read'> => ({
  tables: async () => tablesIn(db),
  read: async (table, after) => readTable(db, table, { after, rowsMax: ROWS_A_PAGE }),
});

/** The city of this machine. It must not run. */
export function openNodeHome(env: Surroundings['env']): Home & AsyncDisposable {
  const environment = readEnvironment(env);
  const { databasePath: path } = environment;
  const keyId = keyIdOf(environment);
  if (!existsSync(path)) {
    throw new ConfigError(`There is no database at ${path}: DATABASE_PATH names the city’s.`);
  }
  const spool = createSpool(spoolBeside(path));
  let frozen = new AsyncDisposableStack();
  let db: Database | undefined;
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
        return { did, keyId, shape: shapeVersion(snapshot), isEmpty: isEmptyDatabase(snapshot) };
      } finally {
        close();
      }
    },
    freeze: async () => {
      const { store } = openDatabase(path, frozen);
      openKeys(store, path, environment);
      const snapshot = openSnapshot(path);
      frozen.defer(snapshot.close);
      db = snapshot.db;
    },
    goOn: thawed,
    leave: async () => {
      await thawed();
      renameSync(path, unused(`${path}.moved`));
    },
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
  const keyId = keyIdOf(environment);
  return {
    name: path,
    facts: async () => ({
      ...{ did: null, keyId, shape: shapeOfNew() },
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
