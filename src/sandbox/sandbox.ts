/**
 * The sandbox: a demo city with the real inbox, ledger, records and publisher over phones in the
 * browser and a Bluesky network of its own. It begins clean at every start.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createSession } from '../account/session.ts';
import { createSessionKeeper } from '../account/session-keeper.ts';
import { createBackups } from '../backup/backups.ts';
import { type Core, createCore } from '../city/core.ts';
import { createHealthWatch } from '../city/health-watch.ts';
import { cityJobs } from '../city/jobs.ts';
import { createCityPublisher } from '../city/publisher.ts';
import { createWatchedBase } from '../city/watched-base.ts';
import { createCityWeb } from '../city/web.ts';
import type { BudgetPolicies } from '../domain/budgets.ts';
import type { City } from '../domain/city.ts';
import { type Clock, systemClock } from '../lib/clock.ts';
import { createKeys } from '../lib/crypto.ts';
import { createTids } from '../lib/ids.ts';
import type { Log } from '../lib/log.ts';
import { systemRandom } from '../lib/random.ts';
import { createSignal } from '../lib/signal.ts';
import { createPictureCheck } from '../media/check-picture.ts';
import { createCleaner } from '../media/cleaner.ts';
import { createPictureCache } from '../media/picture-cache.ts';
import type { PictureCache } from '../media/picture-cache-port.ts';
import { createSpool } from '../media/spool.ts';
import type { Spool } from '../media/spool-port.ts';
import { listenToSelf } from '../node/listen.ts';
import { MACHINE, readAssets } from '../node/machine.ts';
import { releaseMemory } from '../node/release-memory.ts';
import { createStorageWatch } from '../node/storage-watch.ts';
import type { BudgetLimits } from '../records/publisher/budget.ts';
import type { Say } from '../records/publisher/progress.ts';
import { openStore } from '../store/open-node.ts';
import type { Store } from '../store/store.ts';
import { createProxies } from '../web/reader.ts';
import { createPageData } from './create-page-data.ts';
import { createIngress } from './ingress.ts';
import { type LocalNetwork, startLocalNetwork } from './network.ts';
import { sandboxRoutes } from './page/routes.ts';
import { SANDBOX_PEOPLE } from './people.ts';
import { createPhones } from './phones.ts';
import { seedSandbox } from './seed.ts';
import { createSandboxChannels } from './send.ts';

/**
 * Whoever plays with the phones, or lets a program type, meets no limit for messages; the other
 * budgets are the city's own.
 */
const SANDBOX_BUDGETS: BudgetPolicies = {
  messagesPerMinute: 600,
  messagesPerHour: 6000,
  answersPerHour: 6000,
  answersPerDay: 20_000,
  strangerAnswersPerDay: 100,
  announcementsPerHour: 60,
  announcementsPerDay: 300,
};
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

