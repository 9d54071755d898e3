/** The pictures of the city itself that are files beside `city.json`. */
import { ConfigError } from '../config/config.ts';
import type { AboutPicture } from '../domain/about.ts';
import type { OwnPictures } from '../services/city/publish-presence.ts';
import type { Base } from './base.ts';

/**
 * Reads and cleans them into the spool, as the pictures of evidence are. Throws a `ConfigError` for a
 * file that cannot be read or is no picture.
 */
export async function readOwnPictures(base: Base): Promise<OwnPictures> {
  const { about } = base.foundation.city;
  return {
    avatar: await readPicture(base, 'avatar', about?.avatar),
    banner: await readPicture(base, 'banner', about?.banner),
  };
}

async function readPicture(
  { spool, checkPicture, readFile }: Base,
  setting: string,
  said: AboutPicture | undefined,
): Promise<OwnPictures['avatar']> {
  if (said === undefined || 'uri' in said) return undefined;
  let bytes: Uint8Array;
  try {
    bytes = await readFile(said.path);
  } catch (cause) {
    throw new ConfigError(`"about.${setting}" names ${said.path}, which cannot be read.`, {
      cause,
    });
  }
  const key = await spool.put(bytes);
  const checked = await checkPicture(key);
  await spool.remove(key);
  if (checked.ok) return checked.value;
  throw new ConfigError(
    `"about.${setting}" names ${said.path.split(/[/\\\\]/).at(-1)}, which is no picture that can be shown (${checked.refusal.code}): use a JPEG, PNG or WebP of up to 10 MB.`,
  );
}
