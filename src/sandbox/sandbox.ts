/**
 * The sandbox: a demo city with the real inbox, ledger, records and publisher over phones in the
 * browser and a Bluesky network of its own. It begins clean at every start.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Logger } from 'pino';
import { createSession } from '../account/session.ts';
import { createSessionKeeper } from '../account/session-keeper.ts';
import { assembleCity } from '../city/assemble.ts';
import type { Core } from '../city/core.ts';
import { listenToSelf } from '../city/listen.ts';
import { publishing } from '../city/publishing.ts';
import { releaseMemory } from '../city/release-memory.ts';
import { announcement } from '../conversation/announcement.ts';
import type { City } from '../domain/city.ts';
import { type Clock, systemClock } from '../lib/clock.ts';
import { createKeys } from '../lib/crypto.ts';
import { createTids } from '../lib/ids.ts';
import { systemRandom } from '../lib/random.ts';
import { createSpool } from '../media/spool.ts';
import type { BudgetLimits } from '../records/publisher/budget.ts';
import type { Say } from '../records/publisher/progress.ts';
import { openStore } from '../store/open-node.ts';
import type { Store } from '../store/store.ts';
import { createIngress } from './ingress.ts';
import { startLocalNetwork } from './network.ts';
import { sandboxRoutes } from './page/routes.ts';
import { createDesk } from './page-desk.ts';
import { SANDBOX_PEOPLE } from './people.ts';
import { createPhones } from './phones.ts';
import { seedDemoCity } from './seed.ts';
import { createSandboxChannels } from './send.ts';
import { createShelf } from './shelf.ts';

/** Where nothing is set. */
const BACKUPS_KEPT = 14;

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
  const databasePath = join(folder, 'city.db');
  const opened = openStore(databasePath);
  const { store } = opened;
  ends.defer(opened.close);
  const spool = createSpool(join(folder, 'pictures'));
  const keys = createKeys(random.bytes(32), random);
  const phones = createPhones();
  const shelf = createShelf(newId);
  const { core, publisher, web } = assembleCity({
    city,
    opened,
    databasePath,
    spool,
    keys,
    clock,
    random,
    log,
    did: network.did,
    pds: network.pds,
    plc: network.plc,
    ways: {},
    backups: { folder: undefined, kept: options.backupsKept ?? BACKUPS_KEPT },
    publishing: (parts) =>
      publishing({
        ...parts,
        store,
        clock,
        did: network.did,
        session: createSession({
          keeper: createSessionKeeper(store, keys),
          clock,
          service: network.pds,
          identifier: network.handle,
          password: network.password,
        }),
        budget: options.budget,
        log,
        progress: options.progress ?? ((line, detail) => log.info(detail, line)),
      }),
    channels: () => createSandboxChannels({ phones, newId, now: clock.now }),
    observe: (step) => {
      if (step === 'messages.processed' || step === 'batch.marked') desk.recordsMoved();
    },
    // A reviewer's phone shows the clean picture, also after the spool has let go of it.
    cleaned: (bytes, spoolKey) => shelf.put(bytes, spoolKey),
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
  ends.defer(publisher.stop);
  ends.defer(core.stop);
  await core.start();
  publisher.start();
  const app = web({ sandbox: sandboxRoutes(desk, { stop: stopping.signal }) });
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
