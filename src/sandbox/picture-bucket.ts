/** The pictures that phones show, in a bucket of R2: a worker has no folder for them. */
import { sha256Of } from '../cloudflare/sha256.ts';
import type { PictureCache } from '../media/picture-cache-port.ts';

/** Keeps the last `picturesMax` of those that were put since it was opened. */
export function createPictureBucket(bucket: R2Bucket, picturesMax: number): PictureCache {
  /** The oldest first. */
  const keys = new Set<string>();
  const remove = async (key: string): Promise<void> => {
    keys.delete(key);
    await bucket.delete(key);
  };
  return {
    get: async (key) => {
      const found = await bucket.get(key);
      return found === null ? undefined : new Uint8Array(await found.arrayBuffer());
    },
    put: async (key, bytes) => {
      await bucket.put(key, bytes, { sha256: await sha256Of(bytes) });
      keys.delete(key);
      keys.add(key);
      for (const oldest of keys) {
        if (keys.size <= picturesMax) break;
        await remove(oldest);
      }
    },
    remove,
  };
}
