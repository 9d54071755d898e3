/**
 * How fast the public record is written: the publisher beside plain `applyWrites` of 200, both
 * into the same real PDS, which runs in a process of its own.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { AtpAgent } from '@atproto/api';
import { createRepository } from '../src/account/repository.ts';
import { createSession } from '../src/account/session.ts';
import { systemClock } from '../src/lib/clock.ts';
import { createTids } from '../src/lib/ids.ts';
import { systemRandom } from '../src/lib/random.ts';
import { COLLECTIONS, type Facts, KINDS } from '../src/records/kinds/index.ts';
import { OPERATIONS_MAX } from '../src/records/publisher/batch.ts';
import { createPublisher } from '../src/records/publisher/publisher.ts';
import { Records } from '../src/records/staging.ts';
import { recordUri } from '../src/records/strong-ref.ts';
import { type LocalNetwork, startLocalNetwork } from '../src/sandbox/network.ts';
import { openStore } from '../src/store/open-node.ts';
import type { Store, Tx } from '../src/store/store.ts';
import { median } from './ratios.ts';

const RECORDS = 800;
/** The two take turns, so that whatever else the machine does touches both alike. */
const ROUNDS = 5;
const PEOPLE = 64;
const PARTICIPANT = 'p-0123456789ab';
const CID = 'bafyreidfayvfuwqa7qlnopdjiqrxzs6blmoeu4rujcjtnci5beludirz2a';

const newTid = createTids(systemClock, systemRandom);

export type PublisherBench = {
  /** Records per second. */
  readonly plain: number;
  readonly publisher: number;
  /** As `publisher`, with what a busy city stages: three versions of each claim among the rest. */
  readonly busyCity: number;
};

/** Runs the comparison and prints it; `log` gets one line at a time. */
export async function benchPublisher(log: (line: string) => void): Promise<PublisherBench> {
  const network = await startLocalNetwork();
  const folder = mkdtempSync(join(tmpdir(), 'city-sync-bench-'));
  try {
    const agent = new AtpAgent({ service: network.pds });
    await agent.login({ identifier: network.handle, password: network.password });
    await plainWrites(agent, network, OPERATIONS_MAX);
    const plain: number[] = [];
    const publisher: number[] = [];
    const busyCity: number[] = [];
    for (let round = 0; round < ROUNDS; round += 1) {
      plain.push(await plainWrites(agent, network, RECORDS));
      publisher.push(await published(network, join(folder, `${round}.db`), stageTransfers));
      busyCity.push(await published(network, join(folder, `${round}-busy.db`), stageBusyCity));
    }
    const result = {
      plain: median(plain),
      publisher: median(publisher),
      busyCity: median(busyCity),
    };
    const share = Math.round((100 * result.publisher) / result.plain);
    log(`plain applyWrites of ${OPERATIONS_MAX}   ${Math.round(result.plain)} records/s`);
    log(`publisher                ${Math.round(result.publisher)} records/s (${share} %)`);
    log(`publisher, busy city     ${Math.round(result.busyCity)} records/s`);
    return result;
  } finally {
    rmSync(folder, { recursive: true, force: true });
    await network.close();
  }
}

const perSecond = (count: number, sinceMs: number): number =>
  (1000 * count) / (performance.now() - sinceMs);

const transferAt = (did: string, position: number): Facts['transfer'] => ({
  position,
  previous: CID,
  kind: 'posted',
  code: 'issue',
  debit: 'issuance:3l5abcdefgh2k',
  credit: `person:${PARTICIPANT}`,
  creditKind: 'CITY',
  amount: 30,
  reference: { uri: recordUri(did, COLLECTIONS.review, '3l5abcdefgh2k'), cid: CID },
  timeUs: systemClock.now() * 1000 + position,
});

async function plainWrites(agent: AtpAgent, { did }: LocalNetwork, count: number) {
  const records = Array.from({ length: count }, (_, position) =>
    KINDS.transfer.build(transferAt(did, position + 1)),
  );
  const started = performance.now();
  for (let from = 0; from < count; from += OPERATIONS_MAX) {
    await agent.com.atproto.repo.applyWrites({
      repo: did,
      writes: records.slice(from, from + OPERATIONS_MAX).map((value) => ({
        $type: 'com.atproto.repo.applyWrites#create',
        collection: COLLECTIONS.transfer,
        rkey: newTid(),
        value,
      })),
    });
  }
  return perSecond(count, started);
}

/** Each is a decision of its own time. */
const recordsOf = (tx: Tx, did: string): Records =>
  new Records({ did, newTid }, tx, systemClock.now());

type StageRecords = (store: Store, did: string) => void;

const stageTransfers: StageRecords = (store, did) => {
  store.transact((tx) => {
    for (let position = 1; position <= RECORDS; position += 1) {
      recordsOf(tx, did).create('transfer', transferAt(did, position));
    }
  });
};

/** People in step with one another: they join, send evidence, are verified. */
const stageBusyCity: StageRecords = (store, did) => {
  const task = { uri: recordUri(did, COLLECTIONS.task, '3l5abcdefgh2k'), cid: CID };
  const states = ['joined', 'submitted', 'verified'] as const;
  store.transact((tx) => {
    for (let staged = 0; staged < RECORDS; ) {
      const claims = Array.from({ length: PEOPLE }, newTid);
      for (const state of states) {
        for (const rkey of claims) {
          const records = recordsOf(tx, did);
          const claim = { task, participant: PARTICIPANT, state, createdAt: systemClock.now() };
          if (state === 'joined') records.create('claim', claim, rkey);
          else records.update('claim', { rkey }, claim);
          records.create('transfer', transferAt(did, staged + 1));
          staged += 2;
        }
      }
    }
  });
};

async function published(network: LocalNetwork, path: string, stageRecords: StageRecords) {
  const { store, close } = openStore(path);
  const { pds: service, did, handle: identifier, password } = network;
  const keeper = { load: () => undefined, save: () => undefined };
  const session = createSession({ service, identifier, password, keeper, clock: systemClock });
  await session.signIn();
  const publisher = createPublisher({
    store,
    repository: createRepository({ did, session, clock: systemClock }),
    budget: { pointsPerHour: 0, pointsPerDay: 0 },
    clock: systemClock,
    readPicture: async () => undefined,
    removePicture: async () => undefined,
    log: { warn: (detail) => process.stderr.write(`${JSON.stringify(detail)}\n`) },
    failed: (error) => process.stderr.write(`${error}\n`),
  });
  stageRecords(store, did);
  const { count } = store.read.records.backlog();
  const started = performance.now();
  publisher.start();
  await publisher.idle();
  const speed = perSecond(count, started);
  await publisher.stop();
  close();
  return speed;
}

if (import.meta.main) await benchPublisher((line) => process.stdout.write(`${line}\n`));
