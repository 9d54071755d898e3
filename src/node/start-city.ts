/** A real city on this machine: its platform, the city over it, and the port that it listens on. */
import { dirname, join } from 'node:path';
import { createDirectory, DOCUMENT } from '../account/directory.ts';
import { createBackups } from '../backup/backups.ts';
import { type CityOptions, openCity } from '../city/city.ts';
import type { Platform } from '../city/platform.ts';
import type { Environment, NetworkSettings } from '../config/config.ts';
import { fetchWithin } from '../lib/fetch-within.ts';
import type { Log } from '../lib/log.ts';
import { createPictureCheck } from '../media/check-picture.ts';
import { createCleaner } from '../media/cleaner.ts';
import { createPictureCache } from '../media/picture-cache.ts';
import { createSpool, spoolBeside } from '../media/spool.ts';
import { createNetwork } from './audit-network.ts';
import { openDatabase } from './database.ts';
import { createDrills } from './drill.ts';
import { listenToAll, type ServerLimits } from './listen.ts';
import { MACHINE, readAssets } from './machine.ts';
import { releaseMemory } from './release-memory.ts';
import { createSelfAudits } from './self-audit/self-audit.ts';
import { createStorageWatch } from './storage-watch.ts';

export type RunningCity = {
  readonly port: number;
  /** By which somebody becomes the first admin; undefined once there is one. */
  readonly invitation: string | undefined;
  /** Finishes what is under way. The next start takes up what waits. */
  readonly stop: () => Promise<void>;
};

export type StartOptions = CityOptions & {
  readonly log: Log;
  /** What strangers may take of the server; `SERVER_LIMITS` where they are left out. */
  readonly limits?: Partial<ServerLimits>;
};

/** A few hundred pieces of evidence, each with its photos. */
const CACHE = { bytesMax: 256 * 1024 * 1024, picturesMax: 2000 } as const;

/** Opens the city. When it cannot, nothing of it is left running. */
export async function startCity(options: StartOptions): Promise<RunningCity> {
  const ends = new AsyncDisposableStack();
  try {
    const { environment, limits } = options;
    const platform = openPlatform(environment, options.log, ends);
    const city = await openCity(platform, options, ends);
    const { port, close } = await listenToAll(city.app.fetch, environment.port, {
      isProxy: city.proxies.isNear,
      ...(limits && { limits }),
    });
    ends.defer(close);
    // A channel may tell its provider at once where to send: by then somebody listens.
    await city.startIngresses();
    releaseMemory();
    return { port, invitation: city.invite(), stop: () => ends.disposeAsync() };
  } catch (error) {
    await ends.disposeAsync();
    throw error;
  }
}

/** The platform of a city on this machine; `ends` takes what is to be closed at the end. */
export function openPlatform(
  environment: Environment,
  log: Log,
  ends: AsyncDisposableStack,
): Platform {
  const { databasePath, backupFolder, backupsKept, network } = environment;
  const { store, emptyLog, wasChangedOutside } = openDatabase(databasePath, ends);
  const spool = createSpool(spoolBeside(databasePath));
  return {
    ...MACHINE,
    ...{ store, emptyLog, wasChangedOutside, log, spool, database: databasePath },
    checkPicture: createPictureCheck(spool, createCleaner()),
    pictures: createPictureCache(join(dirname(databasePath), 'cache'), CACHE),
    lookUpAccount: createDirectory(directoryIn(network)),
    assets: readAssets(),
    createStorageWatch: ({ clock }) =>
      createStorageWatch({ ...{ store, databasePath, backupFolder, log }, now: clock.now }),
    createBackups: (facts) =>
      createBackups({
        ...{ ...facts, databasePath, folder: backupFolder, kept: backupsKept },
        readPhoto: spool.get,
      }),
    createSelfAudits: ({ did, clock }, { wake }) =>
      createSelfAudits({ store, did, clock, databasePath, network, log, wake }),
    createDrills: () => createDrills({ store, environment, log }),
  };
}

/** The network of the tools, within the limits of a document. */
function directoryIn(settings: NetworkSettings): Parameters<typeof createDirectory>[0] {
  const network = createNetwork(settings);
  return { ...network, fetchPublic: fetchWithin(DOCUMENT, network.fetchPublic) };
}
