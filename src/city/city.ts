/**
 * A real city: its database, its pictures and its account where the operator says, its channels
 * those that have credentials.
 */
import { dirname, join } from 'node:path';
import type { Logger } from 'pino';
import { createSession, type Session } from '../account/session.ts';
import { createSessionKeeper, sessionKeyId } from '../account/session-keeper.ts';
import type { RunningChannel } from '../channels/channel.ts';
import { ConfigError, type Environment } from '../config/config.ts';
import type { City } from '../domain/city.ts';
import { showCode } from '../domain/code.ts';
import { type Clock, SECOND_MS, systemClock } from '../lib/clock.ts';
import { createKeys } from '../lib/crypto.ts';
import { PLACEHOLDER_DID } from '../lib/placeholder-did.ts';
import { systemRandom } from '../lib/random.ts';
import { createSpool } from '../media/spool.ts';
import { adoptDid } from '../records/adopt-did.ts';
import type { Say } from '../records/publisher/progress.ts';
import { contextOf } from '../services/context.ts';
import { inviteFirstAdmin } from '../services/partners/invite-partner.ts';
import { CITY_DID } from '../store/cursors.ts';
import { type OpenStore, openStore } from '../store/open-node.ts';
import type { Store } from '../store/store.ts';
import { webhookRoutes } from '../web/webhooks.ts';
import { assembleCity } from './assemble.ts';
import { createChannels } from './channels.ts';
import { lockDatabase } from './database-lock.ts';
import { listenToAll } from './listen.ts';
import { noPublishing, publishing } from './publishing.ts';
import { releaseMemory } from './release-memory.ts';

export type RunningCity = {
  readonly port: number;
  /** By which somebody becomes the first admin; undefined once there is one. */
  readonly invitation: string | undefined;
  /** Finishes what is under way. What waits is taken up at the next start. */
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

const SIGN_IN_TRIES = 3;
const BETWEEN_TRIES_MS = 2 * SECOND_MS;

/**
 * Whose repository it is: the account's, as its server says it; the database's own word where that
 * does not answer now; the placeholder where there is no account.
 */
async function didOf(session: Session | undefined, store: Store): Promise<string> {
  const known = store.read.cursors.get(CITY_DID);
  if (session === undefined) {
    if (known !== undefined && known !== PLACEHOLDER_DID) {
      throw new ConfigError(
        `The database is that of ${known}: BLUESKY_IDENTIFIER and BLUESKY_PASSWORD are missing.`,
      );
    }
    return PLACEHOLDER_DID;
  }
  for (let tries = 1; ; tries += 1) {
    const account = await session.signIn();
    if (account.kind === 'ok') {
      const did = account.value;
      if (known === undefined || known === PLACEHOLDER_DID || known === did) return did;
      throw new ConfigError(
        `The database is that of ${known}, and BLUESKY_IDENTIFIER is ${did}. Take that account, or another DATABASE_PATH.`,
      );
    }
    if (account.kind === 'refused') {
      throw new ConfigError(
        `Bluesky refuses BLUESKY_IDENTIFIER and BLUESKY_PASSWORD (${account.code}). Is the app password right?`,
      );
    }
    if (known !== undefined && known !== PLACEHOLDER_DID) return known;
    if (tries === SIGN_IN_TRIES || account.kind === 'limited') {
      throw new ConfigError(
        'BLUESKY_SERVICE does not answer, and the first start needs it to know the account.',
      );
    }
    await new Promise((resolve) => setTimeout(resolve, BETWEEN_TRIES_MS));
  }
}

/** Takes the database and opens it. What is said against either is a sentence with its path. */
function openDatabase(path: string, ends: AsyncDisposableStack): OpenStore {
  try {
    ends.defer(lockDatabase(path));
    const opened = openStore(path);
    ends.defer(opened.close);
    return opened;
  } catch (cause) {
    if (cause instanceof ConfigError) throw cause;
    const why = cause instanceof Error ? cause.message : String(cause);
    throw new ConfigError(`DATABASE_PATH is ${path}, which cannot be opened: ${why}`, { cause });
  }
}

/** Throws when what the database keeps sealed was sealed with another key. */
function keepKey(store: Store, path: string, keyId: string): void {
  const sealedWith = store.read.people.newestKeyId() ?? sessionKeyId(store);
  if (sealedWith !== undefined && sealedWith !== keyId) {
    throw new ConfigError(`${path} was written with another SECRET_KEY. Take that one.`);
  }
}

/** `ends` takes what is to be done at the end, the last first. */
async function openCity(options: CityOptions, ends: AsyncDisposableStack): Promise<RunningCity> {
  const { city, environment, log } = options;
  const { databasePath, secretKey, channels: settings } = environment;
  if (secretKey === undefined) throw new ConfigError('SECRET_KEY is missing.');
  const clock: Clock = systemClock;
  const random = systemRandom;
  const opened = openDatabase(databasePath, ends);
  const { store } = opened;
  const keys = createKeys(secretKey, random);
  keepKey(store, databasePath, keys.keyId);
  const { bluesky } = settings;
  const session =
    bluesky === undefined
      ? undefined
      : createSession({ ...bluesky, clock, keeper: createSessionKeeper(store, keys) });
  const did = await didOf(session, store);
  const adopted = adoptDid(store, did);
  if (adopted > 0) log.info({ records: adopted }, 'The records are those of the account now.');

  let running: readonly RunningChannel[] = [];
  const { core, publisher, web } = assembleCity({
    city,
    opened,
    databasePath,
    spool: createSpool(join(dirname(databasePath), 'pictures')),
    keys,
    clock,
    random,
    log,
    did,
    pds: bluesky?.service,
    ways: {
      ...(settings.sms?.from === undefined ? {} : { sms: settings.sms.from }),
      ...(bluesky === undefined || bluesky.identifier.startsWith('did:')
        ? {}
        : { bluesky: bluesky.identifier }),
    },
    backups: { folder: environment.backupFolder, kept: environment.backupsKept },
    publishing: (parts) =>
      session === undefined
        ? noPublishing()
        : publishing({
            ...parts,
            store,
            clock,
            did,
            session,
            budget: {
              pointsPerHour: environment.recordsPointsPerHour,
              pointsPerDay: environment.recordsPointsPerDay,
            },
            log,
            progress: options.progress ?? ((line, detail) => log.info(detail, line)),
          }),
    channels: (desk) => {
      running = createChannels({ settings, city, clock, session, desk });
      return running;
    },
  });
  ends.defer(publisher.stop);
  ends.defer(core.stop);
  await core.start();
  publisher.start();
  const app = web({ routes: [webhookRoutes(running)] });
  const { port, close } = await listenToAll(app.fetch, environment.port);
  ends.defer(close);
  // A channel may be told at once where to send: by then somebody listens.
  for (const channel of running) {
    ends.defer(channel.stop);
    await channel.start();
  }
  releaseMemory();
  const invitation = store.transact((tx) => inviteFirstAdmin(contextOf(core.foundation, tx)));
  return {
    port,
    invitation: invitation && showCode(invitation),
    stop: () => ends.disposeAsync(),
  };
}
