// What open data is read from in tests: nothing at all, or records in any number.
import { sql } from 'drizzle-orm';
import { createOpenData, type OpenData } from '../../src/records/open-data/open-data.ts';
import type { Database } from '../../src/store/database.ts';
import type { Store } from '../../src/store/store.ts';
import type { OpenDataParts } from '../../src/web/open-data/routes.ts';
import { TEST_DID } from './city.ts';

const NOTHING: OpenData = { now: () => undefined, pages: () => [] };

/** For pages whose files are not looked at, unless `changes` say what is in them. */
export const openDataParts = (changes: Partial<OpenDataParts> = {}): OpenDataParts => ({
  data: NOTHING,
  now: () => Date.UTC(2026, 10, 24, 5),
  ...changes,
});

/** Open data that counts what it reads. */
export function countedOpenData(store: Store) {
  const { records } = store.read;
  const counted = { pages: 0, rowsMax: 0 };
  const data = createOpenData(
    {
      ...records,
      allAsOf: (...asked) => {
        const rows = records.allAsOf(...asked);
        counted.pages += 1;
        counted.rowsMax = Math.max(counted.rowsMax, rows.length);
        return rows;
      },
    },
    TEST_DID,
  );
  return { data, counted };
}

/** Puts transfers 1 to `count` into an empty store, as if they were published. */
export function addTransfers(db: Database, count: number): void {
  db.run(sql`
    insert into records
      (seq, collection, rkey, operation, cid, value, state, staged_at, published_at)
    with recursive n(i) as (select 1 union all select i + 1 from n where i < ${count})
    select i, 'org.city-sync.civic.transfer', printf('3m%011d', i), 'create',
      printf('bafyreidfayvfuwqa7qlnopdjiqrxzs6blmoeu4rujcjtnci5%011d', i),
      json_object(
        '$type', 'org.city-sync.civic.transfer', 'position', i, 'kind', 'posted', 'code', 'issue',
        'debit', 'issuance:3mabcdefghijk', 'credit', printf('person:p-%012d', i),
        'creditKind', 'CITY', 'amount', 1 + i % 50, 'timeUs', 1790000000000000 + i,
        'createdAt', '2026-11-23T18:00:00.000Z'
      ), 'published', 1000 + i, 2000 + i
    from n`);
}

/** Publishes everything that waits. */
export function publishAll(store: Store, at = 5000): void {
  store.transact((tx) => {
    const rows = tx.records.staged(0, 100_000, Number.MAX_SAFE_INTEGER);
    tx.records.markPublished(
      rows.map(({ seq }) => seq),
      at,
    );
  });
}
