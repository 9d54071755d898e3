// The sandbox as it is, a few loops in it, and then the audit as a stranger runs it: green; and red,
// at the right address, for everything that is done to what it has fetched.
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseCid } from '@atproto/lex-data';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { bytesOf } from '../../src/audit/bytes.ts';
import { readCar } from '../../src/audit/car.ts';
import { openRepository } from '../../src/audit/fetch-repository.ts';
import type { Report } from '../../src/audit/report.ts';
import type { RepositoryRecord } from '../../src/audit/repository.ts';
import { runAudit } from '../../src/cli/run-audit.ts';
import { createNetwork } from '../../src/node/audit-network.ts';
import { COLLECTIONS } from '../../src/records/kinds/index.ts';
import { SEEDED } from '../../src/sandbox/seed.ts';
import type { Encodable } from '../support/dag-cbor.ts';
import { earn } from '../support/earn.ts';
import { openPaperAudit, type PaperAudit, sha256 } from '../support/paper-audit.ts';
import { newKey, signRepository } from '../support/paper-repository.ts';
import { prove } from '../support/prove.ts';
import { runTool } from '../support/run-tool.ts';
import { openSandbox, type TestSandbox } from '../support/sandbox.ts';

/** Somewhere in the middle of any record. */
const BYTES_IN = 40;
const CODE = /\b[0-9A-Z]{4}-[0-9A-Z]{4}\b/;

let sandbox: TestSandbox;
let folder: string;
let environment: { PLC_URL: string; BLUESKY_SERVICE: string };
let network: Awaited<ReturnType<TestSandbox['network']>>;
let did: string;
/** What the audit had fetched, and found in it. */
let car: Uint8Array;
let records: RepositoryRecord[];
let head: string;

const run = (...args: string[]) => runTool(runAudit, args, environment);
const audit = async (...args: string[]): Promise<{ code: number; report: Report }> => {
  const { code, out, err } = await run(...args, '--json');
  if (out === '') throw new Error(err);
  return { code, report: JSON.parse(out) as Report };
};

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'city-sync-test-'));
  sandbox = await openSandbox();
  network = await sandbox.network();
  ({ did } = network);
  environment = { PLC_URL: network.plc, BLUESKY_SERVICE: network.pds };

  const cafe = sandbox.phone('sms', SEEDED.redeemer);
  const organizer = sandbox.phone('sms', SEEDED.organizer);
  for (const number of ['+15105550161', '+15105550162']) {
    const { ask } = await earn(sandbox, number);
    const code = CODE.exec(await ask('REDEEM 1'))?.[0] ?? '';
    expect(await cafe.ask(`CONFIRM ${code}`)).toMatch(/^GIVE IT/);
    const other = CODE.exec(await ask('REDEEM 1'))?.[0] ?? '';
    await ask(`RELEASE ${other}`);
    await ask('REDEEM 1');
  }
  const admin = sandbox.phone('sms', SEEDED.admin);
  await prove((text) => admin.ask(text), 'CAP Codornices Creek Friends 500');
  await organizer.ask('CLOSE 1');
  await sandbox.idle();
});
afterAll(async () => {
  await sandbox.stop();
  await rm(folder, { recursive: true });
});

describe('the audit of the sandbox', () => {
  it('is green, pictures and all, by the DID and by the handle', async () => {
    const saved = join(folder, 'then.car');
    const { code, report } = await audit(did, '--blobs', '--save', saved);
    expect(report.findings.list).toEqual([]);
    expect(code).toBe(0);
    expect(report).toMatchObject({
      ok: true,
      signature: 'verified',
      unknownFields: 0,
      totals: [{ issued: 40, held: 20, onHold: 20, redeemed: 20, expired: 0, adjusted: 0 }],
      issuers: [
        { name: 'Codornices Creek Friends', epochs: [{ issued: 40, cap: 500 }] },
        { name: 'Berkeley Food Shelf', epochs: [] },
      ],
      redeemers: [{ name: 'Northside Café', redemptions: 2 }],
      records: { transfer: 12, activity: 2, epoch: 1, collection: 1, profile: 1, organization: 1 },
    });
    expect((await audit('berkeley.test')).report.ok).toBe(true);
    car = new Uint8Array(await readFile(saved));
    head = report.head ?? '';
    const opened = await openRepository(
      { car: bytesOf(car) },
      { ...createNetwork({ plcUrl: network.plc, blueskyService: network.pds }), sha256 },
    );
    records = [...opened.repository.records()];
    expect(records).toHaveLength(opened.repository.count);
  });

  it('goes on from the head that it printed', async () => {
    const resident = sandbox.phone('sms', '+15105550164');
    for (const text of ['HI', 'OK', 'JOIN 2']) await resident.ask(text);
    await sandbox.idle();
    for (const since of [head, join(folder, 'then.car')]) {
      const { code, report } = await audit(did, '--since', since);
      expect(code).toBe(0);
      expect(report.since?.added).toMatchObject({ claim: 1, transfer: 0 });
    }
  });

  it('is red at the record of which one byte was changed', async () => {
    const record = of(COLLECTIONS.transfer)[4] as RepositoryRecord;
    const changed = car.slice();
    const place = placeIn(record);
    changed[place] = (changed[place] ?? 0) ^ 1;
    const path = join(folder, 'changed.car');
    await writeFile(path, changed);
    const { code, report } = await audit(path);
    expect(code).toBe(1);
    expect(report.first).toMatchObject({ code: 'record-damaged', uri: uriOf(record) });
  });
});

