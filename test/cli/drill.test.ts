// `npm run drill`: the newest backup and the public record make the city again, beside a running one.
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, expect, it } from 'vitest';
import { runBackup } from '../../src/cli/run-backup.ts';
import { runDrill } from '../../src/cli/run-drill.ts';
import { createKeys } from '../../src/lib/crypto.ts';
import { systemRandom } from '../../src/lib/random.ts';
import { readDrill } from '../../src/records/drill.ts';
import { openMigrated } from '../support/migrated.ts';
import { type FoundedCity, foundPaperCity } from '../support/paper-city.ts';
import { startPaperNetwork } from '../support/paper-network.ts';
import { runTool } from '../support/run-tool.ts';

const SECRET = new Uint8Array(32).fill(7);

let paper: Awaited<ReturnType<typeof startPaperNetwork>>;
let folder: string;
let scratch: string;
let city: FoundedCity;
beforeAll(async () => {
  paper = await startPaperNetwork();
});
afterAll(() => paper.close());
beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'city-sync-test-'));
  scratch = mkdtempSync(join(tmpdir(), 'city-sync-test-'));
  city = await foundPaperCity();
  city.loop(1);
  const { car } = await city.sign();
  paper.accounts.set(city.did, { key: city.key.did(), handle: 'paperville.test', car });
});
afterEach(() => {
  expect(readdirSync(scratch)).toEqual([]);
  for (const path of [folder, scratch]) rmSync(path, { recursive: true, force: true });
});

const run = (tool: Parameters<typeof runTool>[0], ...args: string[]) => {
  const environment = {
    ...paper.environment,
    DATABASE_PATH: join(folder, 'city.db'),
    SECRET_KEY: Buffer.from(SECRET).toString('base64'),
  };
  return runTool(tool, args, environment, scratch);
};

/** The database of the running city, with as many people. */
function openCity(people: number) {
  const keys = createKeys(SECRET, systemRandom);
  const { store, close } = openMigrated(join(folder, 'city.db'));
  const add = (number: number) =>
    store.transact((tx) => {
      const address = `+1510555014${number}`;
      const personId = tx.people.add({
        participantId: `p-00000000ana${number}`,
        language: 'es',
        createdAt: 1,
      });
      const sealed = keys.seal(address);
      tx.identities.add({
        channel: 'sms',
        lookup: keys.identityLookup('sms', address),
        keyId: sealed.keyId,
        ciphertext: sealed.bytes,
        personId,
        createdAt: 1,
      });
    });
  store.transact((tx) => tx.cursors.put('city-did', city.did));
  for (let number = 0; number < people; number += 1) add(number);
  return { add, close };
}

it('says what would be lost, beside the running city, and leaves nothing', async () => {
  const { add, close } = openCity(2);
  await run(runBackup);
  add(2);
  const before = readFileSync(join(folder, 'city.db'));
  const { code, out, err } = await run(runDrill);
  expect({ code, err }).toEqual({ code: 0, err: '' });
  expect(out).toContain('The city can come back');
  // An address: the people of the record are more than those of this database.
  expect(out).toMatch(/private data of the last \d+ s: 1 rows/);
  expect(readFileSync(join(folder, 'city.db')).equals(before)).toBe(true);
  const { out: json } = await run(runDrill, '--json');
  expect(readDrill(json)).toMatchObject({ ok: true, rows: 1, records: 0, sentence: null });
  close();
});

it('ends with 1 where the city could not come back, and says why', async () => {
  const { close } = openCity(1);
  expect(await run(runDrill)).toMatchObject({
    code: 1,
    err: expect.stringContaining('There is no backup'),
  });
  await run(runBackup);
  paper.accounts.delete(city.did);
  const { code, err } = await run(runDrill);
  expect(code).toBe(1);
  expect(err).toContain('could not come back');
  close();
});
