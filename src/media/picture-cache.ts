/**
 * Pictures that could be had again, kept on disk so that they need not be: the least recently used
 * go first. A restart finds what is there. Whoever takes a picture out looks whether it is whole.
 */
import { mkdirSync, readdirSync, rmSync, statSync } from 'node:fs';
import { readFile, rename, rm, utimes, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { PictureCache } from './picture-cache-port.ts';

type CacheLimits = {
  readonly bytesMax: number;
  readonly picturesMax: number;
};

/** Such as a CID, or a key of the spool. */
const KEY = /^[a-z0-9][a-z0-9-]{0,199}$/;
const UNFINISHED = '.part';

/** Opens the cache in `directory`, which is made when it is not there. */
export function createPictureCache(directory: string, limits: CacheLimits): PictureCache {
  mkdirSync(directory, { recursive: true, mode: 0o700 });
  /** The size of each picture, the least recently used first. */
  const sizes = new Map<string, number>();
  let bytes = 0;
  let writes = 0;

  const pathOf = (key: string): string => {
    if (!KEY.test(key)) throw new Error('createPictureCache: that is no key');
    return join(directory, key);
  };
  const forget = (key: string): void => {
    bytes -= sizes.get(key) ?? 0;
    sizes.delete(key);
  };
  const note = (key: string, size: number): void => {
    forget(key);
    sizes.set(key, size);
    bytes += size;
  };
  const remove = async (key: string): Promise<void> => {
    const path = pathOf(key);
    forget(key);
    await rm(path, { force: true }).catch(() => undefined);
  };
  const makeRoom = async (): Promise<void> => {
    for (const [oldest] of sizes) {
      if (sizes.size <= limits.picturesMax && bytes <= limits.bytesMax) return;
      await remove(oldest);
    }
  };

  for (const { key, size } of findPictures(directory)) note(key, size);
  void makeRoom();
  return {
    get: async (key) => {
      const size = sizes.get(key);
      if (size === undefined) return undefined;
      const path = pathOf(key);
      note(key, size);
      try {
        const found = await readFile(path);
        const now = new Date();
        // For the order after a restart.
        await utimes(path, now, now).catch(() => undefined);
        return new Uint8Array(found);
      } catch {
        forget(key);
        return undefined;
      }
    },
    put: async (key, picture) => {
      const path = pathOf(key);
      if (picture.byteLength > limits.bytesMax) return;
      writes += 1;
      const part = `${path}.${writes}${UNFINISHED}`;
      try {
        await writeFile(part, picture, { mode: 0o600 });
        await rename(part, path);
        note(key, picture.byteLength);
        await makeRoom();
      } catch {
        await rm(part, { force: true }).catch(() => undefined);
      }
    },
    remove,
  };
}

/** What an earlier start left, the least recently used first; what it left half written is removed. */
function findPictures(
  directory: string,
): readonly { readonly key: string; readonly size: number }[] {
  const found: { readonly key: string; readonly size: number; readonly usedAt: number }[] = [];
  for (const key of readdirSync(directory)) {
    const path = join(directory, key);
    if (key.endsWith(UNFINISHED)) rmSync(path, { force: true });
    if (!KEY.test(key)) continue;
    const { size, mtimeMs: usedAt } = statSync(path);
    found.push({ key, size, usedAt });
  }
  return found.sort((one, other) => one.usedAt - other.usedAt);
}
