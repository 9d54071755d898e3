import { expect, test } from 'vitest';
import { createOpenData } from '../../src/records/open-data/open-data.ts';
import { createWeb } from '../../src/web/app.ts';
import { TEST_DID } from '../support/city.ts';
import { parseCsv } from '../support/csv.ts';
import { homeReads } from '../support/home-view.ts';
import { addTransfers, openDataParts } from '../support/open-data.ts';
import { withStore } from '../support/store.ts';

test('open data streams from a Durable Object', () =>
  withStore(async (store, db) => {
    addTransfers(db, 1_000);
    const app = createWeb({
      health: () => ({ ok: true }),
      metrics: () => '',
      home: homeReads(),
      openData: openDataParts({ data: createOpenData(store.read.records, TEST_DID) }),
      addressOf: () => 'somebody',
      assets: new Map(),
    });
    const lines = parseCsv(await (await app.request('/export/transfers.csv')).text());
    expect(lines).toHaveLength(1_001);
    const answer = await app.request('/export/transfers.json');
    const objects = (await answer.json()) as { position: number }[];
    expect(objects.map(({ position }) => String(position))).toEqual(
      lines.slice(1).map((line) => line[2]),
    );
    const left = await app.request('/export/transfers.csv');
    const reader = left.body?.getReader();
    expect((await reader?.read())?.done).toBe(false);
    await reader?.cancel();
  }));
