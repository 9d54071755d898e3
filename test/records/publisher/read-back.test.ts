// A PDS is not believed: what it says that it took is read back, and a photo stays here until it came
// back as it is.
import type { AtpAgent } from '@atproto/api';
import { afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { cidOfBlob } from '../../../src/lib/cid.ts';
import { HOUR_MS } from '../../../src/lib/clock.ts';
import type { Wait } from '../../../src/lib/wait.ts';
import { COLLECTIONS } from '../../../src/records/kinds/index.ts';
import type { NetworkFacts } from '../../../src/sandbox/network.ts';
import { type LyingPds, startLyingPds } from '../../support/lying-pds.ts';
import { noise } from '../../support/pictures.ts';
import {
  type City,
  createKeeper,
  createSimulatedTime,
  newTid,
  publishingTo,
  publishMended,
  signedIn,
  untilAborted,
} from '../../support/publishing.ts';
import { MORNING, PARTICIPANT, referenceTo } from '../../support/record-facts.ts';
import { joinSharedNetwork } from '../../support/shared-network.ts';

let network: NetworkFacts;
let pds: LyingPds;
let target: ReturnType<typeof publishingTo>;
/** Who changes the repository behind the city's back, or loses what is in it. */
let stranger: AtpAgent;
const keeper = createKeeper();

beforeAll(async () => {
  network = await joinSharedNetwork();
  stranger = await signedIn(network);
});
beforeEach(async () => {
  pds = await startLyingPds(network.pds);
  target = publishingTo(network, () => pds, keeper);
});
afterEach(() => pds.close());

const drawn = async (): Promise<Uint8Array> =>
  new Uint8Array(await noise(40, 30).jpeg().toBuffer());

const states = (city: City): readonly string[] =>
  city.store.read.pictures.uploaded(Number.MAX_SAFE_INTEGER, 100).map(({ state }) => state);

/** The places of the newest version of records in the order of the city. */
const seqsOf = (city: City, keys: readonly string[]): number[] =>
  keys.map((key) => city.store.read.records.get(COLLECTIONS.transfer, key)?.seq as number);

const remove = (rkey: string, collection: string = COLLECTIONS.transfer) =>
  stranger.com.atproto.repo.deleteRecord({ repo: network.did, collection, rkey });

describe('a PDS that answers with the right CIDs and keeps nothing', () => {
  it('has published nothing for us, and gets all of it once it keeps what it takes', () =>
    target.withCity(async (city) => {
      const keys = city.stageTransfers(450);
      const photo = await drawn();
      city.stageEvidence([photo]);
      pds.lies.writes = true;
      await publishMended(city, async (publisher) => {
        expect(publisher.status()).toMatchObject({
          state: 'stopped',
          reason: expect.stringMatching(/^NotKept: The PDS said that it had taken at:\/\//),
          until: expect.any(Number),
        });
        expect(city.store.read.records.backlog().count).toBe(451);
        expect(city.spool.size).toBe(1);
        pds.lies.writes = false;
      });
      await target.expectPublished(city, keys);
      expect(city.spool.size).toBe(0);
    }));

  it('is given one record at a time for as long as it lies, not the whole budget', () =>
    target.withCity(async (city) => {
      city.stageTransfers(300);
      pds.lies.writes = true;
      const { clock, wait, waitedMs } = createSimulatedTime();
      const longEnough = Promise.withResolvers<void>();
      let submitted = 0;
      await city.publish(
        {
          clock,
          wait: async (ms, signal) => {
            if (waitedMs() > HOUR_MS) longEnough.resolve();
            await wait(ms, signal);
          },
          observe: (step, { count }) => {
            if (step === 'batch.submitted') submitted += count;
          },
        },
        () => longEnough.promise,
      );
      // The first batch, and then one of the six times an hour that it is tried.
      expect(submitted).toBeLessThanOrEqual(200 + 8);
      expect(city.store.read.records.backlog().count).toBe(300);
    }));
});

describe('a photo', () => {
  for (const lie of ['missing', 'changed'] as const) {
    it(`stays here while the PDS gives it out ${lie}, and goes once it came back`, () =>
      target.withCity(async (city) => {
        const photo = await drawn();
        const rkey = city.stageEvidence([photo]);
        city.stageEvidence([await drawn()]);
        pds.lies.pictures = lie;
        const { clock, pass } = createSimulatedTime();
        const { warnings } = await city.publish({ clock });
        expect((await target.published(COLLECTIONS.evidence)).has(rkey)).toBe(true);
        expect(city.spool.size).toBe(2);
        expect(states(city)).toEqual(['uploaded', 'uploaded']);
        expect(city.store.read.pictures.notKept()).toBe(2);
        // Each was given to the PDS once more.
        expect(pds.count('uploadBlob')).toBe(4);
        expect(warnings).toEqual([
          {
            message: 'The PDS does not give out a photo that it took. Such photos stay here.',
            detail: { cid: cidOfBlob(photo) },
          },
        ]);
        // It is said once, and nobody is asked again all the time.
        const again = await city.publish({ clock });
        pass(HOUR_MS);
        const later = await city.publish({ clock });
        expect([...again.warnings, ...later.warnings]).toEqual([]);
        expect(pds.count('uploadBlob')).toBe(6);
        pds.lies.pictures = 'none';
        pass(24 * HOUR_MS);
        const { warnings: cleared } = await city.publish({ clock });
        expect(cleared.map(({ message }) => message)).toEqual([
          'The PDS gives out all photos again.',
        ]);
        expect([city.spool.size, city.store.read.pictures.notKept()]).toEqual([0, 0]);
      }));
  }

  it('that the PDS has lost is given to it again', () =>
    target.withCity(async (city) => {
      const photo = await drawn();
      const rkey = city.stageEvidence([photo]);
      pds.lies.pictures = 'missing';
      await city.publish();
      // With its record the PDS drops the photo, too.
      await remove(rkey, COLLECTIONS.evidence);
      const { seq } = city.store.read.records.get(COLLECTIONS.evidence, rkey) ?? { seq: 0 };
      city.store.transact((tx) => tx.records.putBack([seq]));
      pds.lies.pictures = 'none';
      const { clock, pass } = createSimulatedTime();
      pass(HOUR_MS);
      await city.publish({ clock });
      expect((await target.published(COLLECTIONS.evidence)).has(rkey)).toBe(true);
      // It may have been looked for just before its record was there again.
      pass(24 * HOUR_MS);
      await city.publish({ clock });
      expect([city.spool.size, city.store.read.pictures.notKept()]).toEqual([0, 0]);
    }));
});

describe('records that are not there any more', () => {
  it('are put back as they were, in their order, and only those', () =>
    target.withCity(async (city) => {
      const keys = city.stageTransfers(30);
      await city.publish();
      const [first = '', , third = ''] = keys;
      const last = keys.at(-1) ?? '';
      for (const key of [first, third, last]) await remove(key);
      city.store.transact((tx) => tx.records.putBack(seqsOf(city, [first, third, last])));
      expect(city.store.read.records.toPutBack()).toBe(3);
      const more = city.stageTransfers(5);
      const { warnings } = await city.publish();
      await target.expectPublished(city, [...keys, ...more]);
      expect(city.store.read.records.toPutBack()).toBe(0);
      expect(warnings).toEqual([
        {
          message:
            'Records of the city are gone from its repository or changed; they are put back.',
          detail: {
            removed: [first, third, last].map(
              (key) => `at://${network.did}/${COLLECTIONS.transfer}/${key}`,
            ),
            changed: [],
          },
        },
      ]);
    }));

  it('are left alone when they are there after all', () =>
    target.withCity(async (city) => {
      const keys = city.stageTransfers(3);
      await city.publish();
      city.store.transact((tx) => tx.records.putBack(seqsOf(city, keys)));
      const before = pds.count('applyWrites');
      const { warnings } = await city.publish();
      expect([pds.count('applyWrites') - before, warnings]).toEqual([0, []]);
      await target.expectPublished(city, keys);
    }));

  it('are put back in their newest version, also where somebody wrote something else', () =>
    target.withCity(async (city) => {
      const [gone, other] = [newTid(), newTid()];
      const claim = { task: referenceTo('task'), participant: PARTICIPANT, createdAt: MORNING };
      for (const rkey of [gone, other]) {
        city.store.transact((tx) =>
          city.records(tx).create('claim', { ...claim, state: 'joined' }, rkey),
        );
      }
      city.store.transact((tx) =>
        city.records(tx).update('claim', { rkey: gone }, { ...claim, state: 'left' }),
      );
      await city.publish();
      await remove(gone, COLLECTIONS.claim);
      await stranger.com.atproto.repo.putRecord({
        repo: network.did,
        collection: COLLECTIONS.claim,
        rkey: other,
        record: { $type: COLLECTIONS.claim, note: 'Mine' },
        validate: false,
      });
      const newest = (rkey: string) => city.store.read.records.get(COLLECTIONS.claim, rkey);
      const seqs = [gone, other].map((rkey) => newest(rkey)?.seq as number);
      city.store.transact((tx) => tx.records.putBack(seqs));
      await city.publish();
      const found = await target.published(COLLECTIONS.claim);
      for (const rkey of [gone, other]) expect(found.get(rkey)).toBe(newest(rkey)?.cid);
    }));

  it('do not hold the others up when their photo is lost for good', () =>
    target.withCity(async (city) => {
      const rkey = city.stageEvidence([await drawn()]);
      await city.publish();
      expect(city.spool.size).toBe(0);
      await remove(rkey, COLLECTIONS.evidence);
      const { seq } = city.store.read.records.get(COLLECTIONS.evidence, rkey) ?? { seq: 0 };
      city.store.transact((tx) => tx.records.putBack([seq]));
      const keys = city.stageTransfers(5);
      let parked: readonly string[] = [];
      let look = (): readonly string[] => [];
      const untilParked: Wait = async (_ms, signal) => {
        parked = look();
        if (parked.length > 0) await untilAborted(signal);
      };
      await city.publish({ wait: untilParked }, async (publisher) => {
        look = publisher.parked;
        await expect(publisher.idle()).rejects.toThrow(/BlobNotFound/);
      });
      expect(parked).toEqual([expect.stringMatching(/^BlobNotFound/)]);
      expect(city.store.read.records.backlog().count).toBe(1);
      expect((await target.published(COLLECTIONS.transfer)).has(keys.at(-1) ?? '')).toBe(true);
    }));
});
