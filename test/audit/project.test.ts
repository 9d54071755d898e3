// The audit of a city with places on the map and updates of its project.
import { sql } from 'drizzle-orm';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { withEventfulCity } from '../support/eventful-city.ts';
import { openPaperAudit, type PaperAudit } from '../support/paper-audit.ts';
import { newKey, type PaperRecord, signRepository } from '../support/paper-repository.ts';
import { databaseOf } from '../support/store.ts';

let audit: PaperAudit;
beforeAll(async () => {
  audit = await openPaperAudit();
});
afterAll(() => audit.close());

type Change = (record: PaperRecord & { readonly value: object }) => PaperRecord;

/** What the audit finds in the records of an eventful city, each changed before it is signed. */
async function findings(change: Change = (record) => record): Promise<readonly string[]> {
  let found: readonly string[] = [];
  await withEventfulCity(async (city) => {
    const rows = databaseOf(city.store).all<{ collection: string; rkey: string; value: string }>(
      sql`select collection, rkey, value from records as one where seq = (select max(seq)
        from records as other where other.collection = one.collection and other.rkey = one.rkey)`,
    );
    const records = rows.map((row) => change({ ...row, value: JSON.parse(row.value) }));
    const { did, newTid } = city.foundation;
    const { car } = await signRepository(records, { did, key: await newKey(), rev: newTid() });
    const report = await audit.car(car, { isOffline: true });
    expect(report.complete).toBe(true);
    found = report.findings.list.map(({ code }) => code);
  });
  return found;
}

test('finds nothing wrong with them', async () => {
  expect(await findings()).toEqual([]);
});

test('finds a telephone number in the coordinates of a place and in an update', async () => {
  const found = await findings(({ collection, rkey, value }) => {
    const text = JSON.stringify(value)
      .replace('"37.8704,-122.2685"', '"51.05,55.0101"')
      .replace('2 people', '510-555-0101 people');
    return { collection, rkey, value: JSON.parse(text) };
  });
  expect(found.filter((code) => code === 'personal-data')).toHaveLength(2);
});
