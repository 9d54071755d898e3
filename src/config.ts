/**
 * The city's configuration and the environment, checked at the start. What is wrong is said in one
 * sentence that names the setting, for people who do not program.
 */
import { z } from 'zod';
import type { City } from './domain/city.ts';

/** A setting that stops the start. Its message is for people. */
export class ConfigError extends Error {
  override readonly name = 'ConfigError';
}

const isTimeZone = (name: string): boolean => {
  try {
    new Intl.DateTimeFormat('en', { timeZone: name });
    return true;
  } catch {
    return false;
  }
};

const words = (what: string, max: number) =>
  z
    .string({ error: `${what} must be a text in quotes` })
    .trim()
    .min(1, { error: `${what} must not be empty` })
    .max(max, { error: `${what} may have ${max} characters at most` });

const whole = (what: string, min: number, max: number) =>
  z
    .number({ error: `${what} must be a whole number` })
    .int({ error: `${what} must be a whole number` })
    .min(min, { error: `${what} must be ${min} or more` })
    .max(max, { error: `${what} must be ${max} or less` });

const CitySchema = z.strictObject(
  {
    name: words('"name" (the city)', 60),
    timeZone: z
      .string({ error: '"timeZone" must be a text such as "America/Los_Angeles"' })
      .refine(isTimeZone, {
        error: '"timeZone" must be a time zone such as "America/Los_Angeles"',
      }),
    languages: z
      .array(z.enum(['en', 'es'], { error: '"languages" may hold "en" and "es"' }), {
        error: '"languages" must be a list such as ["en", "es"]',
      })
      .min(1, { error: '"languages" must hold at least one language' })
      .refine((list) => new Set(list).size === list.length, {
        error: '"languages" names a language twice',
      }),
    currencyWord: words('"currencyWord" (the word for credits)', 16),
    operator: words('"operator" (who runs this)', 100),
    contact: words('"contact" (how to reach the operator)', 100),
    areas: z.array(words('Each of "areas"', 60), { error: '"areas" must be a list of names' }),
    contactHours: z
      .strictObject(
        {
          from: whole('"contactHours.from"', 0, 23),
          to: whole('"contactHours.to"', 1, 24),
        },
        { error: '"contactHours" must be like { "from": 9, "to": 20 }' },
      )
      .refine(({ from, to }) => from < to, {
        error: '"contactHours.from" must be before "contactHours.to"',
      }),
    policies: z.strictObject(
      {
        rejectionPolicy: z.enum(['withhold', 'credit'], {
          error: '"policies.rejectionPolicy" must be "withhold" or "credit"',
        }),
        reviewDeadlineHours: whole('"policies.reviewDeadlineHours"', 1, 24 * 30),
        codeMinutes: whole('"policies.codeMinutes"', 1, 72 * 60),
        liveCodesMax: whole('"policies.liveCodesMax"', 1, 10),
        inviteDays: whole('"policies.inviteDays"', 1, 30),
        cityCap: whole('"policies.cityCap"', 0, 1_000_000_000),
        sessionMinutes: whole('"policies.sessionMinutes"', 1, 24 * 60),
      },
      { error: '"policies" must be a group of settings in braces' },
    ),
  },
  { error: 'it must be one group of settings in braces' },
);

/** The sentence for the first thing that is wrong. */
function sentenceOf(error: z.ZodError): string {
  const [issue] = error.issues;
  if (issue?.code === 'unrecognized_keys') {
    const path = [...issue.path, issue.keys[0]].join('.');
    return `"${path}" is not a setting: is it a typing error?`;
  }
  return issue?.message ?? 'it cannot be read';
}

/** Reads the text of `city.json`; `path` is named in what is thrown. */
export function readCity(text: string, path: string): City {
  let raw: unknown;
  try {
    raw = JSON.parse(text);
  } catch (cause) {
    throw new ConfigError(`${path} is not valid JSON: look for a missing comma, quote or brace.`, {
      cause,
    });
  }
  const parsed = CitySchema.safeParse(raw);
  if (!parsed.success) throw new ConfigError(`In ${path}, ${sentenceOf(parsed.error)}.`);
  return parsed.data;
}

const LOG_LEVELS = ['trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent'] as const;

export type LogLevel = (typeof LOG_LEVELS)[number];

/** What is on: a channel is when its credentials are there. */
type Credentials = {
  readonly bluesky: boolean;
  readonly telegram: boolean;
  readonly sms: boolean;
};

export type Environment = {
  readonly port: number;
  readonly publicUrl: string | undefined;
  readonly cityConfig: string;
  readonly secretKey: Uint8Array | undefined;
  readonly databasePath: string;
  /** Undefined for the folder `backups` beside the database. */
  readonly backupFolder: string | undefined;
  readonly backupsKept: number;
  readonly recordsPointsPerHour: number;
  readonly recordsPointsPerDay: number;
  readonly logLevel: LogLevel;
  readonly credentials: Credentials;
};

type Variables = Readonly<Record<string, string | undefined>>;

/** An empty variable counts as none. */
const given = (variables: Variables, name: string): string | undefined => {
  const value = variables[name]?.trim();
  return value === '' ? undefined : value;
};

