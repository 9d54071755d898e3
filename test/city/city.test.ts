// What stops a real city from starting: always a sentence, and nothing is left running.
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { ConfigError, readEnvironment } from '../../src/config/config.ts';
import { createLog } from '../../src/node/log.ts';
import { type RunningCity, startCity } from '../../src/node/start-city.ts';
import type { NetworkFacts } from '../../src/sandbox/network.ts';
import { BERKELEY } from '../support/city.ts';
import { joinSharedNetwork } from '../support/shared-network.ts';

let folder: string;
let one: NetworkFacts;
let other: NetworkFacts;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'city-sync-refusals-'));
  [one, other] = await Promise.all([
    joinSharedNetwork('northtown'),
    joinSharedNetwork('southtown'),
  ]);
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const start = (
  database: string,
  options: { readonly key?: number; readonly network?: NetworkFacts } = {},
): Promise<RunningCity> => {
  const { key = 7, network = one } = options;
  return startCity({
    city: BERKELEY,
    environment: readEnvironment({
      PORT: '0',
      DATABASE_PATH: join(folder, database),
      SECRET_KEY: Buffer.alloc(32, key).toString('base64'),
      BLUESKY_SERVICE: network.pds,
      BLUESKY_IDENTIFIER: network.handle,
      BLUESKY_PASSWORD: network.password,
      PLC_URL: network.plc,
    }),
    log: createLog('silent'),
  });
};

/** What people read; anything but a `ConfigError` would be shown with its stack. */
async function refusal(starting: Promise<RunningCity>): Promise<string> {
  const error = await starting.then(
    (city) => city.stop(),
    (thrown: unknown) => thrown,
  );
  expect(error).toBeInstanceOf(ConfigError);
  return (error as ConfigError).message;
}

it('refuses a database that another program has, and takes it once that has ended', async () => {
  const running = await start('taken.db');
  expect(await refusal(start('taken.db'))).toMatch(/taken\.db is in use: another program/);
  await running.stop();
  await (await start('taken.db')).stop();
});

it('refuses another key and another account, even before anybody has written', async () => {
  await (await start('ours.db')).stop();
  expect(await refusal(start('ours.db', { key: 8 }))).toMatch(/ours\.db was .* another SECRET_KEY/);
  expect(await refusal(start('ours.db', { network: other }))).toBe(
    `The database is that of ${one.did}, and BLUESKY_IDENTIFIER is ${other.did}. Take that account, or another DATABASE_PATH.`,
  );
  // With the right ones it starts as before.
  await (await start('ours.db')).stop();
});

it('names the database that cannot be opened', async () => {
  writeFileSync(join(folder, 'letter.db'), 'Dear city, '.repeat(1000));
  expect(await refusal(start('letter.db'))).toMatch(
    /letter\.db is damaged \(file is not a database\)/,
  );
  mkdirSync(join(folder, 'folder.db'));
  expect(await refusal(start('folder.db'))).toMatch(/folder\.db, which cannot be opened: EISDIR/);
  expect(await refusal(start('letter.db/city.db'))).toMatch(/which cannot be opened: E/);
});