describe('what a city with its own key could do to it', () => {
  let paper: PaperAudit;
  let key: Awaited<ReturnType<typeof newKey>>;

  beforeAll(async () => {
    paper = await openPaperAudit();
    key = await newKey();
    paper.paper.accounts.set(did, { key: key.did() });
  });
  afterAll(() => paper.close());

  const sign = async (changed: readonly RepositoryRecord[]) => {
    const values = changed.map((record) => ({ ...record, value: record.value as Encodable }));
    const { car: signed } = await signRepository(values, { did, key, rev: '3zzzzzzzzzz22' });
    return signed;
  };
  const look = async (changed: readonly RepositoryRecord[], more = {}) =>
    await paper.car(await sign(changed), more);
  const change = (one: RepositoryRecord, fields: object): RepositoryRecord[] =>
    records.map((record) =>
      record === one ? { ...record, value: { ...record.value, ...fields } } : record,
    );

  it('is nothing, as long as it only signs', async () => {
    expect((await look(records)).findings.list).toEqual([]);
  });

  it('is seen at the transfer that follows, when it takes one out', async () => {
    const transfers = of(COLLECTIONS.transfer);
    const [gone, next] = [transfers[3], transfers[4]] as [RepositoryRecord, RepositoryRecord];
    const report = await look(records.filter((record) => record !== gone));
    expect(report.first).toMatchObject({ code: 'chain-gap', uri: uriOf(next) });
  });

  it('is seen by the head, when it takes out the last ones', async () => {
    const hold = of(COLLECTIONS.transfer).at(-1) as RepositoryRecord;
    const without = records.filter((record) => record !== hold);
    expect((await look(without)).ok).toBe(true);
    const report = await look(without, { since: head });
    expect(report.first).toMatchObject({ code: 'history-removed', uri: uriOf(hold) });
  });

  it('is seen at the issue and at the claim, when it points a review elsewhere', async () => {
    const [review, other] = of(COLLECTIONS.review) as [RepositoryRecord, RepositoryRecord];
    const report = await look(change(review, { evidence: other.value['evidence'] }));
    const issue = of(COLLECTIONS.transfer).find(
      ({ value }) => (value['reference'] as { uri?: string })?.uri === uriOf(review),
    );
    const evidence = records.find(
      (record) => uriOf(record) === (review.value['evidence'] as { uri: string }).uri,
    );
    const [, claim] = (evidence?.value['subjects'] ?? []) as readonly { readonly uri: string }[];
    expect(report.first).toMatchObject({ code: 'claim-unfounded', uri: claim?.uri });
    expect(report.findings.list).toContainEqual(
      expect.objectContaining({ code: 'ref-changed', uri: uriOf(issue as RepositoryRecord) }),
    );
  });

  it('is seen at the transfer that was changed, when it raises an amount', async () => {
    const transfers = of(COLLECTIONS.transfer);
    const [issue, next] = transfers as [RepositoryRecord, RepositoryRecord];
    const report = await look(change(issue, { amount: 2000 }));
    expect(report.findings.list.map(({ code, uri }) => `${code} ${uri}`)).toEqual(
      expect.arrayContaining([`issue-amount ${uriOf(issue)}`, `chain-broken ${uriOf(next)}`]),
    );
  });
});

const of = (collection: string): RepositoryRecord[] =>
  records.filter((record) => record.collection === collection);

const uriOf = ({ collection, rkey }: RepositoryRecord): string =>
  `at://${did}/${collection}/${rkey}`;

/** The place of a byte of a record in the CAR. */
function placeIn({ cid }: RepositoryRecord): number {
  const { index } = readCar(bytesOf(car), sha256);
  return index.start(index.find(parseCid(cid).multihash.digest)) + BYTES_IN;
}
