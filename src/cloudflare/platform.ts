/** The platform of a city on Cloudflare: its ports over a Durable Object, R2 and the other bindings. */
import { createDirectory, DOCUMENT } from '../account/directory.ts';
import type { Platform } from '../city/platform.ts';
import { createStorageFaults, createWriteTry, type StorageWatch } from '../city/storage.ts';
import { ConfigError, type Environment } from '../config/config.ts';
import { CheckUnavailableError } from '../inbox/check-pictures.ts';
import { MINUTE_MS } from '../lib/clock.ts';
import type { Log } from '../lib/log.ts';
import type { PrivatePage } from '../store/private-data.ts';
import type { Store } from '../store/store.ts';
import type { Assets } from '../web/assets.ts';
import { openR2Backups } from './backups.ts';
import { createConnections, FETCHING, SENDING } from './connections.ts';
import { createWebCache } from './picture-cache.ts';
import { publicFetchThrough } from './public-fetch.ts';
import { createR2Spool } from './spool.ts';

/** What a picture check answers; the entrypoint `Pictures` does it, beside the object. */
type Checker = { readonly check: Platform['checkPicture'] };

/** What operators know the database by. */
export const DATABASE = 'The database of this Durable Object';

export function createCloudflarePlatform(parts: {
  readonly store: Store;
  /** All private data as it stands at one moment. */
  readonly privatePages: () => readonly PrivatePage[];
  readonly environment: Environment;
  readonly pictures: R2Bucket;
  readonly backups: R2Bucket;
  readonly checker: Checker;
  readonly assets: Assets;
  readonly log: Log;
  /** Whether its operators changed the database since this was last asked. */
  readonly wasChangedOutside: () => boolean;
}): Platform {
  const { store, privatePages, environment, pictures, backups, checker, assets, log } = parts;
  const { wasChangedOutside } = parts;
  const { plcUrl, blueskyService } = environment.network;
  const spool = createR2Spool(pictures);
  const outgoing = createConnections();
  const createPublicFetch = publicFetchThrough(outgoing('strangers'));
  return {
    ...{ store, log, assets, spool, createPublicFetch, outgoing },
    database: DATABASE,
    wasChangedOutside,
    deletedKeptDays: RECOVERY_DAYS,
    // It has no log of its own that could be emptied.
    emptyLog: () => undefined,
    checkPicture: async (spoolKey) => {
      const checked = await withinTime(checker.check(spoolKey)).catch((cause: unknown) => {
        throw new CheckUnavailableError('Pictures cannot be checked now.', { cause });
      });
      if (checked.ok) spool.noteKept(checked.value.spoolKey, checked.value.sizeBytes);
      return checked;
    },
    fetching: FETCHING,
    sending: SENDING,
    pictures: createWebCache(),
    lookUpAccount: createDirectory({
      ...{ plcUrl, outgoing: outgoing('strangers') },
      fetchPublic: createPublicFetch({ ...DOCUMENT, trusted: [plcUrl, blueskyService] }),
    }),
    readFile: (path) => {
      throw new ConfigError(`${path} cannot be read: a worker has no files. Give a "uri" instead.`);
    },
    // The runtime tells nobody.
    memory: () => Number.NaN,
    remoteAddressOf: (c) => c.req.header('cf-connecting-ip'),
    createStorageWatch: ({ clock }) => createStorageWatch(store, clock.now, log),
    createBackups: ({ did, keys, random, clock }) =>
      openR2Backups({
        ...{ bucket: backups, privatePages, kept: environment.backupsKept },
        ...{ did, keys, random, readPhoto: spool.get, now: clock.now },
      }),
  };
}

/** Cloudflare recovers an object as it stood at any time within so long, with what was deleted since. */
const RECOVERY_DAYS = 30;

/** Far longer than any picture takes. */
const CHECK_MS_MAX = MINUTE_MS;

/** Rejects where nobody answers in time: two that hang would keep all others waiting. */
async function withinTime<T>(work: Promise<T>): Promise<T> {
  const late = Promise.withResolvers<never>();
  const timer = setTimeout(() => late.reject(new Error('no answer in time')), CHECK_MS_MAX);
  try {
    return await Promise.race([work, late.promise]);
  } finally {
    clearTimeout(timer);
  }
}

/** The runtime itself keeps the file whole and replicates it: only what it refuses is watched. */
function createStorageWatch(store: Store, now: () => number, log: Log): StorageWatch {
  const faults = createStorageFaults(log);
  return {
    notice: faults.notice,
    tryToWrite: createWriteTry({ store, now }, faults),
    beginCheck: () => undefined,
    endCheck: async () => undefined,
    status: () => ({ ...faults.now(), free: { database: undefined, backups: undefined } }),
  };
}
