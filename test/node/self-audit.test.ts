// The city audits its own public record from outside, by the audit's own code in a process of its own,
// and puts back what is not there.
import { randomBytes } from 'node:crypto';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { AtpAgent } from '@atproto/api';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { systemClock } from '../../src/lib/clock.ts';
import { createSelfAudits, type SelfAudits } from '../../src/node/self-audit/self-audit.ts';
import { COLLECTIONS } from '../../src/records/kinds/index.ts';
import type { NetworkFacts } from '../../src/sandbox/network.ts';
import { keptHealth } from '../../src/web/self-audit.ts';
import {
  type DeployedCity,
  type Deployment,
  databaseIn,
  openDeployedCity,
} from '../support/deployed-city.ts';
import { signedIn } from '../support/publishing.ts';
import { listRecords } from '../support/repository.ts';
import { joinSharedNetwork } from '../support/shared-network.ts';

let network: NetworkFacts;
let stranger: AtpAgent;
let folder: string;
let city: DeployedCity;
let audits: SelfAudits;
const warnings: { readonly message: string; readonly detail: object }[] = [];
const warn = (detail: object | string, message = ''): void => {
  warnings.push({ message, detail: Object(detail) });
};

const auditsAt = (plcUrl: string): SelfAudits =>
  createSelfAudits({
    ...{ store: city.store, did: network.did, clock: systemClock },
    databasePath: join(folder, 'city.db'),
    network: { plcUrl, blueskyService: network.pds },
    log: { warn, info: () => undefined } as never,
    wake: city.wakePublisher,
  });

beforeAll(async () => {
  network = await joinSharedNetwork();
  stranger = await signedIn(network);
  folder = mkdtempSync(join(tmpdir(), 'city-sync-test-'));
  const deployment: Deployment = {
    ...{ folder, network, clock: systemClock, secretKey: randomBytes(32) },
    publishing: { warn },
  };
  expect(databaseIn(deployment)).toBe(join(folder, 'city.db'));
  city = await openDeployedCity(deployment, { isNew: true });
  await city.idle();
  audits = auditsAt(network.plc);
});
afterAll(async () => {
  await city.stop();
  rmSync(folder, { recursive: true, force: true });
});

const health = () => keptHealth({ read: city.store.read, now: systemClock.now });
const cidOf = async (collection: string, rkey: string) =>
  (await listRecords(network.pds, network.did, collection)).find(({ uri }) =>
    uri.endsWith(`/${rkey}`),
  )?.cid;
const some = (kind: keyof typeof COLLECTIONS, at: number) => {
  const rows = city.store.read.records
    .allAsOf(COLLECTIONS[kind], Number.MAX_SAFE_INTEGER, '', 100)
    .filter(({ state }) => state === 'published');
  const row = rows.at(at);
  if (row === undefined) throw new Error(`There is no ${kind}.`);
  return row;
};
const repo = () => network.did;
const change = (collection: string, rkey: string) =>
  stranger.com.atproto.repo.putRecord({
    ...{ repo: repo(), collection, rkey, validate: false },
    record: { $type: collection, note: 'Somebody was here' },
  });
const remove = (collection: string, rkey: string) =>
  stranger.com.atproto.repo.deleteRecord({ repo: repo(), collection, rkey });

it('finds nothing where all is as it was published, and leaves nothing behind', async () => {
  expect(health().selfAudit).toMatchObject({ last: null, ageSeconds: null });
  await audits.make();
  expect(audits.last()).toMatchObject({ findings: 0, differences: 0, problem: null });
  expect(audits.last()?.picturesAt).toBe(audits.last()?.at);
  expect(health()).toMatchObject({ isKept: true, selfAudit: { findings: 0, differences: 0 } });
  expect(health().selfAudit.ageSeconds).toBeLessThan(120);
  expect(existsSync(join(folder, 'self-audit'))).toBe(false);
  expect(warnings).toEqual([]);
});

