// `npm run parked` as people run it: what was set aside, taken up again and let go.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { runParked } from '../../src/cli/run-parked.ts';
import { createKeys } from '../../src/lib/crypto.ts';
import { systemRandom } from '../../src/lib/random.ts';
import { openMigrated } from '../support/migrated.ts';
import { runCli } from '../support/run-cli.ts';
import { runTool } from '../support/run-tool.ts';

const NUMBER = '+15105550101';
const AT = Date.UTC(2026, 9, 15);
const KEY = new Uint8Array(32).fill(7);

let folder: string;
let path: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'city-sync-test-'));
  path = join(folder, 'city.db');
  const keys = createKeys(KEY, systemRandom);
  const { store, close } = openMigrated(path);
  store.transact((tx) => {
    const personId = tx.people.add({
      participantId: 'p-000000000001',
      language: 'en',
      createdAt: AT,
    });
    const sealed = keys.seal(NUMBER);
    const identityId = tx.identities.add({
      channel: 'sms',
      lookup: keys.identityLookup('sms', NUMBER),
      keyId: sealed.keyId,
      ciphertext: sealed.bytes,
      personId,
      createdAt: AT,
    });
    for (const at of [1, 2]) {
      const payload = { text: 'a secret wish', replyTo: null, pictures: 0 };
      const row = { channel: 'sms', externalId: `SM${at}`, identityId, payload, receivedAt: AT };
      tx.inbox.add(row);
      tx.inbox.markFailed(at, { state: 'parked', error: 'TypeError', retryAt: AT });
    }
  });
  close();
});
afterEach(() => rmSync(folder, { recursive: true }));

const environment = (key = KEY) => ({
  DATABASE_PATH: path,
  SECRET_KEY: Buffer.from(key).toString('base64'),
});
const parked = (args: readonly string[], key = KEY) => runTool(runParked, args, environment(key));

test('it lists what was set aside without private words', async () => {
  const { code, out } = await runCli('parked', [], environment());
  expect(code).toBe(0);
  expect(out).toMatch(/^1 +sms +\+1510•••0101 +2026-10-15T00:00:00.000Z +TypeError$/m);
  expect(out).toContain('2 set aside.');
  expect(out).not.toMatch(/wish|5550101/);
});

test('it takes one up again, lets another go, and then nothing is left', async () => {
  expect(await parked(['retry', '1'])).toMatchObject({
    code: 0,
    out: expect.stringMatching(/^1: taken up again/),
  });
  expect(await parked(['drop', '2'])).toMatchObject({
    code: 0,
    out: expect.stringMatching(/^2: let go/),
  });
  expect(await parked(['retry', 'all'])).toMatchObject({ code: 0, out: 'Nothing is set aside.\n' });
  const { store, close } = openMigrated(path);
  expect(store.read.inbox.waiting(0, 10).map(({ id, attempts }) => [id, attempts])).toEqual([
    [1, 0],
  ]);
  close();
});

test('it says what is wrong in one sentence', async () => {
  expect((await parked(['retry', '7'])).err).toMatch(/^Nothing set aside has the number 7\.$/m);
  expect((await parked(['eat', '7'])).err).toContain('npm run parked -- retry 12');
  const other = await parked([], new Uint8Array(32).fill(8));
  expect(other.err).toContain('was written with another SECRET_KEY');
  expect(other.code).toBe(2);
});
