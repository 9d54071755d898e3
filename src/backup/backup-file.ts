/**
 * A backup as a file: a line that says what it is, a line of JSON that says whose, then chunks of
 * AES-256-GCM (`chunk-cipher.ts`), each behind its length. A chunk holds some rows of one
 * kind as JSON, or a photo. The two lines are authenticated with every chunk.
 */
import { closeSync, openSync, readSync } from 'node:fs';
import { open, rename, rm } from 'node:fs/promises';
import { dirname } from 'node:path';
import { setImmediate as nextTurn } from 'node:timers/promises';
import * as z from 'zod';
import { isoTime } from '../lib/clock.ts';
import type { Keys } from '../lib/crypto.ts';
import type { Random } from '../lib/random.ts';
import { createChunkCipher } from './chunk-cipher.ts';
import type { BackupPage } from './photos.ts';

/** A backup that cannot be used. Its message is a sentence for people. */
export class BackupError extends Error {
  override readonly name = 'BackupError';
}

const FIRST_LINE = 'city-sync backup\n';
const FORMAT = 1;
const SALT_BYTES = 32;
const LENGTH_BYTES = 4;
const HEADER_BYTES_MAX = 4096;
/** A chunk of a sound backup is far smaller. */
const CHUNK_BYTES_MAX = 64 * 1024 * 1024;

const Header = z.object({
  format: z.literal(FORMAT),
  /** The DID of the city. */
  city: z.string(),
  /** ISO 8601. */
  at: z.string().refine((time) => !Number.isNaN(Date.parse(time))),
  keyId: z.string(),
  salt: z.string().regex(/^[0-9a-f]{64}$/),
});

/** Says whose a backup is, and when it was made (ms); nobody has checked it yet. */
export type BackupFacts = { readonly city: string; readonly at: number };

/**
 * Writes a backup: it is on disk when this resolves, and there is no half of it before. Only the
 * owner of the file can read it. Other work goes on in between.
 */
export async function writeBackup(
  path: string,
  pages: AsyncIterable<BackupPage>,
  facts: BackupFacts & { readonly keys: Keys; readonly random: Random; readonly draft: string },
): Promise<void> {
  const { keys, draft } = facts;
  const salt = facts.random.bytes(SALT_BYTES);
  const header = Buffer.from(
    `${FIRST_LINE}${JSON.stringify({
      format: FORMAT,
      city: facts.city,
      at: isoTime(facts.at),
      keyId: keys.keyId,
      salt: Buffer.from(salt).toString('hex'),
    } satisfies z.infer<typeof Header>)}\n`,
  );
  const cipher = createChunkCipher(keys.backupKey(salt), header);
  const file = await open(draft, 'wx', 0o600);
  try {
    let count = 0;
    const write = async (page: BackupPage | undefined, isLast: boolean): Promise<void> => {
      const sealed = cipher.seal(Buffer.from(JSON.stringify(page ?? null)), count, isLast);
      const length = Buffer.alloc(LENGTH_BYTES);
      length.writeUInt32BE(sealed.length);
      await file.writev([length, sealed]);
      count += 1;
      await nextTurn();
    };
    await file.write(header);
    for await (const page of pages) await write(page, false);
    await write(undefined, true);
    await file.sync();
    await file.close();
    await rename(draft, path);
    await syncFolder(dirname(path));
  } catch (error) {
    await file.close().catch(() => undefined);
    await rm(draft, { force: true });
    throw error;
  }
}

async function syncFolder(path: string): Promise<void> {
  const folder = await open(path, 'r');
  await folder.sync();
  await folder.close();
}

/** Reads the beginning of a file. Throws a `BackupError` when it is no backup of ours. */
export function readFacts(path: string): BackupFacts {
  const file = openSync(path, 'r');
  try {
    const { header } = readHeader(file, path);
    return { city: header.city, at: Date.parse(header.at) };
  } finally {
    closeSync(file);
  }
}

function readHeader(file: number, path: string) {
  const start = Buffer.alloc(HEADER_BYTES_MAX);
  const found = start.subarray(0, readSync(file, start, 0, start.length, 0));
  const bytes = found.subarray(0, found.indexOf('\n', FIRST_LINE.length) + 1);
  const isOurs = bytes.toString('latin1', 0, FIRST_LINE.length) === FIRST_LINE;
  const said = isOurs ? jsonOf(bytes.toString('utf8', FIRST_LINE.length)) : undefined;
  if (z.object({ format: z.number().gt(FORMAT) }).safeParse(said).success) {
    throw new BackupError(`${path} was made by a newer version of City/Sync.`);
  }
  const { data: header } = Header.safeParse(said);
  if (header === undefined) throw new BackupError(`${path} is not a backup of City/Sync.`);
  return { header, bytes };
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/**
 * Reads the pages of a backup in the order in which they were written. Throws a `BackupError` when it
 * was made with another key, altered, or cut off: the pages before that must not be kept either.
 */
export async function* readBackup(path: string, keys: Keys): AsyncGenerator<BackupPage> {
  const file = openSync(path, 'r');
  try {
    const { header, bytes } = readHeader(file, path);
    const own = [keys, keys.previous].find((those) => those?.keyId === header.keyId);
    if (own === undefined) throw new BackupError(`${path} was made with another SECRET_KEY.`);
    const cipher = createChunkCipher(own.backupKey(Buffer.from(header.salt, 'hex')), bytes);
    const damaged = (cause?: unknown) =>
      new BackupError(`${path} is damaged or cut off. Nothing of it was used.`, { cause });
    let at = bytes.length;
    const take = (length: number): Buffer | undefined => {
      const part = Buffer.alloc(length);
      if (readSync(file, part, 0, length, at) < length) return undefined;
      at += length;
      return part;
    };
    for (let count = 0; ; count += 1) {
      const length = take(LENGTH_BYTES)?.readUInt32BE() ?? 0;
      const sealed = length > CHUNK_BYTES_MAX ? undefined : take(length);
      if (sealed === undefined || length === 0) throw damaged();
      const isLast = readSync(file, Buffer.alloc(1), 0, 1, at) === 0;
      let chunk: Uint8Array;
      try {
        chunk = cipher.open(sealed, count, isLast);
      } catch (cause) {
        throw damaged(cause);
      }
      if (isLast) return;
      yield JSON.parse(Buffer.from(chunk).toString('utf8')) as BackupPage;
    }
  } finally {
    closeSync(file);
  }
}