it('puts back what is gone or changed, raises the alarm once, and clears it', async () => {
  const gone = some('task', 0);
  const changed = some('offer', 0);
  await remove(gone.collection, gone.rkey);
  await change(changed.collection, changed.rkey);
  await audits.make();
  expect(audits.last()).toMatchObject({ differences: 2 });
  expect(audits.last()?.findings).toBeGreaterThan(0);
  expect(audits.last()?.problem).toMatch(/records missing 1, records changed 1/);
  expect(warnings.filter(({ message }) => message.includes('self-audit'))).toEqual([
    {
      message: 'The self-audit finds the public record broken.',
      detail: expect.objectContaining({ missing: 1, changed: 1, unknown: 0 }),
    },
  ]);
  await city.idle();
  await expect.poll(() => health().isKept).toBe(true);
  expect(await cidOf(gone.collection, gone.rkey)).toBe(gone.cid);
  expect(await cidOf(changed.collection, changed.rkey)).toBe(changed.cid);
  warnings.length = 0;
  await audits.make();
  expect(audits.last()).toMatchObject({ findings: 0, differences: 0, problem: null });
  await audits.make();
  expect(warnings.map(({ message }) => message)).toEqual([
    'The self-audit finds the public record whole again.',
  ]);
  warnings.length = 0;
});

it('leaves what was changed where the repository has records that the database does not know', async () => {
  const unknown = await stranger.com.atproto.repo.createRecord({
    ...{ repo: repo(), collection: COLLECTIONS.offer, validate: false },
    record: { $type: COLLECTIONS.offer, note: 'Of a newer database' },
  });
  const changed = some('offer', 0);
  await change(changed.collection, changed.rkey);
  await audits.make();
  expect(audits.last()).toMatchObject({ differences: 2 });
  expect(audits.last()?.problem).toMatch(/records changed 1, records unknown here 1/);
  expect(city.store.read.records.toPutBack()).toBe(0);
  expect(await cidOf(changed.collection, changed.rkey)).not.toBe(changed.cid);
  await remove(COLLECTIONS.offer, unknown.data.uri.split('/').at(-1) ?? '');
  await audits.make();
  await expect.poll(() => cidOf(changed.collection, changed.rkey)).toBe(changed.cid);
  await expect.poll(() => health().isKept).toBe(true);
});

it('puts all of it back where the PDS has lost everything', async () => {
  const before = new Map<string, string>();
  for (const collection of Object.values(COLLECTIONS)) {
    for (const { uri, cid } of await listRecords(network.pds, network.did, collection)) {
      before.set(uri, cid);
      await remove(collection, uri.split('/').at(-1) ?? '');
    }
  }
  expect(before.size).toBeGreaterThan(8);
  await audits.make();
  expect(audits.last()?.problem).toBe(
    `The public record is broken: city-missing 1, records missing ${before.size}.`,
  );
  await expect.poll(() => health().isKept).toBe(true);
  const after = new Map<string, string>();
  for (const collection of Object.values(COLLECTIONS)) {
    for (const { uri, cid } of await listRecords(network.pds, network.did, collection)) {
      after.set(uri, cid);
    }
  }
  expect(after).toEqual(before);
  await audits.make();
  expect(audits.last()).toMatchObject({ findings: 0, differences: 0 });
});

it('keeps what the last one found where nobody answers, and says so once', async () => {
  warnings.length = 0;
  const last = audits.last();
  const lost = auditsAt('http://127.0.0.1:9');
  await lost.make();
  await lost.make();
  expect(lost.last()).toMatchObject({
    at: last?.at,
    problem: expect.stringContaining('could not be audited'),
  });
  expect(warnings.map(({ message }) => message)).toEqual(['The self-audit failed.']);
});

it('ends when it is asked to, and says nothing of that', async () => {
  warnings.length = 0;
  const last = audits.last();
  const making = audits.make();
  await audits.stop();
  await making;
  expect(audits.last()).toEqual(last);
  expect(warnings).toEqual([]);
});
