/** The folder of a city's backups: makes one, and keeps the newest of them. */
import { type Dirent, mkdirSync, readdirSync, rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { type Clock, DAY_MS, isoTime } from '../lib/clock.ts';
import type { Keys } from '../lib/crypto.ts';
import type { Random } from '../lib/random.ts';
import { CITY_DID, cursorsReads } from '../store/cursors.ts';
import type { Forgotten } from '../store/forgetting.ts';
import { identitiesReads } from '../store/identities.ts';
import { openSnapshot } from '../store/open-node.ts';
import { forgottenOf, privatePages } from '../store/private-data.ts';
import { readBackup, readFacts, writeBackup } from './backup-file.ts';
import { BackupError } from './backup-format.ts';
import { addToForgottenList, forgottenListIn, readForgottenList } from './forgotten-list.ts';
import { withPhotos } from './photos.ts';
import type { Backups } from './port.ts';

/** Tells whose a database is, and with which key its addresses are sealed; undefined when unknown. */
export function ownerOf(databasePath: string) {
  const { db, close } = openSnapshot(databasePath);
  try {
    return { did: cursorsReads(db).get(CITY_DID), keyId: identitiesReads(db).newestKeyId() };
  } finally {
    close();
  }
}

export type BackupSettings = {
  readonly databasePath: string;
  /** Undefined for the folder `backups` beside the database. */
  readonly folder: string | undefined;
  /** How many are kept. */
  readonly kept: number;
  /** The DID of the city. */
  readonly did: string;
  readonly keys: Keys;
  /** The bytes of a photo in the spool; undefined where it is gone. */
  readonly readPhoto: (spoolKey: string) => Promise<Uint8Array | undefined>;
  readonly clock: Pick<Clock, 'now'>;
  readonly random: Random;
};

const NAME = /^city-\d{4}-\d\d-\d\dT\d\d-\d\d-\d\d\.\d{3}Z\.backup$/;
/** Beside those of the nights there is one that is replaced every few minutes. */
const RECENT_NAME = /^recent-\d{4}-\d\d-\d\dT\d\d-\d\d-\d\d\.\d{3}Z\.backup$/;
const DRAFT = /^\.(?:city|recent)(-\d{4}-\d\d-\d\dT\d\d-\d\d-\d\d\.\d{3}Z\.backup)\.part$/;

const timeOf = (at: number): string => `-${isoTime(at).replaceAll(':', '-')}.backup`;

export function createBackups(settings: BackupSettings): Backups {
  const { databasePath, did, keys, clock, random, readPhoto } = settings;
  const folder = settings.folder ?? join(dirname(databasePath), 'backups');
  let underWay: Promise<string> | undefined;
  let failed = false;
  let listed: Set<string> | undefined;
  let recent = list(folder, did, RECENT_NAME).at(-1)?.at;
  const isPast = ({ at }: { readonly at: number }): boolean => at <= clock.now();
  let known = list(folder, did, NAME);

  /** Removes only backups of this city, which its name and its first lines tell. */
  const forget = (): void => {
    const all = list(folder, did, NAME);
    // One of a time to come was made by a clock that was wrong: it goes before all others.
    known = [...all.filter((one) => !isPast(one)), ...all.filter(isPast)];
    for (const { path } of known.slice(0, -settings.kept)) rmSync(path, { force: true });
    known = known.slice(-settings.kept);
    // A draft that is a day old was left by a crash.
    const longAgo = timeOf(clock.now() - DAY_MS);
    for (const entry of entriesOf(folder)) {
      const [, name] = DRAFT.exec(entry.name) ?? [];
      if (entry.isFile() && name !== undefined && name < longAgo) {
        rmSync(join(folder, entry.name), { force: true });
      }
    }
  };

  const write = async (name: string, at: number): Promise<string> => {
    mkdirSync(folder, { recursive: true, mode: 0o700 });
    const path = join(folder, name);
    const { db, close } = openSnapshot(databasePath);
    try {
      const draft = join(folder, `.${name}.part`);
      const pages = withPhotos(privatePages(db), readPhoto);
      await writeBackup(path, pages, { city: did, at, keys, random, draft });
      return path;
    } finally {
      close();
    }
  };

  const makeNightly = async (): Promise<string> => {
    const at = clock.now();
    const path = await write(`city${timeOf(at)}`, at);
    forget();
    return path;
  };

  const makeRecent = async (): Promise<string> => {
    const at = clock.now();
    const path = await write(`recent${timeOf(at)}`, at);
    for (const older of list(folder, did, RECENT_NAME)) {
      if (older.path !== path) rmSync(older.path, { force: true });
    }
    recent = at;
    return path;
  };

  const tryTo = async (make: () => Promise<string>): Promise<string> => {
    try {
      const path = await make();
      failed = false;
      return path;
    } catch (error) {
      failed = true;
      throw error;
    } finally {
      underWay = undefined;
    }
  };

  return {
    make: (): Promise<string> => {
      underWay ??= tryTo(makeNightly);
      return underWay;
    },
    makeRecent: (): Promise<string> => {
      underWay ??= tryTo(makeRecent);
      return underWay;
    },
    keepForgotten: async (forgotten) => {
      const path = forgottenListIn(folder);
      listed ??= new Set(readForgottenList(path).map(lineOf));
      const added = forgotten.filter((one) => listed?.has(lineOf(one)) === false);
      addToForgottenList(path, added);
      for (const one of added) listed.add(lineOf(one));
    },
    newest: (): number | null => {
      const at = Math.max(recent ?? 0, known.findLast(isPast)?.at ?? 0);
      return at === 0 ? null : at;
    },
    status: () => ({ last: known.findLast(isPast)?.at ?? null, kept: known.length, failed }),
  };
}

/**
 * Who was forgotten, as a folder of backups says: its list, and those of its backups that are newer than
 * the one that is restored.
 */
export async function forgottenBeside(path: string, keys: Keys): Promise<readonly Forgotten[]> {
  const folder = dirname(path);
  const { city, at } = readFacts(path);
  const found = [...readForgottenList(forgottenListIn(folder))];
  const all = [...list(folder, city, NAME), ...list(folder, city, RECENT_NAME)];
  for (const newer of all.filter((one) => one.at > at)) {
    try {
      for await (const page of readBackup(newer.path, keys)) {
        // They come first.
        if (page.kind === 'photo' || page.kind !== 'forgotten') break;
        found.push(...forgottenOf(page));
      }
    } catch (error) {
      // One that cannot be opened tells nothing, and the list has the same.
      if (!(error instanceof BackupError)) throw error;
    }
  }
  return found;
}

function entriesOf(folder: string): readonly Dirent[] {
  try {
    return readdirSync(folder, { withFileTypes: true });
  } catch {
    return [];
  }
}

/** The newest backup of a city in a folder, of either kind; undefined where there is none. */
export const newestBackup = (folder: string, did: string): Made | undefined =>
  [...list(folder, did, NAME), ...list(folder, did, RECENT_NAME)]
    .toSorted((one, other) => one.at - other.at)
    .at(-1);

const lineOf = ({ digest, at }: Forgotten): string => `${digest} ${at}`;

type Made = { readonly path: string; readonly at: number };

/** Lists the backups of a city in a folder, the oldest first. */
function list(folder: string, did: string, name: RegExp): Made[] {
  return entriesOf(folder)
    .filter((entry) => entry.isFile() && name.test(entry.name))
    .map((entry) => join(folder, entry.name))
    .toSorted()
    .flatMap((path) => {
      try {
        const { city, at } = readFacts(path);
        return city === did ? [{ path, at }] : [];
      } catch (error) {
        if (error instanceof BackupError) return [];
        throw error;
      }
    });
}
