/** Rows per second of a file of open data over HTTP, and the memory that it takes. */
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { get, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { serve } from '@hono/node-server';
import { systemClock } from '../src/lib/clock.ts';
import { createTids } from '../src/lib/ids.ts';
import { systemRandom } from '../src/lib/random.ts';
import { COLLECTIONS } from '../src/records/kinds/index.ts';
import { createOpenData } from '../src/records/open-data/open-data.ts';
import { Records } from '../src/records/staging.ts';
import { recordUri } from '../src/records/strong-ref.ts';
import { openStore } from '../src/store/open-node.ts';
import type { Store } from '../src/store/store.ts';
import { openDataRoutes } from '../src/web/open-data/routes.ts';
import { BENCH_CITY } from './city.ts';

const DID = 'did:plc:benchville2345abcdefgh';
const CID = 'bafyreidfayvfuwqa7qlnopdjiqrxzs6blmoeu4rujcjtnci5beludirz2a';
const RECORDS_A_COMMIT = 10_000;

export type OpenDataFigures = {
  readonly csvRowsPerSecond: number;
  readonly jsonRowsPerSecond: number;
  /** Of the process, before the files were read and at most meanwhile. */
  readonly megabytesBefore: number;
  readonly megabytesMax: number;
};

/** Reads `count` published transfers in both formats, one after the other. */
export async function measureOpenData(count: number): Promise<OpenDataFigures> {
  const folder = mkdtempSync(join(tmpdir(), 'city-sync-bench-'));
  const { store, close } = openStore(join(folder, 'city.db'));
  publishTransfers(store, count);
  const routes = openDataRoutes({
    data: createOpenData(store.read.records, DID),
    now: systemClock.now,
    city: () => BENCH_CITY,
    failed: (error) => {
      throw error;
    },
  });
  const server = serve({ fetch: routes.fetch, port: 0, hostname: '127.0.0.1' });
  if (!server.listening) await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  const megabytes = () => process.memoryUsage.rss() / 1e6;
  const megabytesBefore = megabytes();
  let megabytesMax = megabytesBefore;
  const read = async (path: string): Promise<number> => {
    const started = performance.now();
    const [answer] = (await once(get({ port, path, host: '127.0.0.1' }), 'response')) as [
      IncomingMessage,
    ];
    for await (const _ of answer) megabytesMax = Math.max(megabytesMax, megabytes());
    return (1000 * count) / (performance.now() - started);
  };
  const csvRowsPerSecond = await read('/export/transfers.csv');
  const jsonRowsPerSecond = await read('/export/transfers.json');
  server.close();
  close();
  rmSync(folder, { recursive: true, force: true });
  return { csvRowsPerSecond, jsonRowsPerSecond, megabytesBefore, megabytesMax };
}

function publishTransfers(store: Store, count: number): void {
  const newTid = createTids(systemClock, systemRandom);
  const reference = { uri: recordUri(DID, COLLECTIONS.review, '3l5abcdefgh2k'), cid: CID };
  for (let from = 1; from <= count; from += RECORDS_A_COMMIT) {
    store.transact((tx) => {
      const records = new Records({ did: DID, newTid }, tx, systemClock.now());
      const end = Math.min(from + RECORDS_A_COMMIT, count + 1);
      for (let position = from; position < end; position += 1) {
        records.create('transfer', {
          position,
          previous: position === 1 ? null : CID,
          kind: 'posted',
          code: 'issue',
          debit: 'issuance:3l5abcdefgh2k',
          credit: 'person:p-0123456789ab',
          creditKind: 'CITY',
          amount: 30,
          reference,
          timeUs: systemClock.now() * 1000 + position,
        });
      }
      const seqs = Array.from({ length: end - from }, (_, at) => from + at);
      tx.records.markPublished(seqs, systemClock.now());
    });
  }
}

if (import.meta.main) {
  const figures = await measureOpenData(Number(process.argv[2] ?? 100_000));
  process.send?.(figures);
  process.stdout.write(`${JSON.stringify(figures)}\n`);
}
