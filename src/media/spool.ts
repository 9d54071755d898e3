/**
 * Pictures that wait on disk beside the database: from the message that brought them until they
 * stand in the public record. A key in the database means that its bytes are on the disk, also
 * after the power failed.
 */
import { createHash, randomBytes } from 'node:crypto';
import { mkdirSync, readdirSync, rmSync, statfsSync, statSync } from 'node:fs';
import { open, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { DISK_FREE_BYTES_MIN, SPOOL_BYTES_MAX } from './limits.ts';
import { isSpoolKey, type Spool } from './spool-port.ts';

/** The folder of the spool that belongs to the database at this path. */
export const spoolBeside = (databasePath: string): string =>
  join(dirname(databasePath), 'pictures');

type SpoolLimits = { readonly bytesMax: number; readonly freeBytesMin: number };

const LIMITS: SpoolLimits = { bytesMax: SPOOL_BYTES_MAX, freeBytesMin: DISK_FREE_BYTES_MIN };

const RANDOM_BYTES = 8;
const UNFINISHED = '.part';

/**
 * Opens the spool in `directory`, which is made when it is not there. One process uses it at a
 * time: files that an earlier one left half written are removed. A text that is no key throws.
 */
export function createSpool(directory: string, limits: SpoolLimits = LIMITS): Spool {
  mkdirSync(directory, { recursive: true, mode: 0o700 });
  for (const name of readdirSync(directory)) {
    if (name.endsWith(UNFINISHED)) rmSync(join(directory, name), { force: true });
  }
  const sizes = sizesIn(directory);
  let used = [...sizes.values()].reduce((sum, size) => sum + size, 0);
  const note = (key: string, size: number): void => {
    used += size - (sizes.get(key) ?? 0);
    if (size === 0) sizes.delete(key);
    else sizes.set(key, size);
  };
  return {
    put: async (bytes) => {
      const key = `${sha256(bytes)}-${randomBytes(RANDOM_BYTES).toString('hex')}`;
      await keep(directory, key, bytes);
      note(key, bytes.length);
      return key;
    },
    putBack: async (key, bytes) => {
      if (!key.startsWith(sha256(bytes))) throw new Error('createSpool: the key is of other bytes');
      await keep(directory, key, bytes);
      note(key, bytes.length);
    },
    get: spoolReader(directory),
    remove: async (key) => {
      await rm(pathIn(directory, key), { force: true });
      note(key, 0);
    },
    keys: async () => (await readdir(directory)).filter(isSpoolKey),
    hasRoom: () => {
      const { bavail, bsize } = statfsSync(directory);
      return used < limits.bytesMax && bavail * bsize > limits.freeBytesMin;
    },
  };
}

/** Reads the spool in `directory`, also while a program uses it; answers as `get` of a spool. */
export const spoolReader =
  (directory: string): Spool['get'] =>
  async (key) => {
    const bytes = await readFile(pathIn(directory, key)).catch(undefinedWhenMissing);
    return bytes !== undefined && key.startsWith(sha256(bytes)) ? bytes : undefined;
  };

function pathIn(directory: string, key: string): string {
  if (!isSpoolKey(key)) throw new Error('createSpool: that is no key of a spool');
  return join(directory, key);
}

async function keep(directory: string, key: string, bytes: Uint8Array): Promise<void> {
  const path = pathIn(directory, key);
  try {
    await writeFile(path + UNFINISHED, bytes, { flag: 'wx', mode: 0o600, flush: true });
    await rename(path + UNFINISHED, path);
  } catch (error) {
    // A file that was half written would keep a full disk full.
    await rm(path + UNFINISHED, { force: true });
    throw error;
  }
  await syncDirectory(directory);
}

const sizesIn = (directory: string): Map<string, number> =>
  new Map(
    readdirSync(directory)
      .filter(isSpoolKey)
      .map((name) => [name, statSync(join(directory, name)).size]),
  );

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
