/**
 * A real city: settings → base → channels → core → what is served → the ways in. Its database, its
 * pictures and its account are where the operator says, its channels those that have credentials.
 */
import { dirname, join } from 'node:path';
import type { Logger } from 'pino';
import { createSession } from '../account/session.ts';
import { createSessionKeeper } from '../account/session-keeper.ts';
import type { ChannelSettings } from '../config/channels.ts';
import type { Environment } from '../config/config.ts';
import type { City } from '../domain/city.ts';
import { showCode } from '../domain/code.ts';
import type { TextWarning } from '../jobs/warn-of-segments.ts';
import { createCityClock } from '../lib/city-clock.ts';
import { isoTime, SECOND_MS } from '../lib/clock.ts';
import { systemRandom } from '../lib/random.ts';
import { createPictureCache } from '../media/picture-cache.ts';
import { createSpool, spoolBeside } from '../media/spool.ts';
import { adoptDid } from '../records/adopt-did.ts';
import type { Say } from '../records/publisher/progress.ts';
import { type Publisher, publisherWithoutAccount } from '../records/publisher/publisher.ts';
import { contextOf } from '../services/context.ts';
import { inviteFirstAdmin } from '../services/partners/invite-first-admin.ts';
import { basePathOf } from '../web/base-path.ts';
import { checkClock } from '../web/health-checks.ts';
import type { HomeCity } from '../web/public/home.ts';
import { createProxies } from '../web/reader.ts';
import { webhookRoutes } from '../web/webhooks.ts';
import { createAccountWatch } from './account-watch.ts';
import { createNetwork } from './audit-network.ts';
import type { Base } from './base.ts';
import { createChannels } from './channels.ts';
import { createCore } from './core.ts';
import { openDatabase, openKeys } from './database.ts';
import { createDrills } from './drill.ts';
import { createHealthWatch } from './health-watch.ts';
import { cityJobs } from './jobs.ts';
import { listenToAll, type ServerLimits } from './listen.ts';
import { didOf, knownDid } from './owner.ts';
import { createCityPublisher } from './publisher.ts';
import { releaseMemory } from './release-memory.ts';
import { createSelfAudits } from './self-audit/self-audit.ts';
import { createWatchedBase } from './watched-base.ts';
import { createCityWeb } from './web.ts';

export type RunningCity = {
  readonly port: number;
  /** By which somebody becomes the first admin; undefined once there is one. */
  readonly invitation: string | undefined;
  /** Finishes what is under way. The next start takes up what waits. */
  readonly stop: () => Promise<void>;
};

export type CityOptions = {
  readonly city: City;
  readonly environment: Environment;
  readonly log: Logger;
  /** What strangers may take of the server; `SERVER_LIMITS` where they are left out. */
  readonly limits?: Partial<ServerLimits>;
  /** Tells people how far a long backlog of records is; the log does where it is left out. */
  readonly progress?: Say;
};

/** A few hundred pieces of evidence, each with its photos. */
const CACHE = { bytesMax: 256 * 1024 * 1024, picturesMax: 2000 } as const;

const UNNAMED_PROXY =
  'Requests come through a proxy that TRUSTED_PROXIES does not name: its readers count as one.';

/** Opens the city. When it cannot, nothing of it is left running. */
export async function startCity(options: CityOptions): Promise<RunningCity> {
  const ends = new AsyncDisposableStack();
  try {
    return await openCity(options, ends);
  } catch (error) {
    await ends.disposeAsync();
    throw error;
  }
}

