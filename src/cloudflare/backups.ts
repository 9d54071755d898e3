/**
 * The backups of a city on Cloudflare, in a bucket of R2: the files that a city on Node makes, of the
 * same format, so that either can come back from them.
 */
import { sealBackup } from '../backup/backup-format.ts';
import { FORGOTTEN_LIST, forgottenIn, linesOf } from '../backup/forgotten-lines.ts';
import { withPhotos } from '../backup/photos.ts';
import type { Backups } from '../backup/port.ts';
import { isoTime } from '../lib/clock.ts';
import type { Keys } from '../lib/crypto.ts';
import type { Random } from '../lib/random.ts';
import type { PrivatePage } from '../store/private-data.ts';
import { listAll } from './list-all.ts';
import { sha256Of } from './sha256.ts';

const NAME = /^(city|recent)-(\d{4}-\d\d-\d\d)T(\d\d)-(\d\d)-(\d\d\.\d{3}Z)\.backup$/;

type Made = { readonly kind: 'city' | 'recent'; readonly key: string; readonly at: number };

/** Opens the backups of the city `did` in `bucket`: they are listed first, so that health knows of them. */
export async function openR2Backups(settings: {
  readonly bucket: R2Bucket;
  /** All private data as it stands at one moment. */
  readonly privatePages: () => readonly PrivatePage[];
  /** The bytes of a photo in the spool; undefined where it is gone. */
  readonly readPhoto: (spoolKey: string) => Promise<Uint8Array | undefined>;
  /** How many are kept of those of the nights. */
  readonly kept: number;
  readonly did: string;
  readonly keys: Keys;
  readonly random: Random;
  readonly now: () => number;
}): Promise<Backups> {
  const { bucket, privatePages, readPhoto, kept, did, keys, random, now } = settings;
  // A bucket may have those of several cities.
  const folder = `${did}/`;
  let known = await listMade(bucket, folder);
  let failed = false;
  let underWay: Promise<string> | undefined;

  const write = async (kind: Made['kind']): Promise<Made> => {
    const at = now();
    const key = `${folder}${kind}-${isoTime(at).replaceAll(':', '-')}.backup`;
    const pages = withPhotos(privatePages(), readPhoto);
    const parts: Uint8Array[] = [];
    for await (const part of sealBackup(pages, { city: did, at, keys, random })) parts.push(part);
    const bytes = new Uint8Array(
      await new Blob(parts.map((part) => new Uint8Array(part))).arrayBuffer(),
    );
    // R2 keeps it whole or not at all, and says so once it is safe.
    await bucket.put(key, bytes, { sha256: await sha256Of(bytes) });
    return { kind, key, at };
  };
  /** Those of a time to come were made by a clock that was wrong: they go before all others. */
  const tooMany = (): readonly Made[] => {
    const nightly = known.filter(({ kind }) => kind === 'city');
    const isPast = ({ at }: Made): boolean => at <= now();
    return [...nightly.filter((one) => !isPast(one)), ...nightly.filter(isPast)].slice(0, -kept);
  };
  const make = async (kind: Made['kind']): Promise<string> => {
    try {
      const made = await write(kind);
      const older = known.filter((one) => one.kind === 'recent');
      known = [...known, made];
      const over = kind === 'recent' ? older : tooMany();
      for (const { key } of over) await bucket.delete(key);
      known = known.filter((one) => !over.includes(one));
      failed = false;
      return made.key;
    } catch (error) {
      failed = true;
      throw error;
    } finally {
      underWay = undefined;
    }
  };
  const newestOf = (some: readonly Made[]): number | null =>
    some.findLast(({ at }) => at <= now())?.at ?? null;

  return {
    make: () => {
      underWay ??= make('city');
      return underWay;
    },
    makeRecent: () => {
      underWay ??= make('recent');
      return underWay;
    },
    keepForgotten: (forgotten) => addForgotten(bucket, `${folder}${FORGOTTEN_LIST}`, forgotten),
    newest: () => newestOf(known.toSorted((one, other) => one.at - other.at)),
    status: () => {
      const nightly = known.filter(({ kind }) => kind === 'city');
      return { last: newestOf(nightly), kept: nightly.length, failed };
    },
  };
}

/** Adds those who are not on the list yet; nobody else writes it. */
async function addForgotten(
  bucket: R2Bucket,
  key: string,
  forgotten: Parameters<Backups['keepForgotten']>[0],
): Promise<void> {
  if (forgotten.length === 0) return;
  const found = await bucket.get(key);
  const before = found === null ? '' : new TextDecoder().decode(await found.arrayBuffer());
  const known = new Set(forgottenIn(before).map(({ digest, at }) => `${digest} ${at}`));
  const added = forgotten.filter(({ digest, at }) => !known.has(`${digest} ${at}`));
  if (added.length === 0) return;
  const bytes = new TextEncoder().encode(before + linesOf(added));
  await bucket.put(key, bytes, { sha256: await sha256Of(bytes) });
}

/** The backups of a city, the oldest first. */
async function listMade(bucket: R2Bucket, folder: string): Promise<readonly Made[]> {
  const found = await listAll(bucket, folder);
  return found
    .flatMap(({ key }) => {
      const [, kind, day, hour, minute, second] = NAME.exec(key.slice(folder.length)) ?? [];
      if (kind !== 'city' && kind !== 'recent') return [];
      return [{ kind, key, at: Date.parse(`${day}T${hour}:${minute}:${second}`) } as const];
    })
    .toSorted((one, other) => one.at - other.at);
}
