/**
 * The sandbox: a demo city with the real inbox, ledger, records and publisher over phones in the
 * browser and a Bluesky network of its own. It begins clean at every start.
 */
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { serve } from '@hono/node-server';
import { getConnInfo } from '@hono/node-server/conninfo';
import type { Logger } from 'pino';
import { commands } from '../../commands/index.ts';
import { createIngress } from '../channels/sandbox/ingress.ts';
import { startLocalNetwork } from '../channels/sandbox/network.ts';
import { createPhones } from '../channels/sandbox/phones.ts';
import { createSandboxChannels } from '../channels/sandbox/send.ts';
import { announcement } from '../conversation/announcement.ts';
import type { City } from '../domain/city.ts';
import { backupJob } from '../jobs/backup.ts';
import { broadcastJob } from '../jobs/broadcast.ts';
import { emptyLogJob } from '../jobs/empty-log.ts';
import { expireCodesJob } from '../jobs/expire-codes.ts';
import { forgetGuessesJob } from '../jobs/forget-guesses.ts';
import { forgetPicturesJob } from '../jobs/forget-pictures.ts';
import { forgetSessionsJob } from '../jobs/forget-sessions.ts';
import { openEpochJob } from '../jobs/open-epoch.ts';
import { recordWorkJob } from '../jobs/record-work.ts';
import { refreshAnnouncementsJob } from '../jobs/refresh-announcements.ts';
import { type Clock, SECOND_MS, systemClock } from '../lib/clock.ts';
import { createKeys } from '../lib/crypto.ts';
import { createTids } from '../lib/ids.ts';
import { systemRandom } from '../lib/random.ts';
import type { Observe } from '../lib/steps.ts';
import { createPictureCheck } from '../media/check-picture.ts';
import { createSpool } from '../media/spool.ts';
import { createMetrics } from '../metrics.ts';
import type { BudgetLimits } from '../records/budget.ts';
import { createOpenData } from '../records/open-data/open-data.ts';
import type { Say } from '../records/progress.ts';
import { openStore } from '../store/open-node.ts';
import type { Store } from '../store/store.ts';
import { createWeb } from '../web/app.ts';
import type { Assets } from '../web/assets.ts';
import { sandboxRoutes } from '../web/sandbox/routes.ts';
import { createBackups } from './backups.ts';
import { type Core, createCore } from './core.ts';
import { createDesk } from './desk.ts';
import { evidenceReads } from './evidence-reads.ts';
import { healthOf } from './health.ts';
import { homeReads } from './home.ts';
import { publishing } from './publishing.ts';
import { releaseMemory } from './release-memory.ts';
import { SANDBOX_PEOPLE } from './sandbox-people.ts';
import { seedDemoCity } from './seed.ts';
import { createShelf } from './shelf.ts';

const ASSET_FOLDERS = ['../web/client', '../web/sandbox'] as const;
/** Where nothing is set. */
const BACKUPS_KEPT = 14;
const ASSET_NAME = /[.](css|js|svg|jpg)$/;

function readAssets(): Assets {
  const assets = new Map<string, Uint8Array<ArrayBuffer>>();
  for (const folder of ASSET_FOLDERS) {
    const path = fileURLToPath(new URL(folder, import.meta.url));
    for (const name of readdirSync(path)) {
      if (ASSET_NAME.test(name)) assets.set(name, new Uint8Array(readFileSync(join(path, name))));
    }
  }
  return assets;
}

