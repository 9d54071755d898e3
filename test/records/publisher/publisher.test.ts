import { afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { cidOfBlob } from '../../../src/lib/cid.ts';
import { DAY_MS, HOUR_MS, MINUTE_MS, systemClock } from '../../../src/lib/clock.ts';
import type { Wait } from '../../../src/lib/wait.ts';
import { COLLECTIONS, type Facts } from '../../../src/records/kinds/index.ts';
import type { NetworkFacts } from '../../../src/sandbox/network.ts';
import { addEvidence, attachPicture } from '../../support/evidence.ts';
import { type FaultyProxy, LIMIT_SECONDS, startFaultyProxy } from '../../support/faulty-proxy.ts';
import { noise, twoColours } from '../../support/pictures.ts';
import {
  type City,
  createSimulatedTime,
  expectInOrder,
  newTid,
  publishingTo,
  untilAborted,
} from '../../support/publishing.ts';
import {
  FACTS,
  KIND_NAMES,
  MORNING,
  PARTICIPANT,
  referenceTo,
} from '../../support/record-facts.ts';
import { joinSharedNetwork } from '../../support/shared-network.ts';

let network: NetworkFacts;
let proxy: FaultyProxy;
let target: ReturnType<typeof publishingTo>;

beforeAll(async () => {
  network = await joinSharedNetwork();
  target = publishingTo(network, () => proxy);
});
beforeEach(async () => {
  proxy = await startFaultyProxy(network.pds);
});
afterEach(() => proxy.close());

const withCity: (typeof target)['withCity'] = (run) => target.withCity(run);
const { published, expectPublished } = {
  published: (collection: string) => target.published(collection),
  expectPublished: (city: City, keys: readonly string[]) => target.expectPublished(city, keys),
};

const sum = (values: readonly number[]): number => values.reduce((one, other) => one + other, 0);

describe('the publisher', () => {
  it('publishes hundreds of records in their order, in batches, under the CIDs computed here', () =>
    withCity(async (city) => {
      const keys = city.stageTransfers(450);
      const { marked } = await city.publish();
      await expectPublished(city, keys);
      expectInOrder(marked, 450);
      expect(marked.map((batch) => batch.count)).toEqual([200, 200, 50]);
    }));

  it('publishes what is staged while it sleeps', () =>
    withCity(async (city) => {
      const keys: string[] = [];
      await city.publish({}, async (publisher) => {
        await publisher.idle();
        keys.push(...city.stageTransfers(3));
        publisher.wake();
        await publisher.idle();
        expect(publisher.status()).toEqual({ state: 'idle' });
      });
      await expectPublished(city, keys);
    }));

  it('loses nothing and writes nothing twice when answers are lost', () =>
    withCity(async (city) => {
      const keys = city.stageTransfers(700);
      proxy.plan(
        'applyWrites',
        'drop-after',
        'drop-before',
        'error-after',
        'error-before',
        'error-before',
        'hang-after',
      );
      proxy.plan('getRecord', 'none', 'drop-before', 'error-before', 'limit');
      const { marked } = await city.publish();
      await expectPublished(city, keys);
      expectInOrder(marked, 700);
    }));

  it('waits longer after each failure', () =>
    withCity(async (city) => {
      city.stageTransfers(1);
      proxy.plan('applyWrites', 'error-before', 'error-before', 'error-before');
      const { waits } = await city.publish();
      expect(waits.map((ms) => Math.round(ms / 50) * 50)).toEqual([250, 500, 1000]);
    }));

  it('leaves the PDS alone for as long as it asks', () =>
    withCity(async (city) => {
      const keys = city.stageTransfers(5);
      proxy.plan('applyWrites', 'limit');
      const { waits } = await city.publish();
      expect(sum(waits)).toBeGreaterThan((LIMIT_SECONDS - 3) * 1000);
      expect(sum(waits)).toBeLessThanOrEqual(LIMIT_SECONDS * 1000);
      await expectPublished(city, keys);
    }));

  it('goes on when the PDS comes back', () =>
    withCity(async (city) => {
      const keys = city.stageTransfers(5);
      await proxy.down();
      let failures = 0;
      const wait: Wait = async () => {
        failures += 1;
        if (failures === 3) await proxy.up();
      };
      await city.publish({ wait });
      expect(failures).toBe(3);
      await expectPublished(city, keys);
    }));

  it('refreshes an expired session, and signs in again when that is over, too', () =>
    withCity(async (city) => {
      const keys = city.stageTransfers(5);
      proxy.plan('applyWrites', 'expired', 'none', 'expired');
      await city.publish();
      keys.push(...city.stageTransfers(5));
      proxy.plan('refreshSession', 'expired');
      await city.publish();
      await expectPublished(city, keys);
      expect(proxy.count('createSession')).toBe(1);
      expect(proxy.count('refreshSession')).toBeGreaterThan(1);
    }));

  it('finds out after a crash what it had published before', () =>
    withCity(async (city) => {
      const keys = city.stageTransfers(120);
      const crash = async () => {
        throw new Error('killed between commit and mark');
      };
      const ended = city.publish({ store: { ...city.store, commit: crash } });
      await expect(ended).rejects.toThrow('The program failed.');
      expect(city.store.read.records.backlog().count).toBe(120);
      keys.push(...city.stageTransfers(200));
      const { marked } = await city.publish();
      expect(marked.map((batch) => batch.count)).toEqual([120, 200]);
      await expectPublished(city, keys);
    }));

  it.each(['none', 'drop-after', 'drop-before'] as const)(
    'publishes the newest of the versions that wait together (%s)',
    (fault) =>
      withCity(async (city) => {
        const rkey = newTid();
        const claim = { task: referenceTo('task'), participant: PARTICIPANT, createdAt: MORNING };
        const stage = (operation: 'create' | 'update', state: 'standby' | 'joined' | 'left') =>
          city.store.transact((tx) => {
            const records = city.records(tx);
            if (operation === 'create') records.create('claim', { ...claim, state }, rkey);
            else records.update('claim', { rkey }, { ...claim, state });
          });
        stage('create', 'standby');
        stage('update', 'joined');
        proxy.plan('applyWrites', fault);
        const crash = () => Promise.reject(new Error('no disk'));
        const ended = city.publish({ store: { ...city.store, commit: crash } });
        await expect(ended).rejects.toThrow('The program failed.');
        // What was decided meanwhile replaces what may be there already.
        stage('update', 'left');
        await city.publish();
        const newest = city.store.read.records.get(COLLECTIONS.claim, rkey)?.cid;
        expect((await published(COLLECTIONS.claim)).get(rkey)).toBe(newest);
        expect(city.store.read.records.backlog().count).toBe(0);
      }),
  );

  it('removes a record that is taken back', () =>
    withCity(async (city) => {
      const [rkey = ''] = city.stageTransfers(1);
      city.store.transact((tx) =>
        tx.records.stage({
          collection: COLLECTIONS.transfer,
          rkey,
          operation: 'delete',
          cid: '',
          value: '',
          stagedAt: systemClock.now(),
        }),
      );
      proxy.plan('applyWrites', 'none', 'drop-after');
      await city.publish();
      expect((await published(COLLECTIONS.transfer)).has(rkey)).toBe(false);
    }));

  it('brings no old version back when a request that it gave up on arrives after all', () =>
    withCity(async (city) => {
      const rkey = newTid();
      const claim = { task: referenceTo('task'), participant: PARTICIPANT, createdAt: MORNING };
      city.store.transact((tx) =>
        city.records(tx).create('claim', { ...claim, state: 'joined' }, rkey),
      );
      await city.publish();
      city.store.transact((tx) =>
        city.records(tx).update('claim', { rkey }, { ...claim, state: 'left' }),
      );
      proxy.plan('applyWrites', 'drop-after', 'none');
      await city.publish();
      expect(proxy.count('getLatestCommit')).toBe(1);
      const found = await published(COLLECTIONS.claim);
      expect(found.get(rkey)).toBe(city.store.read.records.get(COLLECTIONS.claim, rkey)?.cid);
    }));

  it('writes every kind of record under the CID that the PDS computes', () =>
    withCity(async (city) => {
      const facts: Facts = {
        ...FACTS,
        evidence: { ...FACTS.evidence, pictures: [] },
        update: { ...FACTS.update, pictures: [] },
      };
      const created = city.store.transact((tx) =>
        KIND_NAMES.map((kind) => {
          const rkey = kind === 'city' ? 'self' : newTid();
          return { kind, ...city.records(tx).create(kind, facts[kind], rkey) };
        }),
      );
      await city.publish();
      for (const { kind, rkey, cid } of created) {
        expect((await published(COLLECTIONS[kind])).get(rkey), kind).toBe(cid);
      }
    }));

  it('uploads the pictures of a record before it, and lets the spool forget them after', () =>
    withCity(async (city) => {
      const { inboxId, evidenceId } = addEvidence(city.db, 'creek');
      const spool = new Map<string, Uint8Array>();
      const drawn = await Promise.all(
        [twoColours(64, 48), noise(90, 60)].map((picture) => picture.jpeg().toBuffer()),
      );
      const pictures = drawn.map((bytes, at) => {
        const spoolKey = `clean/${at}`;
        spool.set(spoolKey, bytes);
        const picture = { cid: cidOfBlob(bytes), mediaType: 'image/jpeg', sizeBytes: bytes.length };
        const id = city.store.transact((tx) => {
          const added = tx.pictures.add({ inboxId }, `raw/${at}`);
          tx.pictures.markClean(added, {
            ...picture,
            spoolKey,
            sha256: '',
            width: 1,
            height: 1,
            perceptualHash: null,
          });
          return added;
        });
        attachPicture(city.db, evidenceId, id);
        return picture;
      });
      const rkey = newTid();
      city.store.transact((tx) =>
        city.records(tx).create(
          'evidence',
          {
            work: referenceTo('activity'),
            claim: referenceTo('claim'),
            taskTitle: 'Limpiar el arroyo 🦆',
            text: '',
            pictures,
            submittedAt: MORNING,
          },
          rkey,
        ),
      );
      proxy.plan('applyWrites', 'error-before');
      await city.publish({
        readPicture: async (key) => spool.get(key),
        removePicture: async (key) => {
          spool.delete(key);
        },
      });
      expect(proxy.count('uploadBlob')).toBe(2);
      expect(spool.size).toBe(0);
      expect(city.store.read.pictures.of(inboxId).map(({ state }) => state)).toEqual([
        'published',
        'published',
      ]);
      const found = await published(COLLECTIONS.evidence);
      expect(found.get(rkey)).toBe(city.store.read.records.get(COLLECTIONS.evidence, rkey)?.cid);
      const query = new URLSearchParams({ did: network.did, cid: pictures[0]?.cid ?? '' });
      const blob = await fetch(`${network.pds}/xrpc/com.atproto.sync.getBlob?${query}`);
      expect(new Uint8Array(await blob.arrayBuffer())).toEqual(new Uint8Array(drawn[0] ?? []));
    }));

  it('stops when the spool has lost a picture', () =>
    withCity(async (city) => {
      const { inboxId, evidenceId } = addEvidence(city.db, 'lost');
      const bytes = await twoColours(8, 8).jpeg().toBuffer();
      const picture = { cid: cidOfBlob(bytes), mediaType: 'image/jpeg', sizeBytes: bytes.length };
      city.store.transact((tx) => {
        const id = tx.pictures.add({ inboxId }, 'raw');
        tx.pictures.markClean(id, {
          ...picture,
          spoolKey: 'gone',
          sha256: '',
          width: 8,
          height: 8,
          perceptualHash: null,
        });
        attachPicture(city.db, evidenceId, id);
        city.records(tx).create('evidence', {
          work: referenceTo('activity'),
          claim: referenceTo('claim'),
          taskTitle: 'Creek',
          text: '',
          pictures: [picture],
          submittedAt: MORNING,
        });
      });
      await expect(city.publish()).rejects.toThrow(/PictureLost/);
    }));

  it('keeps to its write budget, also over a restart', () =>
    withCity(async (city) => {
      const { clock, wait, waitedMs, pass } = createSimulatedTime();
      const budget = { pointsPerHour: 30, pointsPerDay: 45 };
      const keys = city.stageTransfers(20);
      const backlog = () => city.store.read.records.backlog().count;
      const exhausted = Promise.withResolvers<void>();
      const waitAnHour: Wait = async (ms, signal) => {
        if (backlog() > 5) return wait(ms, signal);
        exhausted.resolve();
        await untilAborted(signal);
      };
      await city.publish({ budget, clock, wait: waitAnHour }, async (publisher) => {
        // Whoever waits for its rest does not wait for the budget.
        await publisher.atRest();
        expect(backlog()).toBeGreaterThanOrEqual(5);
        await exhausted.promise;
        expect(waitedMs()).toBeGreaterThan(HOUR_MS - MINUTE_MS);
        expect(waitedMs()).toBeLessThanOrEqual(HOUR_MS);
        // The day's points run out before the hour's; what was spent first comes back first.
        const { until } = publisher.status() as { until: number };
        expect(Math.abs(until - clock.now() - (DAY_MS - HOUR_MS))).toBeLessThan(MINUTE_MS);
      });
      expect(backlog()).toBe(5);
      // A new process knows what the last one spent.
      const waiting = Promise.withResolvers<void>();
      const waitAgain: Wait = (_ms, signal) => {
        waiting.resolve();
        return untilAborted(signal);
      };
      await city.publish({ budget, clock, wait: waitAgain }, async (publisher) => {
        await waiting.promise;
        expect(publisher.status()).toMatchObject({ reason: 'The write budget is used up.' });
      });
      expect(backlog()).toBe(5);
      pass(DAY_MS);
      await city.publish({ budget, clock });
      await expectPublished(city, keys);
    }));

  it('stops when the PDS computes another CID', () =>
    withCity(async (city) => {
      city.stageTransfers(2);
      const [row] = city.store.read.records.staged(0, 1, 1_000_000);
      const lying = {
        ...city.store,
        read: {
          ...city.store.read,
          records: {
            ...city.store.read.records,
            staged: () => [{ ...row, cid: 'bafyreiother' } as NonNullable<typeof row>],
          },
        },
      };
      await expect(city.publish({ store: lying })).rejects.toThrow(/another CID for at:\/\//);
    }));

  it('stops when something else stands under a key of its own', () =>
    withCity(async (city) => {
      const [rkey] = city.stageTransfers(1);
      await city.publish();
      await withCity(async (other) => {
        other.store.transact((tx) =>
          other.records(tx).create(
            'transfer',
            {
              position: 1,
              previous: null,
              kind: 'posted',
              code: 'issue',
              debit: 'adjustment',
              credit: 'expired',
              creditKind: 'CITY',
              amount: 99,
              timeUs: 1,
            },
            rkey,
          ),
        );
        await expect(other.publish()).rejects.toThrow(/Conflict: Something else stands at at:/);
      });
    }));

  it('stops when the account is not that of its records', () =>
    withCity(async (city) => {
      city.stageTransfers(1);
      const repository = target.repositoryOf({ did: 'did:plc:ewvi7nxzyoun6zhxrhs64oiz' });
      await expect(city.publish({ repository })).rejects.toThrow(/OtherAccount/);
    }));

  it('finishes the batch under way when it is asked to stop', () =>
    withCity(async (city) => {
      const keys = city.stageTransfers(250);
      const submitted = Promise.withResolvers<void>();
      const { marked } = await city.publish(
        {
          observe: (step) => {
            if (step === 'batch.submitted') submitted.resolve();
          },
        },
        () => submitted.promise,
      );
      expect(marked.map((batch) => batch.count)).toEqual([200]);
      expect(city.store.read.records.backlog().count).toBe(50);
      const found = await published(COLLECTIONS.transfer);
      expect(keys.filter((key) => found.has(key))).toHaveLength(200);
    }));
});
