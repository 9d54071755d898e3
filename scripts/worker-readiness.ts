/** What a worker lacks before it can be deployed, in sentences. */
import { existsSync, readFileSync } from 'node:fs';
import { type CityOfWorker, citiesOf } from '../src/cloudflare/cities.ts';
import { mustBeWhole, readWorkerSettings } from '../src/cloudflare/settings.ts';
import { ConfigError } from '../src/config/config.ts';

export type Planned = {
  /** Variables and secrets whose values are known. */
  readonly known: Readonly<Record<string, string>>;
  /** The names of the secrets that the worker has already: nobody can read them any more. */
  readonly secrets: readonly string[];
  /** The buckets of the account, and those that `wrangler.toml` names. */
  readonly buckets: readonly string[];
  readonly bucketsWanted: readonly string[];
  /** A worker into which a city is to move has no channel yet. */
  readonly withoutChannels: boolean;
};

/** Stands for secrets that must have a form of their own; any other word does for the rest. */
const FORMS: Readonly<Record<string, string>> = {
  SECRET_KEY: `${'A'.repeat(43)}=`,
  SECRET_KEY_PREVIOUS: `${'B'.repeat(42)}A=`,
  OPERATOR_TOKEN: 'x'.repeat(32),
  PUBLIC_URL: 'https://city.example',
  TWILIO_FROM: '+15105550100',
  TWILIO_MESSAGING_SERVICE_SID: `MG${'0'.repeat(32)}`,
  TWILIO_ACCOUNT_SID: `AC${'0'.repeat(32)}`,
  TELEGRAM_BOT_TOKEN: `1:${'a'.repeat(35)}`,
  TELEGRAM_CHANNEL: '@city',
  BLUESKY_CHAT_DID: 'did:web:api.bsky.chat',
  SMS_COUNTRIES: 'US',
  LOG_LEVEL: 'info',
};
const ADDRESS = /_(?:URL|SERVICE|ROOT)$/;
const NUMBER = /_(?:SECONDS|KEPT|SECOND|DAY|HOUR)$/;

/** A value that a secret of this name could have. */
function likely(name: string): string {
  const form = Object.entries(FORMS).find(([end]) => name === end || name.endsWith(`_${end}`));
  if (form !== undefined) return form[1];
  if (ADDRESS.test(name)) return 'https://city.example';
  return NUMBER.test(name) ? '10' : 'set';
}

/** All that is missing or wrong; nothing where the worker can be deployed. */
export async function whatIsMissing(planned: Planned): Promise<readonly string[]> {
  const { known, secrets, buckets, bucketsWanted } = planned;
  const bindings = {
    ...Object.fromEntries(secrets.map((name) => [name, likely(name)])),
    ...known,
  };
  const absent = bucketsWanted
    .filter((name) => !buckets.includes(name))
    .map((name) => `The bucket ${name} is not there: npx wrangler r2 bucket create ${name}`);
  return [...absent, ...(await missingInSettings(bindings, planned))];
}

async function missingInSettings(
  bindings: Readonly<Record<string, string>>,
  { withoutChannels }: Planned,
): Promise<readonly string[]> {
  const sentences: string[] = [];
  const tell = (error: unknown): void => {
    if (!(error instanceof ConfigError)) throw error;
    sentences.push(error.message);
  };
  let cities: readonly CityOfWorker[] = [];
  try {
    cities = citiesOf(bindings);
  } catch (error) {
    tell(error);
  }
  if (bindings['CITIES'] !== undefined && bindings['SECRET_KEY'] !== undefined) {
    sentences.push(
      'SECRET_KEY stands there without a prefix, so one city lives in this worker alone: move it out before CITIES is set (docs/cloudflare.md), and delete that secret.',
    );
  }
  for (const { key } of cities) {
    try {
      const settings = await readWorkerSettings(key, bindings, readFile);
      if (settings.environment.secretKey === undefined) {
        throw new ConfigError(
          `SECRET_KEY is missing (${key}): make one with openssl rand -base64 32.`,
        );
      }
      if (!withoutChannels) mustBeWhole(settings);
    } catch (error) {
      tell(error);
    }
  }
  return sentences;
}

async function readFile({ file }: CityOfWorker): Promise<string> {
  if (!existsSync(file)) throw new ConfigError(`${file} is missing.`);
  return readFileSync(file, 'utf8');
}
