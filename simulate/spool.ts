/** A spool in memory: pictures wait there until they are published. */

import { sha256 } from '@noble/hashes/sha2.js';
import { bytesToHex } from '@noble/hashes/utils.js';
import type { CheckPicture } from '../src/inbox/check-pictures.ts';
import { cidOfDigest } from '../src/lib/cid.ts';
import type { Random } from '../src/lib/random.ts';
import { ok, refuse } from '../src/lib/result.ts';
import type { Spool } from '../src/media/spool-port.ts';

const SUFFIX_BYTES = 8;

export function createMemorySpool(random: Random): Spool {
  const kept = new Map<string, Uint8Array>();
  return {
    put: async (bytes) => {
      const key = `${bytesToHex(sha256(bytes))}-${bytesToHex(random.bytes(SUFFIX_BYTES))}`;
      kept.set(key, bytes);
      return key;
    },
    putBack: async (key, bytes) => {
      kept.set(key, bytes);
    },
    get: async (key) => kept.get(key),
    remove: async (key) => {
      kept.delete(key);
    },
    keys: async () => [...kept.keys()],
    hasRoom: () => true,
  };
}

/** Photos are a few random bytes here: they are kept and named as pictures are, and never opened. */
export function createPhotoCheck(spool: Spool): CheckPicture {
  return async (spoolKey) => {
    const bytes = await spool.get(spoolKey);
    if (bytes === undefined) return refuse('picture-broken');
    const digest = sha256(bytes);
    return ok({
      ...{ cid: cidOfDigest(digest), sha256: bytesToHex(digest), sizeBytes: bytes.length },
      ...{ mediaType: 'image/jpeg', width: 1600, height: 1200, perceptualHash: bytesToHex(digest) },
      spoolKey: await spool.put(bytes),
    });
  };
}
