/**
 * Pictures that wait on disk beside the database: from the message that brought them until they
 * stand in the public record. A key in the database means that its bytes are on the disk, also
 * after the power failed.
 */
import { createHash, randomBytes } from 'node:crypto';
import { mkdirSync, readdirSync, rmSync } from 'node:fs';
import { open, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

export type Spool = {
  /**
   * Keeps `bytes` and gives their key: SHA-256 in hex, a hyphen, 16 random hex digits. When it
   * resolves they are safe on the disk; the same bytes twice are two keys.
   */
  readonly put: (bytes: Uint8Array) => Promise<string>;
  /** Undefined when they are lost: not there, or no longer what was put. */
  readonly get: (key: string) => Promise<Uint8Array | undefined>;
  /** Removes them; no matter whether they were there. */
  readonly remove: (key: string) => Promise<void>;
  /** The keys of all that is kept now, in no order. */
  readonly keys: () => Promise<readonly string[]>;
};

const KEY = /^[0-9a-f]{64}-[0-9a-f]{16}$/;
const RANDOM_BYTES = 8;
const UNFINISHED = '.part';

/**
 * Opens the spool in `directory`, which is made when it is not there. One process uses it at a
 * time: files that an earlier one left half written are removed. A text that is no key throws.
 */
export function createSpool(directory: string): Spool {
  mkdirSync(directory, { recursive: true, mode: 0o700 });
  for (const name of readdirSync(directory)) {
    if (name.endsWith(UNFINISHED)) rmSync(join(directory, name), { force: true });
  }
  const pathOf = (key: string): string => {
    if (!KEY.test(key)) throw new Error('createSpool: that is no key of a spool');
    return join(directory, key);
  };
  return {
    put: async (bytes) => {
      const key = `${sha256(bytes)}-${randomBytes(RANDOM_BYTES).toString('hex')}`;
      const path = pathOf(key);
      try {
        await writeFile(path + UNFINISHED, bytes, { flag: 'wx', mode: 0o600, flush: true });
        await rename(path + UNFINISHED, path);
      } catch (error) {
        // A file that was half written would keep a full disk full.
        await rm(path + UNFINISHED, { force: true });
        throw error;
      }
      await syncDirectory(directory);
      return key;
    },
    get: async (key) => {
      const bytes = await readFile(pathOf(key)).catch(undefinedWhenMissing);
      return bytes !== undefined && key.startsWith(sha256(bytes)) ? bytes : undefined;
    },
    remove: async (key) => {
      await rm(pathOf(key), { force: true });
    },
    keys: async () => (await readdir(directory)).filter((name) => KEY.test(name)),
  };
}

const sha256 = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex');

/** Without this a new name may be gone after a power failure, however safe its bytes are. */
async function syncDirectory(directory: string): Promise<void> {
  await using handle = await open(directory, 'r');
  await handle.sync();
}

function undefinedWhenMissing(error: unknown): undefined {
  if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined;
  throw error;
}
