/**
 * The city of this machine for a tool. It may run beside the city: each of its changes is one
 * transaction, and the city looks every few seconds whether another program changed anything.
 */
import { existsSync } from 'node:fs';
import { changeOf } from '../city/change.ts';
import { openKeys } from '../city/keys.ts';
import { ConfigError, readEnvironment } from '../config/config.ts';
import { createKeys } from '../lib/crypto.ts';
import { systemRandom } from '../lib/random.ts';
import { readCityFile } from '../node/city-file.ts';
import { openDatabase } from '../node/database.ts';
import type { Database } from '../store/database.ts';
import { openSnapshot, openStore } from '../store/open-node.ts';
import type { Store } from '../store/store.ts';
import type { Machine } from '../tools/tool.ts';
import type { Surroundings } from './tool.ts';

/** A city that is closed at the end. */
export type OpenMachine = Machine & Disposable;

const WITHOUT_KEY = 'SECRET_KEY is missing. Addresses are sealed with it: take the city’s.';

/** What the environment names is opened once somebody asks for it. Throws what is wrong with that. */
export function openMachine(env: Surroundings['env']): OpenMachine {
  const environment = readEnvironment(env);
  const { databasePath: database, secretKey, previousSecretKey: previous } = environment;
  const opened = new DisposableStack();
  const city = () => readCityFile(environment.cityConfig);
  let store: Store | undefined;
  let snapshot: Database | undefined;
  return {
    ...{ city, database },
    keys: () => {
      if (secretKey === undefined) throw new ConfigError(WITHOUT_KEY);
      return createKeys(secretKey, systemRandom, { previous });
    },
    transact: (work) => {
      store ??= openBeside(database, opened);
      const keys = openKeys(store, database, environment);
      return changeOf(store, { city: city(), keys })(work);
    },
    alone: (work) => {
      using ends = new DisposableStack();
      return openDatabase(database, ends).store.transact(work);
    },
    read: () => {
      if (snapshot === undefined) {
        const { db, close } = openSnapshot(database);
        opened.defer(close);
        snapshot = db;
      }
      return snapshot;
    },
    [Symbol.dispose]: () => opened.dispose(),
  };
}

/** The city may run: it notices what another program changes. */
function openBeside(path: string, opened: DisposableStack): Store {
  if (!existsSync(path)) {
    throw new ConfigError(`There is no database at ${path}: DATABASE_PATH names the city’s.`);
  }
  const { store, close } = openStore(path);
  opened.defer(close);
  return store;
}
