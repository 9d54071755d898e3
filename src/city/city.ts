/**
 * A real city over its platform: settings → base → channels → core → what is served → the ways in. Its
 * channels are those that have credentials.
 */
import type { Hono } from 'hono';
import { createSession } from '../account/session.ts';
import { createSessionKeeper } from '../account/session-keeper.ts';
import type { Ingress } from '../channels/channel.ts';
import type { ChannelSettings } from '../config/channels.ts';
import type { Environment } from '../config/config.ts';
import type { City } from '../domain/city.ts';
import { showCode } from '../domain/code.ts';
import type { TextWarning } from '../jobs/warn-of-segments.ts';
import { createCityClock } from '../lib/city-clock.ts';
import { isoTime, SECOND_MS } from '../lib/clock.ts';
import type { Log } from '../lib/log.ts';
import { systemRandom } from '../lib/random.ts';
import type { Observe } from '../lib/steps.ts';
import { adoptDid } from '../records/adopt-did.ts';
import type { Say } from '../records/publisher/progress.ts';
import { publisherWithoutAccount } from '../records/publisher/publisher.ts';
import { contextOf } from '../services/context.ts';
import { inviteFirstAdmin } from '../services/partners/invite-first-admin.ts';
import { basePathOf } from '../web/base-path.ts';
import { checkClock } from '../web/health-checks.ts';
import type { HomeCity } from '../web/public/home.ts';
import { createProxies, type Proxies } from '../web/reader.ts';
import { webhookRoutes } from '../web/webhooks.ts';
import { createAccountWatch } from './account-watch.ts';
import { createChannels } from './channels.ts';
import { createCore } from './core.ts';
import { createHealthWatch } from './health-watch.ts';
import { cityJobs } from './jobs.ts';
import { openKeys } from './keys.ts';
import { didOf, knownDid } from './owner.ts';
import type { Platform } from './platform.ts';
import { createCityPublisher } from './publisher.ts';
import { createWatchedBase } from './watched-base.ts';
import { createCityWeb } from './web.ts';

export type OpenCity = {
  /** What it serves; the ways in work once they were started. */
  readonly app: Hono;
  readonly proxies: Proxies;
  /** Starts the ways in: a channel may tell its provider at once where to send. */
  readonly startIngresses: () => Promise<void>;
  /** By which somebody becomes the first admin; undefined once there is one. */
  readonly invite: () => string | undefined;
  /** Makes one of the backups of the nights now; answers what its maker knows it by. */
  readonly makeBackup: () => Promise<string>;
};

export type CityOptions = {
  readonly city: City;
  readonly environment: Environment;
  /** Tells people how far a long backlog of records is; the log does where it is left out. */
  readonly progress?: Say;
  /** Hears of each step of a message's way. */
  readonly observe?: Observe;
};

const UNNAMED_PROXY =
  'Requests come through a proxy that TRUSTED_PROXIES does not name: its readers count as one.';

/** Opens the city; `ends` takes what is to be done at the end, the last first. */
export async function openCity(
  platform: Platform,
  options: CityOptions,
  ends: AsyncDisposableStack,
): Promise<OpenCity> {
  const { environment } = options;
  const { log, emptyLog, wasChangedOutside } = platform;
  const { channels: settings } = environment;
  const { base, session, account, clock, facts, ...watched } = await openBase(
    platform,
    options,
    ends,
  );
  const publisher =
    session === undefined
      ? publisherWithoutAccount
      : createCityPublisher(base, session, { ...options, log, budget: environment.budget });
  const channels = createChannels({ base, settings, session });
  const isPublished = session !== undefined;
  const selfAudits = isPublished ? platform.createSelfAudits?.(facts, publisher) : undefined;
  const drills = isPublished ? platform.createDrills?.(base.store) : undefined;
  const segmentsPerDay = settings.sms?.segmentsPerDay;
  const jobs = cityJobs({
    ...{ ...watched, emptyLog, spool: base.spool, elapsed: clock.elapsed },
    ...(selfAudits && { selfAudits }),
    ...(drills && { drills }),
    ...(base.foundation.keys.previous && { rekeyed: rekeyed(log) }),
    texts: segmentsPerDay === undefined ? undefined : textWarning(log, segmentsPerDay),
  });
  const core = createCore({
    ...{ base, channels, publisher, jobs, segmentsPerDay },
    ...(wasChangedOutside && { wasChangedOutside }),
    cityClock: clock,
  });
  ends.defer(publisher.stop);
  if (drills !== undefined) ends.defer(drills.end);
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
    ...platform,
    desk: core.desk,
    basePath: basePathOf(environment.publicUrl),
    ...{ ...watched, proxies, base, health },
    pds: settings.bluesky?.service,
    ways: () => {
      const telegram = channels.find(({ name }) => name === 'telegram')?.address?.();
      return { ...waysOf(settings, account?.handle()), ...(telegram && { telegram }) };
    },
    routes: [webhookRoutes(ingresses)],
  });
  return {
    ...{ app, proxies },
    startIngresses: () => startAll(ingresses, ends),
    invite: () => {
      const code = base.store.transact((tx) => inviteFirstAdmin(contextOf(base.foundation, tx)));
      return code && showCode(code);
    },
    makeBackup: watched.backups.make,
  };
}

