// Rebuilds a database in memory from the records of another one, as a repository would have them.
import { sql } from 'drizzle-orm';
import { withDatabase } from '#test-store';
import { createKeys } from '../../src/lib/crypto.ts';
import { createPageCleaner } from '../../src/rebuild/clean.ts';
import type { SourceRecord } from '../../src/rebuild/fields.ts';
import type { RebuildSource } from '../../src/rebuild/filler.ts';
import { type Rebuilt, rebuild } from '../../src/rebuild/rebuild.ts';
import type { Database } from '../../src/store/database.ts';
import { type PrivatePage, privatePages, privateRestore } from '../../src/store/private-data.ts';
import { publicRestore } from '../../src/store/restore.ts';
import { createStore, type Store } from '../../src/store/store.ts';
import { repeatableRandom, TEST_DID, TEST_KEY, TEST_NOW } from './city.ts';

/** The records up to `lastSeq` as a repository has them: the newest version of each. */
export function sourceOf(
  db: Database,
  options: {
    readonly lastSeq?: number;
    readonly change?: (records: SourceRecord[]) => SourceRecord[];
  } = {},
): RebuildSource {
  const { lastSeq = Number.MAX_SAFE_INTEGER, change = (records) => records } = options;
  const rows = db.all<{ collection: string; rkey: string; cid: string; value: string }>(
    sql`select collection, rkey, cid, value from records as one where seq = (select max(seq)
      from records as other where other.collection = one.collection and other.rkey = one.rkey
        and other.seq <= ${lastSeq})
      order by collection, rkey`,
  );
  const records = change(rows.map((row) => ({ ...row, value: JSON.parse(row.value) })));
  return {
    did: TEST_DID,
    records: (collection) => records.filter((record) => record.collection === collection),
  };
}

/** The pages of a backup that is made now. */
export const backupNow = (db: Database): readonly PrivatePage[] => [...privatePages(db)];

const keys = createKeys(TEST_KEY, repeatableRandom(98));

/** The ciphertext of an address that nobody has. */
export const sealNobody = () => keys.seal('');

/** Calls `run` with the rebuilt database. */
export function withRebuilt<T>(
  source: RebuildSource,
  run: (db: Database, rebuilt: Rebuilt, store: Store) => T | Promise<T>,
  options: { readonly backup?: readonly PrivatePage[]; readonly tolerant?: boolean } = {},
): Promise<T> {
  const { backup, tolerant = false } = options;
  return withDatabase(async (db, inTransaction) => {
    async function* pages(made: readonly PrivatePage[]) {
      const clean = createPageCleaner(keys, []);
      for (const page of made) yield clean(page);
    }
    const rebuilt = await rebuild({
      source,
      restore: publicRestore(db),
      random: repeatableRandom(99),
      at: TEST_NOW,
      tolerant,
      ...(backup === undefined
        ? {}
        : { backup: { pages: pages(backup), apply: privateRestore(db, sealNobody) } }),
    });
    return run(db, rebuilt, createStore(db, inTransaction));
  });
}
