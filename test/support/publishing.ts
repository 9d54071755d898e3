/**
 * A city with an empty store of its own and a publisher that reaches a real PDS through a faulty
 * proxy; the PDS, its account and its session are the test file's, as sign-ins are few.
 */
import { AtpAgent } from '@atproto/api';
import { expect } from 'vitest';
import { createRepository } from '../../src/account/repository.ts';
import { createSession } from '../../src/account/session.ts';
import type { SessionKeeper } from '../../src/account/session-keeper.ts';
import { cidOfBlob } from '../../src/lib/cid.ts';
import { type Clock, systemClock } from '../../src/lib/clock.ts';
import { createTids } from '../../src/lib/ids.ts';
import { systemRandom } from '../../src/lib/random.ts';
import type { Wait } from '../../src/lib/wait.ts';
import { COLLECTIONS } from '../../src/records/kinds/index.ts';
import { createPublisher, type Publisher } from '../../src/records/publisher/publisher.ts';
import type { BatchDetail, PublisherSettings } from '../../src/records/publisher/state.ts';
import { Records } from '../../src/records/staging.ts';
import type { Database } from '../../src/store/database.ts';
import type { Store, Tx } from '../../src/store/store.ts';
import { addEvidence, attachPicture } from './evidence.ts';
import type { FaultyProxy } from './faulty-proxy.ts';
import { MORNING, PARTICIPANT, referenceTo } from './record-facts.ts';
import { listRecords } from './repository.ts';
import { withStore } from './store.ts';

/**
 * Longer than a request to a PDS on this machine takes, however busy others keep it, and so short that
 * one without an answer is asked again before a property counts as hanging (`test/setup.ts`).
 */
const REQUEST_MS_MAX = 100_000;

export const newTid = createTids(systemClock, systemRandom);

export type Target = {
  readonly pds: string;
  readonly did: string;
  readonly handle: string;
  readonly password: string;
};

/** Somebody else with the password of the account. */
export async function signedIn({ pds, handle, password }: Target): Promise<AtpAgent> {
  const agent = new AtpAgent({ service: pds });
  await agent.login({ identifier: handle, password });
  return agent;
}

/** Remembers a session as the store does. */
export function createKeeper(): SessionKeeper {
  let kept: string | undefined;
  return {
    load: () => kept,
    save: (session) => {
      kept = session;
    },
  };
}

/** The machine's time, which waiting puts forward instead of passing. */
export function createSimulatedTime() {
  let [aheadMs, setMs] = [0, 0];
  const waits: number[] = [];
  const elapsed = () => systemClock.now() + aheadMs;
  const clock: Clock = { now: () => elapsed() + setMs, elapsed };
  const wait: Wait = async (ms) => {
    waits.push(ms);
    aheadMs += ms;
  };
  return {
    clock,
    wait,
    /** How long it waited, all together (ms). */
    waitedMs: () => waits.reduce((sum, ms) => sum + ms, 0),
    pass: (ms: number) => {
      aheadMs += ms;
    },
    /** Somebody sets the calendar, by so much (ms): no time goes by. */
    set: (ms: number) => {
      setMs += ms;
    },
  };
}

type Publishing = {
  /** In their order. */
  readonly marked: readonly BatchDetail[];
  readonly waits: readonly number[];
  readonly warnings: readonly { readonly message: string; readonly detail: object }[];
  readonly errors: readonly unknown[];
};

export type City = {
  readonly store: Store;
  readonly db: Database;
  /** Stages a chain of transfers; answers their keys. */
  readonly stageTransfers: (count: number) => string[];
  /** Writes records; what one of these writes is one decision. */
  readonly records: (tx: Tx) => Records;
  /** Stages evidence with pictures of these bytes, which the spool has; answers its key. */
  readonly stageEvidence: (pictures: readonly Uint8Array[], text?: string) => string;
  /** The pictures in the spool, by their keys. */
  readonly spool: Map<string, Uint8Array>;
  /** Runs a publisher until everything is published, or `until` says enough. */
  readonly publish: (
    settings?: Partial<PublisherSettings>,
    until?: (publisher: Publisher) => Promise<unknown>,
  ) => Promise<Publishing>;
};

export const untilAborted = (signal: AbortSignal): Promise<void> =>
  new Promise((resolve) => {
    signal.addEventListener('abort', () => resolve());
  });

