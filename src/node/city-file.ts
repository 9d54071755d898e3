import { readFileSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { ConfigError, readCity } from '../config/config.ts';
import type { About, AboutPicture } from '../domain/about.ts';
import type { City } from '../domain/city.ts';

/**
 * Reads the city that `CITY_CONFIG` names; the files of its pictures lie beside that one. Throws a
 * `ConfigError` for what is wrong with it.
 */
export function readCityFile(path: string): City {
  let text: string;
  try {
    text = readFileSync(path, 'utf8');
  } catch (cause) {
    throw new ConfigError(`CITY_CONFIG names ${path}, which cannot be read.`, { cause });
  }
  const city = readCity(text, path);
  if (city.about === undefined) return city;
  return { ...city, about: withPaths(city.about, dirname(path)) };
}

function withPaths(about: About, folder: string): About {
  const placed = (picture: AboutPicture | undefined) =>
    picture !== undefined && 'path' in picture ? { path: resolve(folder, picture.path) } : picture;
  return { ...about, avatar: placed(about.avatar), banner: placed(about.banner) };
}
