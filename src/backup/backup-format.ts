/**
 * The format of a backup: a line that says what it is, a line of JSON that says whose, then chunks of
 * AES-256-GCM (`chunk-cipher.ts`), each behind its length. A chunk holds some rows of one kind as
 * JSON, or a photo. The two lines are authenticated with every chunk. It is the same wherever a city
 * runs, so that one can come back anywhere.
 */
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

export const FIRST_LINE = 'city-sync backup\n';
export const FORMAT = 1;
const SALT_BYTES = 32;
export const LENGTH_BYTES = 4;
export const HEADER_BYTES_MAX = 4096;
/** A chunk of a sound backup is far smaller. */
export const CHUNK_BYTES_MAX = 64 * 1024 * 1024;

export const Header = z.object({
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

export type SealFacts = BackupFacts & { readonly keys: Keys; readonly random: Random };

/** The parts of a backup, in order: its two lines, then a chunk for each page, and the last one. */
export async function* sealBackup(
  pages: AsyncIterable<BackupPage>,
  { keys, random, city, at }: SealFacts,
): AsyncGenerator<Uint8Array> {
  const salt = random.bytes(SALT_BYTES);
  const header = Buffer.from(
    `${FIRST_LINE}${JSON.stringify({
      format: FORMAT,
      city,
      at: isoTime(at),
      keyId: keys.keyId,
      salt: Buffer.from(salt).toString('hex'),
    } satisfies z.infer<typeof Header>)}\n`,
  );
  const cipher = createChunkCipher(keys.backupKey(salt), header);
  let count = 0;
  const chunkOf = (page: BackupPage | undefined, isLast: boolean): Uint8Array => {
    const sealed = cipher.seal(Buffer.from(JSON.stringify(page ?? null)), count, isLast);
    const length = Buffer.alloc(LENGTH_BYTES);
    length.writeUInt32BE(sealed.length);
    count += 1;
    return Buffer.concat([length, sealed]);
  };
  yield header;
  for await (const page of pages) yield chunkOf(page, false);
  yield chunkOf(undefined, true);
}
