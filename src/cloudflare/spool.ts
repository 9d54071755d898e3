/**
 * The spool of a city on Cloudflare: pictures wait in a bucket of R2. What is put there is safe when
 * R2 has answered, so a key in the database means that its bytes are in the bucket.
 */
import { bytesToHex } from '@noble/hashes/utils.js';
import { SPOOL_BYTES_MAX } from '../media/limits.ts';
import { isSpoolKey, type Spool } from '../media/spool-port.ts';
import { listAll } from './list-all.ts';
import { sha256Of } from './sha256.ts';

/** What needs nothing but the bucket, as a worker without memory does. */
export type BucketSpool = Omit<Spool, 'hasRoom'>;

export type R2Spool = Spool & {
  /** Counts what somebody else has put into the bucket, so that it need not be listed. */
  readonly noteKept: (key: string, sizeBytes: number) => void;
  /** When what lies in the bucket is counted, or could not be. */
  readonly counted: Promise<void>;
};

const RANDOM_BYTES = 8;

/**
 * Opens the spool in `bucket` and begins to count what is in it. `hasRoom` says yes until that is
 * known: whoever writes to a city that has just woken is not turned away. What cannot be counted is
 * counted when `keys` lists it. One program counts at a time. A text that is no key throws.
 */
export function createR2Spool(
  bucket: R2Bucket,
  limits: { readonly bytesMax: number } = { bytesMax: SPOOL_BYTES_MAX },
): R2Spool {
  const plain = spoolIn(bucket);
  const sizes = new Map<string, number>();
  let used = 0;
  let isKnown = false;
  const noteKept = (key: string, sizeBytes: number): void => {
    used += sizeBytes - (sizes.get(key) ?? 0);
    sizes.set(key, sizeBytes);
  };
  const noteRemoved = (key: string): void => {
    used -= sizes.get(key) ?? 0;
    sizes.delete(key);
  };
  const list = async (): Promise<readonly string[]> => {
    const before = new Set(sizes.keys());
    const found = await listed(bucket);
    // One that was removed meanwhile is counted until the next list.
    for (const [key, size] of found) noteKept(key, size);
    // What came while they were listed is not on the list.
    for (const key of before) if (!found.has(key)) noteRemoved(key);
    isKnown = true;
    return [...found.keys()];
  };
  return {
    put: async (bytes) => {
      const key = await plain.put(bytes);
      noteKept(key, bytes.length);
      return key;
    },
    putBack: async (key, bytes) => {
      await plain.putBack(key, bytes);
      noteKept(key, bytes.length);
    },
    get: plain.get,
    remove: async (key) => {
      await plain.remove(key);
      noteRemoved(key);
    },
    keys: list,
    hasRoom: () => !isKnown || used < limits.bytesMax,
    noteKept,
    counted: list().then(
      () => undefined,
      () => undefined,
    ),
  };
}

/** The spool in `bucket` for who keeps nothing in mind. A text that is no key throws. */
export function spoolIn(bucket: R2Bucket): BucketSpool {
  const keep = async (key: string, digest: string, bytes: Uint8Array): Promise<void> => {
    // R2 refuses bytes that have changed on their way.
    await bucket.put(key, bytes, { sha256: digest });
  };
  return {
    put: async (bytes) => {
      const digest = await sha256Of(bytes);
      const random = crypto.getRandomValues(new Uint8Array(RANDOM_BYTES));
      const key = `${digest}-${bytesToHex(random)}`;
      await keep(key, digest, bytes);
      return key;
    },
    putBack: async (key, bytes) => {
      const digest = await sha256Of(bytes);
      if (!mustBeKey(key).startsWith(digest)) throw new Error('spoolIn: the key is of other bytes');
      await keep(key, digest, bytes);
    },
    get: async (key) => {
      const found = await bucket.get(mustBeKey(key));
      if (found === null) return undefined;
      const bytes = new Uint8Array(await found.arrayBuffer());
      return key.startsWith(await sha256Of(bytes)) ? bytes : undefined;
    },
    remove: async (key) => await bucket.delete(mustBeKey(key)),
    keys: async () => [...(await listed(bucket)).keys()],
  };
}

/** The sizes of all pictures in the bucket; other things in it are none. */
async function listed(bucket: R2Bucket): Promise<ReadonlyMap<string, number>> {
  const all = await listAll(bucket);
  return new Map(all.filter(({ key }) => isSpoolKey(key)).map(({ key, size }) => [key, size]));
}

function mustBeKey(key: string): string {
  if (!isSpoolKey(key)) throw new Error('spoolIn: that is no key of a spool');
  return key;
}
