/**
 * The sandbox's city over its platform: the real inbox, ledger, records and publisher over phones in
 * the browser and a Bluesky network of its own.
 */
import type { Hono } from 'hono';
import { createSession } from '../account/session.ts';
import { createSessionKeeper } from '../account/session-keeper.ts';
import { type Core, createCore } from '../city/core.ts';
import { createHealthWatch } from '../city/health-watch.ts';
import { cityJobs } from '../city/jobs.ts';
import type { Platform } from '../city/platform.ts';
import { createCityPublisher } from '../city/publisher.ts';
import { createWatchedBase } from '../city/watched-base.ts';
import { createCityWeb } from '../city/web.ts';
import type { BudgetPolicies } from '../domain/budgets.ts';
import type { City } from '../domain/city.ts';
import { type Clock, systemClock } from '../lib/clock.ts';
import type { Keys } from '../lib/crypto.ts';
import { createTids } from '../lib/ids.ts';
import { systemRandom } from '../lib/random.ts';
import { createSignal } from '../lib/signal.ts';
import type { BudgetLimits } from '../records/publisher/budget.ts';
import type { Say } from '../records/publisher/progress.ts';
import type { Store } from '../store/store.ts';
import { createProxies } from '../web/reader.ts';
import { createPassTime, createSandboxClock, moveNetwork } from './clock.ts';
import { createPageData } from './create-page-data.ts';
import { createIngress } from './ingress.ts';
import type { OwnNetwork } from './network-facts.ts';
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

/** What the sandbox needs of the runtime. Its cache of pictures also has those that the phones show. */
export type SandboxPlatform = Omit<
  Platform,
  'database' | 'wasChangedOutside' | 'lookUpAccount' | 'createSelfAudits' | 'createDrills'
>;

export type SandboxCityOptions = {
  readonly city: City;
  readonly network: OwnNetwork;
  readonly keys: Keys;
  readonly budget: BudgetLimits;
  /** Where people open it, such as `http://localhost:8080`; undefined where that is not known yet. */
  readonly publicUrl: string | undefined;
  /** Tells people how far a long backlog of records is; the log does where it is left out. */
  readonly progress?: Say | undefined;
  /** The clock of the machine; that of this one where it is left out. */
  readonly clock?: Clock | undefined;
  /** Fills a new city; the demo city where it is left out. */
  readonly seed?: ((store: Store, core: Core) => void) | undefined;
};

export type SandboxCity = {
  readonly app: Hono;
  /** Ends the streams that pages keep open, before nobody listens any more. */
  readonly endStreams: () => void;
  /** Resolves when nothing is left to process, send or publish. */
  readonly idle: () => Promise<void>;
};

/** Opens the city; `ends` takes what is to be done at the end, the last first. */
export async function openSandboxCity(
  platform: SandboxPlatform,
  options: SandboxCityOptions,
  ends: AsyncDisposableStack,
): Promise<SandboxCity> {
  const { network, seed = seedSandbox } = options;
  const { log } = platform;
  const opened = await openBase(platform, options, ends);
  const { base, clock } = opened;
  const { store, spool } = base;
  const session = createSession({
    service: network.pds,
    identifier: network.handle,
    password: network.password,
    ...(platform.outgoing && { outgoing: platform.outgoing('account') }),
    keeper: createSessionKeeper(store, options.keys),
    clock,
  });
  const publisher = createCityPublisher(base, session, {
    budget: options.budget,
    log,
    progress: options.progress ?? ((line, detail) => log.info(detail, line)),
  });
  const newId = createTids(clock, systemRandom);
  const phones = createPhones();
  const channels = createSandboxChannels({ phones, newId, now: clock.now });
  const { emptyLog } = platform;
  const jobs = cityJobs({ ...opened, emptyLog, spool, elapsed: clock.elapsed });
  const core = createCore({ base, channels, publisher, jobs });
  seed(store, core);
  ends.defer(publisher.stop);
  ends.defer(core.stop);
  await core.start();
  publisher.start();
  const health = createHealthWatch({ ...opened, channels, publisher });
  ends.defer(health.watch());

  const streams = new AbortController();
  const timePassed = createSignal();
  const data = createPageData({
    ...{ store, network, phones, pictures: platform.pictures },
    ...{ recordsMoved: opened.recordsMoved, timePassed },
    ...{ city: options.city.name, timeZone: options.city.timeZone },
    now: clock.now,
    passTime: createPassTime({
      ...{ clock, store, channels, passed: timePassed.give, ending: streams.signal },
      doDue: async () => {
        await core.doDue();
        await publisher.atRest();
      },
    }),
    people: SANDBOX_PEOPLE,
    send: createIngress({ phones, newId, inbox: core.inbox, spool, now: clock.now }),
  });
  const app = createCityWeb({
    ...platform,
    desk: core.desk,
    ...{ ...opened, health },
    proxies: createProxies(['loopback'], () => undefined),
    ...{ pds: network.pds, plc: network.plc, ways: () => ({}) },
    sandbox: sandboxRoutes(data, { stop: streams.signal }),
  });
  return {
    app,
    endStreams: () => streams.abort(),
    idle: async () => {
      await core.idle();
      await publisher.idle();
    },
  };
}

/** Makes what stands on the platform alone. */
async function openBase(
  platform: SandboxPlatform,
  { city, network, keys, publicUrl, clock: machine = systemClock }: SandboxCityOptions,
  ends: AsyncDisposableStack,
) {
  const { store, log, createPublicFetch, readFile, memory } = platform;
  const { fetching, sending, outgoing } = platform;
  const clock = createSandboxClock({
    ...{ machine, store },
    moveOthers: (aheadMs) => moveNetwork(network.clock, aheadMs),
  });
  const facts = { store, did: network.did, keys, clock, random: systemRandom };
  const recordsMoved = createSignal();
  const watched = createWatchedBase({
    ...{ ...facts, ...withPictureCache(platform) },
    ...{ log, createPublicFetch, readFile, memory },
    city: withBudgets(city),
    ...(publicUrl !== undefined && { publicUrl }),
    ...(fetching && { fetching }),
    ...(sending && { sending }),
    ...(outgoing && { outgoing }),
    backups: await platform.createBackups(facts),
    storage: platform.createStorageWatch(facts),
    observe: (step) => {
      if (step === 'messages.processed' || step === 'batch.marked') recordsMoved.give();
    },
  });
  ends.defer(watched.storage.endCheck);
  return { ...watched, clock, recordsMoved };
}

/**
 * The ports whose pictures also go into the cache, where phones find them when they have left the
 * spool: those that somebody sent, and what the check has made of them.
 */
function withPictureCache({ spool, checkPicture, pictures }: SandboxPlatform) {
  return {
    spool: {
      ...spool,
      put: async (bytes: Uint8Array) => {
        const key = await spool.put(bytes);
        await pictures.put(key, bytes);
        return key;
      },
    },
    checkPicture: async (key: string) => {
      const checked = await checkPicture(key);
      const bytes = checked.ok ? await spool.get(checked.value.spoolKey) : undefined;
      if (checked.ok && bytes !== undefined) await pictures.put(checked.value.spoolKey, bytes);
      return checked;
    },
  };
}

const withBudgets = (city: City): City => ({
  ...city,
  policies: { ...city.policies, budgets: { ...SANDBOX_BUDGETS, ...city.policies.budgets } },
});
