/** The settings of a city on Cloudflare: its variables and secrets in the worker, and its file. */
import { ConfigError, type Environment, readCity, readEnvironment } from '../config/config.ts';
import { matching } from '../config/variables.ts';
import type { City } from '../domain/city.ts';
import { type Bindings, cityCalled, configurationOf, mustBeFound, variablesOf } from './cities.ts';

export type WorkerSettings = {
  readonly environment: Environment;
  readonly city: City;
  /** What opens the door of the city's operators; undefined where it is not set. */
  readonly operatorToken: string | undefined;
};

const TOKEN = [
  /^\S{32,256}$/,
  'must have 32 characters or more: make one with `openssl rand -hex 32`.',
] as const;

/**
 * Reads what operators have set for the city of this key. Throws a `ConfigError` for what is wrong;
 * where it is one of several cities it says of which.
 */
export async function readWorkerSettings(
  key: string,
  bindings: Bindings,
  configurationIn = configurationOf,
): Promise<WorkerSettings> {
  const called = cityCalled(key, bindings);
  const { prefix, file } = called;
  try {
    const variables = variablesOf(called, bindings);
    const environment = readEnvironment(variables);
    if (prefix !== '') mustBeFound(called, bindings);
    return {
      environment,
      city: readCity(await configurationIn(called), file),
      operatorToken: matching(variables, 'OPERATOR_TOKEN', TOKEN),
    };
  } catch (error) {
    if (!(error instanceof ConfigError) || prefix === '') throw error;
    throw new ConfigError(`${error.message} (Of ${key}, whose settings begin with ${prefix}.)`, {
      cause: error,
    });
  }
}

/** Throws a `ConfigError` for what cannot be on Cloudflare, or opens no city. */
export function mustBeWhole({ environment }: WorkerSettings): void {
  const { telegram } = environment.channels;
  if (environment.isSandbox) {
    throw new ConfigError(
      'No channel has credentials: set them with `wrangler secret put`, such as TWILIO_ACCOUNT_SID.',
    );
  }
  if (telegram && (telegram.publicUrl === undefined || telegram.webhookSecret === undefined)) {
    throw new ConfigError(
      'On Cloudflare Telegram sends by webhook: set PUBLIC_URL and TELEGRAM_WEBHOOK_SECRET.',
    );
  }
}
