/**
 * The cities of one worker. Without `CITIES` it is one, of `city.json`. With it each has a file in
 * `cities/`, an object of its own, and variables and secrets that begin with its key.
 */
import cityJson from '../../city.json' with { type: 'json' };
import { ConfigError } from '../config/config.ts';

/** The variables and secrets of a worker, among its other bindings. */
export type Bindings = object;
type Variables = Readonly<Record<string, string>>;

/** What a city of a worker is called in it. */
export type CityOfWorker = {
  /** The name of its object, and of its folder in a bucket. */
  readonly key: string;
  /** What the names of its variables begin with. */
  readonly prefix: string;
  readonly file: string;
};

const ONLY: CityOfWorker = { key: 'city', prefix: '', file: 'city.json' };
const KEY = /^[a-z][a-z0-9-]{0,30}$/;

const textsOf = (bindings: Bindings): Variables =>
  Object.fromEntries(
    Object.entries(bindings).filter((entry): entry is [string, string] => {
      const [, value] = entry;
      return typeof value === 'string';
    }),
  );

/** All cities of the worker. Throws a `ConfigError` where `CITIES` is not as it should be. */
export function citiesOf(bindings: Bindings): readonly CityOfWorker[] {
  const keys = (textsOf(bindings)['CITIES'] ?? '').split(/[\s,]+/).filter((key) => key !== '');
  if (keys.length === 0) return [ONLY];
  const wrong = keys.find((key, at) => !KEY.test(key) || keys.indexOf(key) !== at);
  if (keys.includes(ONLY.key)) {
    throw new ConfigError('CITIES may not have "city": so the only city of a worker is called.');
  }
  if (wrong !== undefined) {
    throw new ConfigError(
      'CITIES must be different keys such as oakland,san-jose: small letters, digits and hyphens.',
    );
  }
  return keys.map((key) => ({
    key,
    prefix: `${key.replaceAll('-', '_').toUpperCase()}_`,
    file: `cities/${key}.json`,
  }));
}

/** The city that goes by this key. Throws a `ConfigError` for one that is not in `CITIES`. */
export function cityCalled(key: string, bindings: Bindings): CityOfWorker {
  const found = citiesOf(bindings).find((city) => city.key === key);
  if (found === undefined) throw new ConfigError(`${key} is not in CITIES.`);
  return found;
}

/**
 * Its own variables, under the names that they have everywhere. What belongs to another city is not
 * among them, even where the one's key begins as the other's does.
 */
export function variablesOf({ prefix }: CityOfWorker, bindings: Bindings): Variables {
  const others = citiesOf(bindings).filter((other) => other.prefix.length > prefix.length);
  return Object.fromEntries(
    Object.entries(textsOf(bindings))
      .filter(([name]) => name.startsWith(prefix))
      .filter(([name]) => !others.some((other) => name.startsWith(other.prefix)))
      .map(([name, value]) => [name.slice(prefix.length), value]),
  );
}

/** The key of the city that a request is for, by its host; undefined for none. */
export function keyAt(host: string, bindings: Bindings): string | undefined {
  const cities = citiesOf(bindings);
  if (cities[0] === ONLY) return ONLY.key;
  return cities.find((city) => hostOf(city, bindings) === host)?.key;
}

function hostOf(city: CityOfWorker, bindings: Bindings): string | undefined {
  const { PUBLIC_URL: at } = variablesOf(city, bindings);
  return at !== undefined && URL.canParse(at) ? new URL(at).host : undefined;
}

/** Throws a `ConfigError` where two cities have one host: only one of them would be found. */
export function mustBeFound(city: CityOfWorker, bindings: Bindings): void {
  const host = hostOf(city, bindings);
  const other = citiesOf(bindings).find(
    (one) => one.key !== city.key && hostOf(one, bindings) === host,
  );
  if (host === undefined) {
    throw new ConfigError('PUBLIC_URL is missing: its host is what the city is found by.');
  }
  if (other !== undefined) {
    throw new ConfigError(`PUBLIC_URL has the host of ${other.key} too: each city needs its own.`);
  }
}

/** Its configuration as it stands in its file. Throws a `ConfigError` where there is none. */
export async function configurationOf({ key, prefix, file }: CityOfWorker): Promise<string> {
  if (prefix === '') return JSON.stringify(cityJson);
  try {
    const { default: config } = await import(`../../cities/${key}.json`);
    return JSON.stringify(config);
  } catch (cause) {
    throw new ConfigError(`${file} is missing: it has to be there when the worker is deployed.`, {
      cause,
    });
  }
}

/** Where it has its pictures and backups in a bucket: in all of it where it is the only one. */
export const folderOf = (key: string, bindings: Bindings): string =>
  cityCalled(key, bindings).prefix === '' ? '' : `${key}/`;
