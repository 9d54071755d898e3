/** The last pictures for the sandbox's phones to show, kept in memory only. */
import type { Spool } from '../media/spool.ts';

export type PictureCache = {
  readonly put: (bytes: Uint8Array, key: string) => void;
  readonly get: (key: string) => Uint8Array | undefined;
};

const PICTURES_KEPT = 60;
const BYTES_KEPT = 64 * 1024 * 1024;

export function createPictureCache(): PictureCache {
  const pictures = new Map<string, Uint8Array>();
  let size = 0;
  const drop = (key: string) => {
    size -= pictures.get(key)?.byteLength ?? 0;
    pictures.delete(key);
  };
  return {
    put: (bytes, key) => {
      drop(key);
      pictures.set(key, bytes);
      size += bytes.byteLength;
      for (const oldest of pictures.keys()) {
        if (pictures.size <= PICTURES_KEPT && size <= BYTES_KEPT) break;
        drop(oldest);
      }
    },
    get: (key) => pictures.get(key),
  };
}

/** A spool whose pictures also go into the cache, where phones still find them later. */
export const withPictureCache = (spool: Spool, cache: PictureCache): Spool => ({
  ...spool,
  put: async (bytes) => {
    const key = await spool.put(bytes);
    cache.put(bytes, key);
    return key;
  },
});
