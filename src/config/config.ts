/**
 * The environment, checked at the start. What is wrong is said in one sentence that names the
 * setting, for people who do not program. `city.json` is read in `config/city-file.ts`.
 */
import { type ChannelSettings, readChannels } from './channels.ts';
import { readTrustedProxies } from './proxies.ts';
import {
  ConfigError,
  given,
  matching,
  publicUrl,
  url,
  type Variables,
  wholeNumber,
} from './variables.ts';

export { readCity } from './city-file.ts';
export { ConfigError } from './variables.ts';

const LOG_LEVELS = ['trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent'] as const;

export type LogLevel = (typeof LOG_LEVELS)[number];

export type Environment = {
  readonly port: number;
  readonly publicUrl: string | undefined;
  /** Addresses, ranges and names of ranges whose word about a reader's address is taken. */
  readonly trustedProxies: readonly string[];
  readonly cityConfig: string;
  readonly secretKey: Uint8Array | undefined;
  /** The key before, while keys are changed. */
  readonly previousSecretKey: Uint8Array | undefined;
  readonly databasePath: string;
  /** Undefined for the folder `backups` beside the database. */
  readonly backupFolder: string | undefined;
  readonly backupsKept: number;
  /** The write budget of the records; 0 for no limit. */
  readonly budget: { readonly pointsPerHour: number; readonly pointsPerDay: number };
  readonly logLevel: LogLevel;
  /** Where the public record is looked up from outside. */
  readonly network: NetworkSettings;
  readonly channels: ChannelSettings;
  /** No channel has credentials. */
  readonly isSandbox: boolean;
};

/** Reads how many backups are kept: at least one, or there would be none. */
function backupsKept(variables: Variables): number {
  const kept = wholeNumber(variables, 'BACKUPS_KEPT', { standard: 14, max: 1000 });
  if (kept === 0) throw new ConfigError('BACKUPS_KEPT must be 1 or more: the newest is kept.');
  return kept;
}

/** One new record costs so much of the write budget: with less, none would ever be published. */
const RECORD_POINTS = 3;

/** Reads a limit of the write budget; 0 for none. */
function budgetLimit(variables: Variables, name: string, standard: number): number {
  const points = wholeNumber(variables, name, { standard, max: 999_999_999 });
  if (points > 0 && points < RECORD_POINTS) {
    throw new ConfigError(
      `${name} must be 0 for no limit, or at least ${RECORD_POINTS}: a new record costs that many points.`,
    );
  }
  return points;
}

const SECRET_KEY = [
  /^[A-Za-z0-9+/]{43}=$/,
  'must be 32 random bytes in base64: make one with `openssl rand -base64 32`.',
] as const;

function secretKey(variables: Variables, name: string): Uint8Array | undefined {
  const value = matching(variables, name, SECRET_KEY);
  if (value === undefined) return undefined;
  return Uint8Array.from(atob(value), (symbol) => symbol.charCodeAt(0));
}

/** Reads both keys: the second is there only while keys are changed. */
function secretKeys(variables: Variables) {
  const current = secretKey(variables, 'SECRET_KEY');
  const previous = secretKey(variables, 'SECRET_KEY_PREVIOUS');
  if (previous !== undefined && current === undefined) {
    throw new ConfigError(
      'SECRET_KEY_PREVIOUS is set, and SECRET_KEY is missing: it is the new one.',
    );
  }
  if (
    previous !== undefined &&
    given(variables, 'SECRET_KEY_PREVIOUS') === given(variables, 'SECRET_KEY')
  ) {
    throw new ConfigError(
      'SECRET_KEY_PREVIOUS is the same as SECRET_KEY: take it away, or make a new key.',
    );
  }
  return { current, previous };
}

/** The servers that tools ask: the directory of DIDs, and one that knows handles. */
export type NetworkSettings = ReturnType<typeof readNetwork>;

/** Reads what a tool needs of the environment; throws a `ConfigError` like `readEnvironment`. */
export const readNetwork = (variables: Variables) => ({
  plcUrl: url(variables, 'PLC_URL') ?? 'https://plc.directory',
  blueskyService: url(variables, 'BLUESKY_SERVICE') ?? 'https://bsky.social',
});

/** Reads the environment; throws a `ConfigError` with one sentence for the first wrong setting. */
export function readEnvironment(variables: Variables): Environment {
  const logLevel = given(variables, 'LOG_LEVEL') ?? 'info';
  const known = LOG_LEVELS.find((level) => level === logLevel);
  if (known === undefined) {
    throw new ConfigError(
      `LOG_LEVEL must be one of ${LOG_LEVELS.join(', ')}; it is "${logLevel}".`,
    );
  }
  const channels = readChannels(variables);
  // The sandbox has a PDS of its own, which limits nothing unless it is told to.
  const isSandbox = Object.values(channels).every((channel) => channel === undefined);
  const { current: key, previous } = secretKeys(variables);
  if (!isSandbox && key === undefined) {
    throw new ConfigError(
      'SECRET_KEY is missing. Phone numbers are encrypted with it: make one with `openssl rand -base64 32`, and keep it.',
    );
  }
  return {
    port: wholeNumber(variables, 'PORT', { standard: 8080, max: 65_535 }),
    publicUrl: publicUrl(variables),
    trustedProxies: readTrustedProxies(variables),
    cityConfig: given(variables, 'CITY_CONFIG') ?? 'city.json',
    secretKey: key,
    previousSecretKey: previous,
    databasePath: given(variables, 'DATABASE_PATH') ?? 'data/city.db',
    backupFolder: given(variables, 'BACKUP_FOLDER'),
    backupsKept: backupsKept(variables),
    budget: {
      pointsPerHour: budgetLimit(variables, 'RECORDS_POINTS_PER_HOUR', isSandbox ? 0 : 5000),
      pointsPerDay: budgetLimit(variables, 'RECORDS_POINTS_PER_DAY', isSandbox ? 0 : 35_000),
    },
    logLevel: known,
    network: readNetwork(variables),
    channels,
    isSandbox,
  };
}
