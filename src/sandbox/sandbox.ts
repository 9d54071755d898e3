/** The sandbox on this machine: its city over a folder and a port. It begins clean at every start. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createBackups } from '../backup/backups.ts';
import { createKeys } from '../lib/crypto.ts';
import type { Log } from '../lib/log.ts';
import { systemRandom } from '../lib/random.ts';
import { createPictureCheck } from '../media/check-picture.ts';
import { createCleaner } from '../media/cleaner.ts';
import { createPictureCache } from '../media/picture-cache.ts';
import { createSpool } from '../media/spool.ts';
import { listenToSelf } from '../node/listen.ts';
import { MACHINE, readAssets } from '../node/machine.ts';
import { releaseMemory } from '../node/release-memory.ts';
import { createStorageWatch } from '../node/storage-watch.ts';
import { openStore } from '../store/open-node.ts';
import { type LocalNetwork, startLocalNetwork } from './network.ts';
import { openSandboxCity, type SandboxCityOptions, type SandboxPlatform } from './sandbox-city.ts';

/** The last pictures, for the phones to show. */
const PICTURES_KEPT = { bytesMax: 64 * 1024 * 1024, picturesMax: 60 } as const;

/** Holds where nothing is set. */
const BACKUPS_KEPT = 14;

export type Sandbox = {
  /** Its address, such as `http://localhost:8080`. */
  readonly url: string;
  /** Holds `city.db` and the pictures that wait (`pictures/`). */
  readonly folder: string;
  /** Resolves when nothing is left to process, send or publish. */
  readonly idle: () => Promise<void>;
  /** Finishes what is under way, then removes everything. */
  readonly stop: () => Promise<void>;
};

export type SandboxOptions = Omit<SandboxCityOptions, 'network' | 'keys' | 'publicUrl'> & {
  readonly port: number;
  readonly log: Log;
  readonly backupsKept?: number;
  /** One that is starting already; a new one where it is left out. The sandbox ends it. */
  readonly network?: Promise<LocalNetwork>;
};

/** Opens the sandbox at `port` (0 for any free one). When it cannot, nothing of it is left. */
export async function startSandbox(options: SandboxOptions): Promise<Sandbox> {
  const ends = new AsyncDisposableStack();
  try {
    return await openSandbox(options, ends);
  } catch (error) {
    await ends.disposeAsync();
    throw error;
  }
}

/** Opens its parts in order; `ends` gets what is to be done at the end, the last first. */
async function openSandbox(options: SandboxOptions, ends: AsyncDisposableStack): Promise<Sandbox> {
  const network = await (options.network ?? startLocalNetwork());
  ends.defer(network.close);
  const folder = mkdtempSync(join(tmpdir(), 'city-sync-sandbox-'));
  ends.defer(() => rmSync(folder, { recursive: true, force: true }));
  const { app, endStreams, idle } = await openSandboxCity(
    openPlatform(folder, options, ends),
    {
      ...{ ...options, network },
      keys: createKeys(systemRandom.bytes(32), systemRandom),
      publicUrl: options.port === 0 ? undefined : `http://localhost:${options.port}`,
    },
    ends,
  );
  // Whoever reaches the sandbox may be anybody in it.
  const { port, close: closePort } = await listenToSelf(app.fetch, options.port);
  ends.defer(closePort);
  ends.defer(endStreams);
  releaseMemory();
  return { url: `http://localhost:${port}`, folder, idle, stop: () => ends.disposeAsync() };
}

/** Its platform over an empty store in `folder`. */
function openPlatform(
  folder: string,
  { log, backupsKept = BACKUPS_KEPT }: SandboxOptions,
  ends: AsyncDisposableStack,
): SandboxPlatform {
  const databasePath = join(folder, 'city.db');
  const { store, emptyLog, close } = openStore(databasePath);
  ends.defer(close);
  const spool = createSpool(join(folder, 'pictures'));
  return {
    ...{ ...MACHINE, store, emptyLog, log, spool, assets: readAssets() },
    checkPicture: createPictureCheck(spool, createCleaner()),
    pictures: createPictureCache(join(folder, 'cache'), PICTURES_KEPT),
    createStorageWatch: ({ clock: { now } }) =>
      createStorageWatch({ store, databasePath, backupFolder: undefined, now, log }),
    createBackups: (facts) =>
      createBackups({
        ...{ databasePath, folder: undefined, kept: backupsKept },
        ...{ ...facts, readPhoto: spool.get },
      }),
  };
}
