/** The settings of a city on Cloudflare: the variables and secrets of the worker, and its `city.json`. */
import cityJson from '../../city.json' with { type: 'json' };
import { ConfigError, type Environment, readCity, readEnvironment } from '../config/config.ts';
import type { City } from '../domain/city.ts';

/**
 * Reads what operators have set; of the bindings those that are texts. Throws a `ConfigError` for what
 * is wrong, or cannot be on Cloudflare.
 */
export function readWorkerSettings(bindings: object): {
  readonly environment: Environment;
  readonly city: City;
} {
  const texts = Object.entries(bindings).filter(([, value]) => typeof value === 'string');
  const environment = readEnvironment(Object.fromEntries(texts));
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
  return { environment, city: readCity(JSON.stringify(cityJson), 'city.json') };
}