async function startAll(ingresses: readonly Ingress[], ends: AsyncDisposableStack): Promise<void> {
  for (const ingress of ingresses) {
    ends.defer(ingress.stop);
    await ingress.start();
  }
}

/** Finds out whose the database is; the rest of the base is made over it. */
async function openBase(
  platform: Platform,
  { city, environment, observe }: CityOptions,
  ends: AsyncDisposableStack,
) {
  const { channels } = environment;
  const { store, log, database } = platform;
  const clock = createCityClock({
    newestMs: store.read.times.newest(),
    stepped: (byMs) => {
      log.warn({ seconds: Math.round(byMs / SECOND_MS) }, 'The clock of this machine moved.');
    },
  });
  const random = systemRandom;
  const keys = openKeys(store, database, environment);
  const account =
    channels.bluesky &&
    createAccountWatch({
      ...{ store, log, lookUp: platform.lookUpAccount },
      service: channels.bluesky.service,
      identifier: channels.bluesky.identifier,
    });
  const known = knownDid(store);
  if (known !== undefined) await account?.lookAtStart(known);
  const session =
    channels.bluesky &&
    createSession({
      ...channels.bluesky,
      ...{ did: known, movedTo: account?.movedTo, clock },
      ...(platform.outgoing && { outgoing: platform.outgoing('account') }),
      keeper: createSessionKeeper(store, keys),
    });
  const did = await didOf(session, store);
  const adopted = adoptDid(store, did);
  if (adopted > 0) log.info({ records: adopted }, 'The records are those of the account now.');
  const facts = { store, did, keys, clock, random };
  const watched = createWatchedBase({
    ...facts,
    ...{ city, log, publicUrl: environment.publicUrl },
    ...watchedParts(platform),
    ...(observe && { observe }),
    backups: await platform.createBackups(facts),
    storage: platform.createStorageWatch(facts),
    segmentsPerDay: channels.sms?.segmentsPerDay,
  });
  ends.defer(watched.storage.endCheck);
  if (account !== undefined) ends.defer(account.watch(did));
  return { ...watched, session, account, clock, facts };
}

const watchedParts = ({ fetching, sending, outgoing, deletedKeptDays, ...platform }: Platform) => {
  const { spool, checkPicture, createPublicFetch, readFile, memory } = platform;
  return {
    ...{ spool, checkPicture, createPublicFetch, readFile, memory },
    ...(fetching && { fetching }),
    ...(sending && { sending }),
    ...(outgoing && { outgoing }),
    ...(deletedKeptDays !== undefined && { deletedKeptDays }),
  };
};

const rekeyed = (log: Log) => (until: number | undefined) =>
  log.warn(
    until === undefined ? {} : { until: isoTime(until) },
    'Everything is sealed with the new SECRET_KEY. SECRET_KEY_PREVIOUS can be removed, or at the time given: codes and invitations from before need it so long.',
  );

const textWarning = (log: Log, perDay: number): TextWarning => ({
  perDay,
  warn: (used) =>
    log.warn(
      { used, perDay },
      'Most of the texts of this day are used: alerts wait, and only what is essential is answered by SMS. SMS_SEGMENTS_PER_DAY is the limit.',
    ),
});

/** How people reach the city, for its home page. */
function waysOf({ sms, bluesky }: ChannelSettings, handle: string | undefined): HomeCity['ways'] {
  const named = bluesky?.identifier.startsWith('did:') ? undefined : bluesky?.identifier;
  const known = bluesky && (handle ?? named);
  return { ...(sms?.from && { sms: sms.from }), ...(known && { bluesky: known }) };
}
