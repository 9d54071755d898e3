/**
 * The database of a city for a tool that changes it. It may run beside the city: each of its changes
 * is one transaction, and the city looks every few seconds whether another program changed anything.
 */
import { existsSync } from 'node:fs';
import { createFoundation } from '../city/base.ts';
import { openKeys } from '../city/keys.ts';
import { ConfigError, readEnvironment } from '../config/config.ts';
import { createCityClock } from '../lib/city-clock.ts';
import { PLACEHOLDER_DID } from '../lib/placeholder-did.ts';
import { systemRandom } from '../lib/random.ts';
import { readCityFile } from '../node/city-file.ts';
import { type Context, contextOf } from '../services/context.ts';
import { CITY_DID } from '../store/cursors.ts';
import { openStore } from '../store/open-node.ts';
import type { Surroundings } from './tool.ts';

export type Machine = {
  /** Does something in one transaction, as the city does. */
  readonly transact: <T>(work: (context: Context) => T) => T;
};

/** Opens the city of the environment for `work`. Throws a sentence for what is missing or wrong. */
export function onMachine<T>({ env }: Surroundings, work: (machine: Machine) => T): T {
  const environment = readEnvironment(env);
  const { databasePath, cityConfig } = environment;
  if (!existsSync(databasePath)) {
    throw new ConfigError(
      `There is no database at ${databasePath}: DATABASE_PATH names the city’s.`,
    );
  }
  const city = readCityFile(cityConfig);
  const { store, close } = openStore(databasePath);
  try {
    const keys = openKeys(store, databasePath, environment);
    const clock = createCityClock({
      newestMs: store.read.times.newest(),
      stepped: () => undefined,
    });
    const did = store.read.cursors.get(CITY_DID) ?? PLACEHOLDER_DID;
    const foundation = createFoundation({ city, did, keys, clock, random: systemRandom }, store);
    return work({
      transact: (change) => store.transact((tx) => change(contextOf(foundation, tx))),
    });
  } finally {
    close();
  }
}