export type Sandbox = {
  /** Where it is reached, such as `http://localhost:8080`. */
  readonly url: string;
  /** Where `city.db` and the pictures that wait (`pictures/`) are. */
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
  readonly log: Logger;
  readonly backupsKept?: number;
  /** Tells people how far a long backlog of records is; the log does where it is left out. */
  readonly progress?: Say;
  /** The machine's where it is left out. */
  readonly clock?: Clock;
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

/** `ends` takes what is to be done at the end, the last first. */
async function openSandbox(options: SandboxOptions, ends: AsyncDisposableStack): Promise<Sandbox> {
  const { city, log, clock = systemClock } = options;
  const random = systemRandom;
  const newId = createTids(clock, random);
  const network = await startLocalNetwork();
  ends.defer(network.close);
  const folder = mkdtempSync(join(tmpdir(), 'city-sync-sandbox-'));
  ends.defer(() => rmSync(folder, { recursive: true, force: true }));
  const { store, emptyLog, close } = openStore(join(folder, 'city.db'));
  ends.defer(close);
  const spool = createSpool(join(folder, 'pictures'));
  const keys = createKeys(random.bytes(32), random);
  const backups = createBackups({
    databasePath: join(folder, 'city.db'),
    folder: undefined,
    kept: options.backupsKept ?? BACKUPS_KEPT,
    did: network.did,
    keys,
    clock,
    random,
  });
  const metrics = createMetrics(
    store.read,
    clock.now,
    () => process.memoryUsage.rss(),
    () => backups.status().last,
  );
  const failed = (error: unknown) => log.error({ err: error }, 'Something failed.');
  const observe: Observe = (step, detail) => {
    metrics.observe(step, detail);
    if (step === 'messages.processed' || step === 'batch.marked') desk.recordsMoved();
  };

  const phones = createPhones();
  const shelf = createShelf(newId);
  const channels = createSandboxChannels({ phones, newId, now: clock.now });
  const check = createPictureCheck(spool);
  const publisher = publishing({
    store,
    keys,
    clock,
    did: network.did,
    service: network.pds,
    identifier: network.handle,
    password: network.password,
    budget: options.budget,
    readPicture: async (key) => (await spool.get(key)) ?? undefined,
    removePicture: spool.remove,
    log,
    observe,
    failed,
    progress: options.progress ?? ((line, detail) => log.info(detail, line)),
  });
  const core = createCore({
    store,
    city,
    did: network.did,
    keys,
    clock,
    random,
    commands,
    channels,
    checkPicture: async (key) => {
      const checked = await check(key);
      // A reviewer's phone shows the clean picture, also after the spool has let go of it.
      const bytes = checked.ok ? await spool.get(checked.value.spoolKey) : null;
      if (checked.ok && bytes !== null) shelf.put(bytes, checked.value.spoolKey);
      return checked;
    },
    keepPicture: spool.put,
    pictureKeys: spool.keys,
    removePicture: spool.remove,
    jobs: ({ foundation, post, channels }) => [
      expireCodesJob({ foundation, post }),
      broadcastJob({ foundation, post, channels }),
      backupJob({ foundation, backups }),
      emptyLogJob({ emptyLog }),
      openEpochJob({ foundation }),
      recordWorkJob({ foundation }),
      forgetGuessesJob({ foundation }),
      forgetSessionsJob({ foundation }),
      forgetPicturesJob({ foundation, removePicture: spool.remove }),
      refreshAnnouncementsJob({ foundation, post }),
    ],
    observe,
    failed,
    staged: publisher.wake,
  });
  const desk = createDesk({
    store,
    city: city.name,
    people: SANDBOX_PEOPLE,
    network,
    phones,
    shelf,
    ingress: createIngress({
      intake: core.intake,
      phones,
      keepPicture: spool.put,
      showPicture: (bytes) => shelf.put(bytes),
      newId,
      now: clock.now,
    }),
  });
  const seed = options.seed ?? ((_, made) => seedDemoCity(store, made, announcement));
  seed(store, core);

  const stopping = new AbortController();
  const web = createWeb({
    health: healthOf({ store, channels, publisher, backups: backups.status, now: clock.now }),
    metrics: metrics.text,
    home: homeReads({
      store,
      city,
      did: network.did,
      pds: network.pds,
      plc: network.plc,
      now: clock.now,
    }),
    evidence: evidenceReads({
      store,
      did: network.did,
      pds: network.pds,
      readPicture: spool.get,
    }),
    openData: {
      data: createOpenData(store.read.records, network.did),
      now: clock.now,
      reader: (c) => getConnInfo(c).remote.address,
      ended: metrics.fileRead,
    },
    assets: readAssets(),
    sandbox: sandboxRoutes(desk, { stop: stopping.signal }),
    failed,
  });
  ends.defer(publisher.stop);
  ends.defer(core.stop);
  await core.start();
  publisher.start();
  const { port, close: closePort } = await listen(web.fetch, options.port);
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

/** How long the end of the program waits for somebody who reads slowly. */
const STOP_MS_MAX = 5 * SECOND_MS;

type Fetch = Parameters<typeof serve>[0]['fetch'];

/**
 * Opens the port on this machine's own addresses only: whoever reaches the sandbox may be anybody
 * in it. Rejects with the system's error when the port is taken.
 */
async function listen(fetch: Fetch, port: number) {
  const first = await listenAt(fetch, port, '127.0.0.1');
  const second = await listenAt(fetch, first.port, '::1').catch(() => undefined);
  const servers = [first.server, ...(second === undefined ? [] : [second.server])];
  return {
    port: first.port,
    /** Resolves when every connection has ended; one that does not in time is cut. */
    close: async () => {
      await Promise.all(servers.map(closeServer));
    },
  };
}

const closeServer = (server: ReturnType<typeof serve>) =>
  new Promise<void>((resolve) => {
    const cut = setTimeout(() => {
      if ('closeAllConnections' in server) server.closeAllConnections();
    }, STOP_MS_MAX);
    server.close(() => {
      clearTimeout(cut);
      resolve();
    });
    if ('closeIdleConnections' in server) server.closeIdleConnections();
  });

const listenAt = (fetch: Fetch, port: number, hostname: string) =>
  new Promise<{ server: ReturnType<typeof serve>; port: number }>((resolve, reject) => {
    const server = serve({ fetch, port, hostname }, (address: AddressInfo) =>
      resolve({ server, port: address.port }),
    );
    server.once('error', reject);
  });