function wholeNumber(variables: Variables, name: string, standard: number, max: number): number {
  const value = given(variables, name);
  if (value === undefined) return standard;
  if (!/^\d{1,9}$/.test(value) || Number(value) > max) {
    throw new ConfigError(`${name} must be a whole number from 0 to ${max}; it is "${value}".`);
  }
  return Number(value);
}

const BACKUPS_KEPT_MAX = 1000;

/** How many backups are kept: one at the least, or there would be none. */
function backupsKept(variables: Variables): number {
  const kept = wholeNumber(variables, 'BACKUPS_KEPT', 14, BACKUPS_KEPT_MAX);
  if (kept === 0) throw new ConfigError('BACKUPS_KEPT must be 1 or more: the newest is kept.');
  return kept;
}

/** What one new record costs of the write budget; less would publish nothing, ever. */
const RECORD_POINTS = 3;

/** A limit of the write budget; 0 for none. */
function budgetLimit(variables: Variables, name: string, standard: number): number {
  const points = wholeNumber(variables, name, standard, 999_999_999);
  if (points > 0 && points < RECORD_POINTS) {
    throw new ConfigError(
      `${name} must be 0 for no limit, or at least ${RECORD_POINTS}: a new record costs that many points.`,
    );
  }
  return points;
}

const SECRET_KEY_BYTES = 32;

function secretKey(variables: Variables): Uint8Array | undefined {
  const value = given(variables, 'SECRET_KEY');
  if (value === undefined) return undefined;
  // The value itself is never printed.
  const wrong = new ConfigError(
    'SECRET_KEY must be 32 random bytes in base64: make one with `openssl rand -base64 32`.',
  );
  if (!/^[A-Za-z0-9+/]{43}=$/.test(value)) throw wrong;
  const bytes = Uint8Array.from(atob(value), (symbol) => symbol.charCodeAt(0));
  if (bytes.length !== SECRET_KEY_BYTES) throw wrong;
  return bytes;
}

function url(variables: Variables, name: string): string | undefined {
  const value = given(variables, name);
  if (value === undefined) return undefined;
  if (!URL.canParse(value) || !/^https?:$/.test(new URL(value).protocol)) {
    throw new ConfigError(`${name} must be an address such as https://city.example.`);
  }
  return value.replace(/\/+$/, '');
}

/** The servers that tools ask: the directory of DIDs, and one that knows handles. */
export type NetworkSettings = {
  readonly plcUrl: string;
  readonly blueskyService: string;
};

/** Reads what a tool needs of the environment; throws a `ConfigError` like `readEnvironment`. */
export const readNetwork = (variables: Variables): NetworkSettings => ({
  plcUrl: url(variables, 'PLC_URL') ?? 'https://plc.directory',
  blueskyService: url(variables, 'BLUESKY_SERVICE') ?? 'https://bsky.social',
});

/** A channel's credentials are all there or all missing; half of them stop the start. */
function isOn(
  variables: Variables,
  channel: string,
  names: readonly (readonly string[])[],
): boolean {
  const there = names.map((choices) => choices.some((name) => given(variables, name)));
  if (!there.includes(true)) return false;
  const missing = names.filter((_, at) => !there[at]).map((choices) => choices.join(' or '));
  if (missing.length > 0) {
    throw new ConfigError(
      `${channel} has only half of its credentials: ${missing.join(' and ')} is missing.`,
    );
  }
  return true;
}

/** Reads the environment; throws a `ConfigError` with one sentence for the first wrong setting. */
export function readEnvironment(variables: Variables): Environment {
  const logLevel = given(variables, 'LOG_LEVEL') ?? 'info';
  const known = LOG_LEVELS.find((level) => level === logLevel);
  if (known === undefined) {
    throw new ConfigError(
      `LOG_LEVEL must be one of ${LOG_LEVELS.join(', ')}; it is "${logLevel}".`,
    );
  }
  const credentials = {
    bluesky: isOn(variables, 'Bluesky', [['BLUESKY_IDENTIFIER'], ['BLUESKY_PASSWORD']]),
    telegram: isOn(variables, 'Telegram', [['TELEGRAM_BOT_TOKEN']]),
    sms: isOn(variables, 'SMS', [
      ['TWILIO_ACCOUNT_SID'],
      ['TWILIO_AUTH_TOKEN'],
      ['TWILIO_FROM', 'TWILIO_MESSAGING_SERVICE_SID'],
    ]),
  };
  // The sandbox has a PDS of its own, which limits nothing unless it is told to.
  const isSandbox = !Object.values(credentials).includes(true);
  return {
    port: wholeNumber(variables, 'PORT', 8080, 65_535),
    publicUrl: url(variables, 'PUBLIC_URL'),
    cityConfig: given(variables, 'CITY_CONFIG') ?? 'city.json',
    secretKey: secretKey(variables),
    databasePath: given(variables, 'DATABASE_PATH') ?? 'data/city.db',
    backupFolder: given(variables, 'BACKUP_FOLDER'),
    backupsKept: backupsKept(variables),
    recordsPointsPerHour: budgetLimit(variables, 'RECORDS_POINTS_PER_HOUR', isSandbox ? 0 : 5000),
    recordsPointsPerDay: budgetLimit(variables, 'RECORDS_POINTS_PER_DAY', isSandbox ? 0 : 35_000),
    logLevel: known,
    credentials,
  };
}