export type SandboxOptions = {
  readonly city: City;
  readonly port: number;
  readonly budget: BudgetLimits;
  readonly log: Log;
  readonly backupsKept?: number;
  /** Tells people how far a long backlog of records is; the log does where it is left out. */
  readonly progress?: Say;
  /** The machine's where it is left out. */
  readonly clock?: Clock;
  /** One that is starting already; a new one where it is left out. The sandbox ends it. */
  readonly network?: Promise<LocalNetwork>;
  /** Fills the new city; the demo city where it is left out. */
  readonly seed?: (store: Store, core: Core) => void;
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
  const { log, clock = systemClock } = options;
  const network = await (options.network ?? startLocalNetwork());
  ends.defer(network.close);
  const folder = mkdtempSync(join(tmpdir(), 'city-sync-sandbox-'));
  ends.defer(() => rmSync(folder, { recursive: true, force: true }));
  const opened = openBase({ ...options, clock }, { folder, did: network.did }, ends);
  const { base, keys, random } = opened;
  const { store, spool } = base;
  const session = createSession({
    service: network.pds,
    identifier: network.handle,
    password: network.password,
    keeper: createSessionKeeper(store, keys),
    clock,
  });
  const publisher = createCityPublisher(base, session, {
    budget: options.budget,
    log,
    progress: options.progress ?? ((line, detail) => log.info(detail, line)),
  });
  const newId = createTids(clock, random);
  const phones = createPhones();
  const channels = createSandboxChannels({ phones, newId, now: clock.now });
  const jobs = cityJobs({ ...opened, spool, elapsed: clock.elapsed });
  const core = createCore({ base, channels, publisher, jobs });
  const seed = options.seed ?? seedSandbox;
  seed(store, core);
  ends.defer(publisher.stop);
  ends.defer(core.stop);
  await core.start();
  publisher.start();
  const health = createHealthWatch({ ...opened, channels, publisher });
  ends.defer(health.watch());

  const data = createPageData({
    ...{ store, network, phones, pictures: opened.pictures },
    recordsMoved: opened.recordsMoved,
    city: options.city.name,
    people: SANDBOX_PEOPLE,
    send: createIngress({ phones, newId, inbox: core.inbox, spool, now: clock.now }),
  });
  const stopping = new AbortController();
  const app = createCityWeb({
    ...{ ...opened, ...MACHINE, assets: readAssets() },
    health,
    proxies: createProxies(['loopback'], () => undefined),
    ...{ pds: network.pds, plc: network.plc, ways: () => ({}) },
    sandbox: sandboxRoutes(data, { stop: stopping.signal }),
  });
  // Whoever reaches the sandbox may be anybody in it.
  const { port, close: closePort } = await listenToSelf(app.fetch, options.port);
  ends.defer(closePort);
  ends.defer(() => stopping.abort());
  releaseMemory();
  return {
    url: `http://localhost:${port}`,
    folder,
    idle: async () => {
      await core.idle();
      await publisher.idle();
    },
    stop: () => ends.disposeAsync(),
  };
}

/** A spool whose pictures also go into the cache, where phones still find them later. */
const withPictureCache = (spool: Spool, cache: PictureCache): Spool => ({
  ...spool,
  put: async (bytes) => {
    const key = await spool.put(bytes);
    await cache.put(key, bytes);
    return key;
  },
});

/** Opens an empty store in `folder`, and what stands on it alone. */
function openBase(
  {
    city,
    clock,
    log,
    port,
    backupsKept = BACKUPS_KEPT,
  }: SandboxOptions & { readonly clock: Clock },
  { folder, did }: { readonly folder: string; readonly did: string },
  ends: AsyncDisposableStack,
) {
  const databasePath = join(folder, 'city.db');
  const { store, emptyLog, close } = openStore(databasePath);
  ends.defer(close);
  const random = systemRandom;
  const keys = createKeys(random.bytes(32), random);
  const pictures = createPictureCache(join(folder, 'cache'), PICTURES_KEPT);
  const spool = withPictureCache(createSpool(join(folder, 'pictures')), pictures);
  const recordsMoved = createSignal();
  const watched = createWatchedBase({
    city: withBudgets(city),
    ...{ did, keys, clock, random, store, log },
    ...(port !== 0 && { publicUrl: `http://localhost:${port}` }),
    ...{ ...MACHINE, spool },
    checkPicture: createPictureCheck(spool, createCleaner()),
    backups: createBackups({
      ...{ databasePath, folder: undefined, kept: backupsKept },
      ...{ did, keys, clock, random, readPhoto: spool.get },
    }),
    storage: createStorageWatch({
      ...{ store, databasePath, backupFolder: undefined, now: clock.now, log },
    }),
    observe: (step) => {
      if (step === 'messages.processed' || step === 'batch.marked') recordsMoved.give();
    },
  });
  ends.defer(watched.storage.endCheck);
  return { ...watched, emptyLog, keys, random, pictures, recordsMoved };
}

const withBudgets = (city: City): City => ({
  ...city,
  policies: { ...city.policies, budgets: { ...SANDBOX_BUDGETS, ...city.policies.budgets } },
});
