/** A backup as a file: written whole or not at all, and read in order. */
import { closeSync, openSync, readSync } from 'node:fs';
import { open, rename, rm } from 'node:fs/promises';
import { dirname } from 'node:path';
import { setImmediate as nextTurn } from 'node:timers/promises';
import * as z from 'zod';
import type { Keys } from '../lib/crypto.ts';
import {
  BackupError,
  type BackupFacts,
  CHUNK_BYTES_MAX,
  FIRST_LINE,
  FORMAT,
  HEADER_BYTES_MAX,
  Header,
  LENGTH_BYTES,
  type SealFacts,
  sealBackup,
} from './backup-format.ts';
import { createChunkCipher } from './chunk-cipher.ts';
import type { BackupPage } from './photos.ts';

/**
 * Writes a backup: it is on disk when this resolves, and there is no half of it before. Only the
 * owner of the file can read it. Other work goes on in between.
 */
export async function writeBackup(
  path: string,
  pages: AsyncIterable<BackupPage>,
  { draft, ...facts }: SealFacts & { readonly draft: string },
): Promise<void> {
  const file = await open(draft, 'wx', 0o600);
  try {
    for await (const part of sealBackup(pages, facts)) {
      await file.writeFile(part);
      await nextTurn();
    }
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
