/**
 * A real city: settings → base → channels → core → what is served → the ways in. Its database, its
 * pictures and its account are where the operator says, its channels those that have credentials.
 */
import { dirname, join } from 'node:path';
import type { Logger } from 'pino';
import { createSession } from '../account/session.ts';
import { createSessionKeeper } from '../account/session-keeper.ts';
import type { ChannelSettings } from '../config/channels.ts';
import { ConfigError, type Environment } from '../config/config.ts';
import type { City } from '../domain/city.ts';
import { showCode } from '../domain/code.ts';
import { systemClock } from '../lib/clock.ts';
import { createKeys } from '../lib/crypto.ts';
import { systemRandom } from '../lib/random.ts';
import { createSpool } from '../media/spool.ts';
import { adoptDid } from '../records/adopt-did.ts';
import type { Say } from '../records/publisher/progress.ts';
import { publisherWithoutAccount } from '../records/publisher/publisher.ts';
import { contextOf } from '../services/context.ts';
import { inviteFirstAdmin } from '../services/partners/invite-first-admin.ts';
import type { HomeCity } from '../web/public/home.ts';
import { webhookRoutes } from '../web/webhooks.ts';
import { createChannels } from './channels.ts';
import { createCore } from './core.ts';
import { checkKey, openDatabase } from './database.ts';
import { cityJobs } from './jobs.ts';
import { listenToAll } from './listen.ts';
import { didOf } from './owner.ts';
import { createCityPublisher } from './publisher.ts';
import { releaseMemory } from './release-memory.ts';
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
  /** Tells people how far a long backlog of records is; the log does where it is left out. */
  readonly progress?: Say;
};

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
  const { base, backups, metrics, session, emptyLog } = await openBase(options, ends);
  const publisher =
    session === undefined
      ? publisherWithoutAccount
      : createCityPublisher(base, session, { ...options, budget: environment.budget });
  const channels = createChannels({ base, settings, session });
  const jobs = cityJobs({ backups, emptyLog, spool: base.spool });
  const core = createCore({ base, channels, publisher, jobs });
  ends.defer(publisher.stop);
  ends.defer(core.stop);
  await core.start();
  publisher.start();
  const ingresses = channels.map((channel) => channel.createIngress(core.inbox));
  const app = createCityWeb({
    ...{ base, channels, publisher, backups, metrics },
    pds: settings.bluesky?.service,
    ways: waysOf(settings),
    routes: [webhookRoutes(ingresses)],
  });
  const { port, close } = await listenToAll(app.fetch, environment.port);
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

/** Opens the database and finds out whose it is; the rest of the base is made over it. */
async function openBase({ city, environment, log }: CityOptions, ends: AsyncDisposableStack) {
  const { databasePath, secretKey, backupFolder, backupsKept, channels } = environment;
  if (secretKey === undefined) throw new ConfigError('SECRET_KEY is missing.');
  const { store, emptyLog } = openDatabase(databasePath, ends);
  const [clock, random] = [systemClock, systemRandom];
  const keys = createKeys(secretKey, random);
  checkKey(store, databasePath, keys.keyId);
  const session =
    channels.bluesky &&
    createSession({ ...channels.bluesky, keeper: createSessionKeeper(store, keys), clock });
  const did = await didOf(session, store);
  const adopted = adoptDid(store, did);
  if (adopted > 0) log.info({ records: adopted }, 'The records are those of the account now.');
  const watched = createWatchedBase({
    ...{ city, did, keys, clock, random, store, log },
    spool: createSpool(join(dirname(databasePath), 'pictures')),
    backups: { databasePath, folder: backupFolder, kept: backupsKept },
  });
  return { ...watched, session, emptyLog };
}

/** How people reach the city, for its home page. */
const waysOf = ({ sms, bluesky }: ChannelSettings): HomeCity['ways'] => ({
  ...(sms?.from && { sms: sms.from }),
  ...(bluesky && !bluesky.identifier.startsWith('did:') && { bluesky: bluesky.identifier }),
});
