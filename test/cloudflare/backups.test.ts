import { env } from 'cloudflare:workers';
import { beforeEach, expect, test } from 'vitest';
import { openR2Backups } from '../../src/cloudflare/backups.ts';
import { DAY_MS, MINUTE_MS } from '../../src/lib/clock.ts';
import { createKeys } from '../../src/lib/crypto.ts';
import { systemRandom } from '../../src/lib/random.ts';

const DID = 'did:plc:abcdefghijklmnopqrstuvwx';
const START = Date.UTC(2026, 10, 24, 11);
const keys = createKeys(new Uint8Array(32).fill(5), systemRandom);

let now: number;
beforeEach(async () => {
  now = START;
  const { objects } = await env.BACKUPS.list({});
  for (const { key } of objects) await env.BACKUPS.delete(key);
});

const open = (did = DID, kept = 2) =>
  openR2Backups({
    ...{ bucket: env.BACKUPS, did, kept, keys, random: systemRandom, now: () => now },
    privatePages: () =>
      [{ kind: 'cursors', rows: [{ name: 'a-secret-name', value: 'x' }] }] as never,
    readPhoto: async () => undefined,
  });

const names = async (): Promise<readonly string[]> =>
  (await env.BACKUPS.list({})).objects.map(({ key }) => key);

const textOf = async (key: string): Promise<string> => {
  const found = await env.BACKUPS.get(key);
  return new TextDecoder('latin1').decode(await found?.arrayBuffer());
};

test('the newest of the nights are kept, and one of the last minutes', async () => {
  const backups = await open();
  expect([backups.newest(), backups.status()]).toEqual([
    null,
    { last: null, kept: 0, failed: false },
  ]);
  for (let night = 0; night < 3; night += 1) {
    await backups.make();
    for (let minute = 0; minute < 2; minute += 1) {
      now += MINUTE_MS;
      await backups.makeRecent();
    }
    now += DAY_MS;
  }
  expect(await names()).toEqual([
    `${DID}/city-2026-11-25T11-02-00.000Z.backup`,
    `${DID}/city-2026-11-26T11-04-00.000Z.backup`,
    `${DID}/recent-2026-11-26T11-06-00.000Z.backup`,
  ]);
  const newest = Date.UTC(2026, 10, 26, 11, 6);
  const last = Date.UTC(2026, 10, 26, 11, 4);
  expect([backups.newest(), backups.status()]).toEqual([newest, { last, kept: 2, failed: false }]);
  // The next start finds them.
  const again = await open();
  expect([again.newest(), again.status().last]).toEqual([newest, last]);
});

test('it is encrypted, says whose it is, and leaves those of other cities alone', async () => {
  const other = await open('did:plc:zzzzzzzzzzzzzzzzzzzzzzzz', 1);
  const theirs = await other.make();
  const backups = await open(DID, 1);
  for (let night = 0; night < 2; night += 1) {
    await backups.make();
    now += DAY_MS;
  }
  expect(await names()).toContain(theirs);
  const [mine = ''] = (await names()).filter((key) => key.startsWith(DID));
  const text = await textOf(mine);
  expect(text).toMatch(/^city-sync backup\n\{"format":1,"city":"did:plc:abc/);
  expect(text).not.toContain('a-secret-name');
});

test('one is made at a time, and one that fails is told of', async () => {
  const backups = await open();
  const [one, other] = await Promise.all([backups.make(), backups.make()]);
  expect(one).toBe(other);
  const broken = await openR2Backups({
    bucket: {
      ...{ get: async () => null, list: async () => ({ objects: [], truncated: false }) },
      put: () => Promise.reject(new Error('R2 is down')),
      delete: async () => undefined,
    },
    ...{ did: DID, kept: 2, keys, random: systemRandom, now: () => now },
    ...{ privatePages: () => [], readPhoto: async () => undefined },
  });
  await expect(broken.make()).rejects.toThrow('R2 is down');
  expect(broken.status()).toEqual({ last: null, kept: 0, failed: true });
});

test('who was forgotten is on the list once', async () => {
  const one = { digest: 'a'.repeat(64), at: 1, stoppedAt: null };
  const other = { digest: 'b'.repeat(64), at: 2, stoppedAt: 3 };
  const backups = await open();
  await backups.keepForgotten([]);
  await backups.keepForgotten([one]);
  await (await open()).keepForgotten([one, other]);
  expect(await textOf(`${DID}/forgotten.list`)).toBe(`${one.digest} 1 -\n${other.digest} 2 3\n`);
});
