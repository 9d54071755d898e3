// The ground of a test's city on Node: files in a folder, and pictures opened by a process.
import { mkdtempSync, rmSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createPictureCheck } from '../../src/media/check-picture.ts';
import { createCleaner } from '../../src/media/cleaner.ts';
import { createPublicFetch } from '../../src/media/public-fetch.ts';
import { createSpool } from '../../src/media/spool.ts';
import { memoryOf } from '../../src/store/memory.ts';
import type { Ground, GroundOptions, OpenDatabase } from './ground.ts';
import { openMemory, openMigrated } from './migrated.ts';

/** What is in a database: the bytes of its file. */
type Content = Uint8Array;

/** A database in memory: an empty one, or one with this content, which may be of an earlier version. */
export function openDatabase(
  options: { readonly content?: Content | undefined; readonly isEarlier?: boolean } = {},
): OpenDatabase & { readonly content: () => Content } {
  const { content, isEarlier = false } = options;
  const memory = openMemory(isEarlier ? { earlier: content } : { copied: content });
  const { client, ...opened } = memory;
  return {
    ...opened,
    meddle: (statements) => {
      client.exec(statements);
      memoryOf(client).forgetAll();
    },
    content: () => client.serialize(),
  };
}

/** Shared by the cities of a test file: each would start a process of its own. */
const clean = createCleaner();

export function openGround(options: GroundOptions): Ground {
  const folder = options.folder ?? mkdtempSync(join(tmpdir(), 'city-sync-test-'));
  const { store, close } = options.opened ?? openMigrated(join(folder, 'city.db'));
  const spool = options.spool ?? createSpool(join(folder, 'pictures'));
  return {
    ...{ folder, store, spool, createPublicFetch, readFile },
    checkPicture: createPictureCheck(spool, clean),
    close: () => {
      close();
      if (options.folder === undefined) rmSync(folder, { recursive: true, force: true });
    },
  };
}