/** `ends` takes what is to be done at the end, the last first. */
async function openCity(options: CityOptions, ends: AsyncDisposableStack): Promise<RunningCity> {
  const { environment } = options;
  const { channels: settings } = environment;
  const { base, session, account, emptyLog, wasChangedOutside, clock, ...watched } = await openBase(
    options,
    ends,
  );
  const publisher =
    session === undefined
      ? publisherWithoutAccount
      : createCityPublisher(base, session, { ...options, budget: environment.budget });
  const channels = createChannels({ base, settings, session });
  const selfAudits = session && selfAuditsOf(base, publisher, options);
  const drills = createDrills({ store: base.store, environment, log: options.log });
  const segmentsPerDay = settings.sms?.segmentsPerDay;
  const jobs = cityJobs({
    ...{ ...watched, emptyLog, spool: base.spool, elapsed: clock.elapsed },
    ...(selfAudits && { selfAudits, drills }),
    ...(base.foundation.keys.previous && { rekeyed: rekeyed(options.log) }),
    texts: segmentsPerDay === undefined ? undefined : textWarning(options.log, segmentsPerDay),
  });
  const core = createCore({
    ...{ base, channels, publisher, jobs, segmentsPerDay, wasChangedOutside },
    cityClock: clock,
  });
  ends.defer(publisher.stop);
  ends.defer(drills.end);
  ends.defer(core.stop);
  // It may take hours, and the jobs wait for it.
  if (selfAudits !== undefined) ends.defer(selfAudits.stop);
  await core.start();
  publisher.start();
  const checks = {
    clock: () => checkClock(clock.status()),
    ...(account && { account: account.check }),
  };
  const health = createHealthWatch({ ...watched, base, channels, publisher, checks });
  ends.defer(health.watch());
  const ingresses = channels.map((channel) => channel.createIngress(core.inbox));
  const proxies = createProxies(environment.trustedProxies, () =>
    base.observer.warn(UNNAMED_PROXY),
  );
  const app = createCityWeb({
    pictures: createPictureCache(besides(environment, 'cache'), CACHE),
    basePath: basePathOf(environment.publicUrl),
    ...{ ...watched, proxies, base, health },
    pds: settings.bluesky?.service,
    ways: () => waysOf(settings, account?.handle()),
    routes: [webhookRoutes(ingresses)],
  });
  const { port, close } = await listenToAll(app.fetch, environment.port, {
    isProxy: proxies.isNear,
    ...(options.limits && { limits: options.limits }),
  });
  ends.defer(close);
  // A channel may tell its provider at once where to send: by then somebody listens.
  for (const ingress of ingresses) {
    ends.defer(ingress.stop);
    await ingress.start();
  }
  releaseMemory();
  const invitation = base.store.transact((tx) => inviteFirstAdmin(contextOf(base.foundation, tx)));
  return {
    port,
    invitation: invitation && showCode(invitation),
    stop: () => ends.disposeAsync(),
  };
}

const selfAuditsOf = (
  { foundation: { did, clock }, store }: Base,
  { wake }: Publisher,
  { environment: { databasePath, network }, log }: CityOptions,
) => createSelfAudits({ store, did, clock, databasePath, network, log, wake });

/** Opens the database and finds out whose it is; the rest of the base is made over it. */
async function openBase({ city, environment, log }: CityOptions, ends: AsyncDisposableStack) {
  const { databasePath, backupFolder, backupsKept, channels } = environment;
  const { store, emptyLog, wasChangedOutside } = openDatabase(databasePath, ends);
  const clock = createCityClock({
    newestMs: store.read.times.newest(),
    stepped: (byMs) => {
      log.warn({ seconds: Math.round(byMs / SECOND_MS) }, 'The clock of this machine moved.');
    },
  });
  const random = systemRandom;
  const keys = openKeys(store, databasePath, environment);
  const account =
    channels.bluesky &&
    createAccountWatch({
      ...{ store, log },
      service: channels.bluesky.service,
      identifier: channels.bluesky.identifier,
      network: createNetwork(environment.network),
    });
  const known = knownDid(store);
  if (known !== undefined) await account?.lookAtStart(known);
  const session =
    channels.bluesky &&
    createSession({
      ...channels.bluesky,
      ...{ did: known, movedTo: account?.movedTo, clock },
      keeper: createSessionKeeper(store, keys),
    });
  const did = await didOf(session, store);
  const adopted = adoptDid(store, did);
  if (adopted > 0) log.info({ records: adopted }, 'The records are those of the account now.');
  const watched = createWatchedBase({
    ...{ city, did, keys, clock, random, store, log, publicUrl: environment.publicUrl },
    spool: createSpool(spoolBeside(databasePath)),
    backups: { databasePath, folder: backupFolder, kept: backupsKept },
    segmentsPerDay: channels.sms?.segmentsPerDay,
  });
  ends.defer(watched.storage.endCheck);
  if (account !== undefined) ends.defer(account.watch(did));
  return { ...watched, session, account, emptyLog, wasChangedOutside, clock };
}

const rekeyed = (log: Logger) => (until: number | undefined) =>
  log.warn(
    until === undefined ? {} : { until: isoTime(until) },
    'Everything is sealed with the new SECRET_KEY. SECRET_KEY_PREVIOUS can be removed, or at the time given: codes and invitations from before need it so long.',
  );

const textWarning = (log: Logger, perDay: number): TextWarning => ({
  perDay,
  warn: (used) =>
    log.warn(
      { used, perDay },
      'Most of the texts of this day are used: alerts wait, and only what is essential is answered by SMS. SMS_SEGMENTS_PER_DAY is the limit.',
    ),
});

/** A folder that lies beside the database. */
const besides = ({ databasePath }: Environment, folder: string): string =>
  join(dirname(databasePath), folder);

/** How people reach the city, for its home page. */
function waysOf({ sms, bluesky }: ChannelSettings, handle: string | undefined): HomeCity['ways'] {
  const named = bluesky?.identifier.startsWith('did:') ? undefined : bluesky?.identifier;
  const known = bluesky && (handle ?? named);
  return { ...(sms?.from && { sms: sms.from }), ...(known && { bluesky: known }) };
}
