/**
 * How fast and in how much memory a repository is audited, beside `verifyRepoCar` alone on the same
 * file; each in a process of its own. By hand: `node bench/audit.ts 1000000`.
 */
import { fork } from 'node:child_process';
import { once } from 'node:events';
import {
  closeSync,
  mkdtempSync,
  openSync,
  readFileSync,
  rmSync,
  statSync,
  writeSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { signCommit, verifyRepoCar } from '@atproto/repo';
import { audit } from '../src/audit/audit.ts';
import { systemClock } from '../src/lib/clock.ts';
import { tidOf } from '../src/lib/ids.ts';
import { sha256 } from '../src/node/audit-network.ts';
import { openFile } from '../src/node/file-bytes.ts';
import type { Encodable } from '../test/support/dag-cbor.ts';
import {
  type Block,
  blockOf,
  frameOf,
  headerOf,
  layerOf,
  newKey,
  type PaperEntry,
  putTree,
} from '../test/support/paper-repository.ts';
import { BUSY_DID, busyCity } from './busy-city.ts';

export type AuditFigures = {
  readonly records: number;
  readonly fileMegabytes: number;
  /** Records per second and the most memory of the process. */
  readonly audit: Measured;
  /** Undefined when it was too much for it. */
  readonly verify: Measured | undefined;
};

/** The repository that was made, for others to measure themselves with. */
export type BenchRepository = Made & { readonly car: string };

type Measured = { readonly recordsPerSecond: number; readonly peakMegabytes: number };
type Made = { readonly records: number; readonly key: string };

const PROGRAM = fileURLToPath(import.meta.url);
const PLC = 'http://plc.localhost';
const BUFFER_BYTES = 4 * 1024 * 1024;
/** `verifyRepoCar` keeps everything; this is as much as it gets. */
const VERIFY_HEAP_MEGABYTES = 6000;
/** The two take turns, so that whatever else the machine does touches both alike. */
const ROUNDS = 3;

/**
 * Makes a repository of about `count` records and measures; `log` gets one line at a time. `also`
 * is called with the repository before it is removed.
 */
export async function benchAudit(
  count: number,
  log: (line: string) => void,
  rounds = ROUNDS,
  also: (repository: BenchRepository) => Promise<void> = async () => undefined,
): Promise<AuditFigures> {
  const folder = mkdtempSync(join(tmpdir(), 'city-sync-bench-'));
  const car = join(folder, 'city.car');
  try {
    const made = await apart<Made>('make', [car, String(count)]);
    if (made === undefined) throw new Error('The repository could not be made.');
    const audits: Measured[] = [];
    const verifies: Measured[] = [];
    for (let round = 0; round < rounds; round += 1) {
      const audited = await apart<Measured>('audit', [car, made.key, String(made.records)]);
      if (audited === undefined) throw new Error('The audit of what the services made failed.');
      audits.push(audited);
      const verified = await apart<Measured>('verify', [car, made.key, String(made.records)]);
      if (verified !== undefined) verifies.push(verified);
    }
    const figures = {
      records: made.records,
      fileMegabytes: statSync(car).size / 1e6,
      audit: middle(audits) as Measured,
      verify: middle(verifies),
    };
    for (const [name, measured] of [
      ['the whole audit', figures.audit],
      ['verifyRepoCar alone', figures.verify],
    ] as const) {
      log(
        measured === undefined
          ? `${name.padEnd(20)} did not get through`
          : `${name.padEnd(20)} ${Math.round(measured.recordsPerSecond)} records/s   peak ${Math.round(measured.peakMegabytes)} MB`,
      );
    }
    await also({ ...made, car });
    return figures;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** The one of middling speed. */
const middle = (all: readonly Measured[]): Measured | undefined =>
  all.toSorted((one, other) => one.recordsPerSecond - other.recordsPerSecond)[
    Math.floor(all.length / 2)
  ];

/** One part in a process of its own; undefined when that ended without an answer. */
async function apart<T>(part: string, args: readonly string[]): Promise<T | undefined> {
  const heap = `--max-old-space-size=${VERIFY_HEAP_MEGABYTES}`;
  const child = fork(PROGRAM, [part, ...args], {
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
    execArgv: part === 'audit' ? [] : [heap],
  });
  let answer: T | undefined;
  child.on('message', (message) => {
    answer = message as T;
  });
  await once(child, 'exit');
  return answer;
}

/** Writes the repository to a file as it is made: only keys and CIDs are kept. */
async function make(path: string, count: number): Promise<Made> {
  const file = openSync(path, 'w');
  let pending: Uint8Array[] = [];
  let pendingBytes = 0;
  const flush = (): void => {
    writeSync(file, Buffer.concat(pending));
    pending = [];
    pendingBytes = 0;
  };
  const write = (bytes: Uint8Array): void => {
    pending.push(bytes);
    pendingBytes += bytes.length;
    if (pendingBytes > BUFFER_BYTES) flush();
  };
  const put = (value: Encodable): Block['cid'] => {
    const block = blockOf(value);
    for (const part of frameOf(block)) write(part);
    return block.cid;
  };
  // The header comes first and names what is made last: it is as long whatever it names.
  write(headerOf(blockOf(null).cid));
  const entries: PaperEntry[] = [];
  const database = `${path}.db`;
  for (const { collection, rkey, json } of busyCity(database, count)) {
    const key = `${collection}/${rkey}`;
    entries.push({ key, cid: put(JSON.parse(json) as Encodable), layer: layerOf(key) });
  }
  for (const suffix of ['', '-wal', '-shm']) rmSync(database + suffix, { force: true });
  const data = putTree(entries, put);
  const key = await newKey();
  const unsigned = { did: BUSY_DID, version: 3 as const, rev: tidOf(2e15, 1), prev: null, data };
  const commit = await signCommit(unsigned as Parameters<typeof signCommit>[0], key);
  const root = put(commit as unknown as Encodable);
  flush();
  writeSync(file, headerOf(root), 0, undefined, 0);
  closeSync(file);
  return { records: entries.length, key: key.did() };
}

/** What the directory says of the account whose key this is (`did:key:…`). */
export const identityWith = (key: string) => ({
  id: BUSY_DID,
  verificationMethod: [
    {
      id: `${BUSY_DID}#atproto`,
      type: 'Multikey',
      controller: BUSY_DID,
      publicKeyMultibase: key.replace('did:key:', ''),
    },
  ],
});

async function auditFile(path: string, key: string): Promise<void> {
  const directory: typeof fetch = async () => Response.json(identityWith(key));
  const { bytes, close } = openFile(path);
  const network = { fetch: directory, fetchPublic: directory, plcUrl: PLC };
  const report = await audit({ car: bytes }, { ...network, sha256, clock: systemClock });
  close();
  if (!report.ok || report.signature !== 'verified') {
    throw new Error(`The audit is not green: ${JSON.stringify(report.first)}`);
  }
}

async function measure(records: number, work: () => Promise<unknown>): Promise<Measured> {
  const started = performance.now();
  await work();
  const seconds = (performance.now() - started) / 1000;
  return {
    recordsPerSecond: records / seconds,
    peakMegabytes: (process.resourceUsage().maxRSS * 1024) / 1e6,
  };
}

if (import.meta.main) {
  const [part = '', path = '', second = '', count = '0'] = process.argv.slice(2);
  if (part === 'make') process.send?.(await make(path, Number(second)));
  else if (part === 'audit') {
    process.send?.(await measure(Number(count), () => auditFile(path, second)));
  } else if (part === 'verify') {
    const verify = () => verifyRepoCar(new Uint8Array(readFileSync(path)), BUSY_DID, second);
    process.send?.(await measure(Number(count), verify));
  } else {
    const log = (line: string) => process.stdout.write(`${line}\n`);
    const figures = await benchAudit(Number(part || 100_000), log, 1);
    log(JSON.stringify(figures));
  }
}