/** `proxy` is asked for every time: each test may have its own. */
export function publishingTo(
  target: Target,
  proxy: () => Pick<FaultyProxy, 'fetch'>,
  keeper: SessionKeeper = createKeeper(),
) {
  const repositoryOf = (options: { did?: string; clock?: Clock; password?: string } = {}) => {
    const { did = target.did, clock = systemClock, password = target.password } = options;
    const session = createSession({
      service: target.pds,
      identifier: target.handle,
      password,
      keeper,
      clock,
      timeoutMs: REQUEST_MS_MAX,
      fetch: proxy().fetch,
    });
    return createRepository({ did, session, clock });
  };

  const withCity = <T>(run: (city: City) => Promise<T>): Promise<T> =>
    withStore(async (store, db) => {
      let decisions = 0;
      const records: City['records'] = (tx) => {
        decisions += 1;
        return new Records({ did: target.did, newTid }, tx, systemClock.now() + decisions);
      };
      let position = 0;
      let previous: string | null = null;
      const stageTransfers = (count: number): string[] =>
        store.transact((tx) =>
          Array.from({ length: count }, () => {
            position += 1;
            const transfer = records(tx).create('transfer', {
              position,
              previous,
              kind: 'posted',
              code: 'issue',
              debit: 'issuance:3l5abcdefgh2k',
              credit: `person:${PARTICIPANT}`,
              creditKind: 'CITY',
              amount: position,
              reference: referenceTo('review'),
              timeUs: MORNING * 1000 + position,
            });
            previous = transfer.cid;
            return transfer.rkey;
          }),
        );
      const spool = new Map<string, Uint8Array>();
      const stageEvidence: City['stageEvidence'] = (images, text = '') => {
        const rkey = newTid();
        const { inboxId, evidenceId } = addEvidence(db, rkey);
        const pictures = images.map((bytes, at) => {
          const spoolKey = `${rkey}-${at}`;
          spool.set(spoolKey, bytes);
          const picture = {
            cid: cidOfBlob(bytes),
            mediaType: 'image/jpeg',
            sizeBytes: bytes.length,
          };
          store.transact((tx) => {
            const id = tx.pictures.add({ inboxId }, `raw-${spoolKey}`);
            const size = { width: 1, height: 1 };
            tx.pictures.markClean(id, {
              ...picture,
              ...size,
              spoolKey,
              perceptualHash: null,
              sha256: '',
            });
            attachPicture(db, evidenceId, id);
          });
          return picture;
        });
        const facts = {
          work: referenceTo('activity'),
          claim: referenceTo('claim'),
          taskTitle: 'Limpiar el arroyo 🦆',
          text,
          pictures,
          submittedAt: MORNING,
        };
        store.transact((tx) => records(tx).create('evidence', facts, rkey));
        return rkey;
      };
      const publish: City['publish'] = async (settings = {}, until = (one) => one.idle()) => {
        const marked: BatchDetail[] = [];
        const waits: number[] = [];
        const warnings: Publishing['warnings'][number][] = [];
        const errors: unknown[] = [];
        const wait: Wait = async (ms) => {
          waits.push(ms);
        };
        const publisher = createPublisher({
          store,
          repository: repositoryOf(settings.clock === undefined ? {} : { clock: settings.clock }),
          budget: { pointsPerHour: 0, pointsPerDay: 0 },
          clock: systemClock,
          readPicture: async (key) => spool.get(key),
          removePicture: async (key) => {
            spool.delete(key);
          },
          log: { warn: (detail, message) => warnings.push({ message, detail }) },
          failed: (error) => errors.push(error),
          wait,
          ...settings,
          observe: (step, detail) => {
            if (step === 'batch.marked') marked.push(detail);
            settings.observe?.(step, detail);
          },
        });
        publisher.start();
        try {
          await until(publisher);
        } finally {
          await publisher.stop();
        }
        return { marked, waits, warnings, errors };
      };
      return run({ store, db, records, stageTransfers, stageEvidence, spool, publish });
    });

  /** The CIDs of a collection, by their keys. */
  const published = async (collection: string): Promise<Map<string, string>> =>
    new Map(
      (await listRecords(target.pds, target.did, collection)).map(({ uri, cid }) => [
        uri.split('/').at(-1) as string,
        cid,
      ]),
    );

  /** Each transfer once, in the place and with the content that was decided. */
  const expectPublished = async (city: City, keys: readonly string[]): Promise<void> => {
    const found = await published(COLLECTIONS.transfer);
    const missing = keys.filter(
      (key) => found.get(key) !== city.store.read.records.get(COLLECTIONS.transfer, key)?.cid,
    );
    expect(missing).toEqual([]);
    expect(city.store.read.records.backlog().count).toBe(0);
  };

  return { repositoryOf, withCity, published, expectPublished };
}

/** Every place in the order once, none before its turn. */
export function expectInOrder(marked: readonly BatchDetail[], count: number): void {
  let next = 1;
  for (const { firstSeq, lastSeq, count: rows } of marked) {
    expect(firstSeq).toBe(next);
    expect(lastSeq).toBe(firstSeq + rows - 1);
    next = lastSeq + 1;
  }
  expect(next).toBe(count + 1);
}

/**
 * Runs until publishing needs a person, has `mend` mend the cause, and sees it go on by itself.
 * Answers how long that took (ms).
 */
export async function publishMended(
  city: City,
  mend: (publisher: Publisher) => Promise<unknown>,
  settings: Partial<PublisherSettings> = {},
): Promise<number> {
  const { clock, wait, waitedMs } = createSimulatedTime();
  const mended = Promise.withResolvers<void>();
  const published = Promise.withResolvers<void>();
  let status: Publisher['status'] = () => ({ state: 'idle' });
  const waitForMending: Wait = async (ms, signal) => {
    if (status().state === 'stopped') await mended.promise;
    await wait(ms, signal);
  };
  const observe: PublisherSettings['observe'] = (step) => {
    const isAll = city.store.read.records.backlog().count === 0;
    if (step === 'batch.marked' && isAll) published.resolve();
  };
  await city.publish({ clock, wait: waitForMending, observe, ...settings }, async (publisher) => {
    status = publisher.status;
    await expect(publisher.idle()).rejects.toThrow('Publishing stopped.');
    await mend(publisher);
    mended.resolve();
    await published.promise;
    await publisher.idle();
  });
  return waitedMs();
}
