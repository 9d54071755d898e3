import { readFileSync } from 'node:fs';
import { ConfigError, readCity } from '../config/config.ts';
import type { City } from '../domain/city.ts';

/** Reads the city that `CITY_CONFIG` names; throws a `ConfigError` for what is wrong with it. */
export function readCityFile(path: string): City {
  let text: string;
  try {
    text = readFileSync(path, 'utf8');
  } catch (cause) {
    throw new ConfigError(`CITY_CONFIG names ${path}, which cannot be read.`, { cause });
  }
  return readCity(text, path);
}
