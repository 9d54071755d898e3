import { describe, expect, it } from 'vitest';
import { withDatabase } from '#test-store';
import type { Database } from '../../src/store/database.ts';
import { identitiesWrites } from '../../src/store/identities.ts';
import { inboxWrites } from '../../src/store/inbox.ts';
import { peopleWrites } from '../../src/store/people.ts';
import { picturesReads, picturesWrites } from '../../src/store/pictures.ts';
import { addEvidence, attachPicture } from '../support/evidence.ts';

const clean = {
  cid: 'bafkreibme22gw2h7y2h7tg2fhqotaqjucnbc24deqo72b6mkl2egezxhvy',
  sha256: 'ab',
  mediaType: 'image/jpeg',
  sizeBytes: 10,
  width: 4,
  height: 3,
  perceptualHash: null,
  spoolKey: 'clean/1',
};

const open = (db: Database) => ({
  ...addEvidence(db, 'one'),
  ...picturesReads(db),
  ...picturesWrites(db),
});

describe('pictures', () => {
  it('go from raw over clean and uploaded to published', () =>
    withDatabase((db) => {
      const pictures = open(db);
      const id = pictures.add({ inboxId: pictures.inboxId }, 'raw/1');
      expect(pictures.raw(0)).toMatchObject([{ id, spoolKey: 'raw/1' }]);
      pictures.markClean(id, clean);
      expect(pictures.raw(0)).toEqual([]);
      // Nothing refers to it yet, so it is nothing to publish.
      expect(pictures.toPublish(clean.cid)).toEqual([]);
      attachPicture(db, pictures.evidenceId, id);
      expect(pictures.toPublish(clean.cid)).toMatchObject([{ id, ...clean }]);
      // Nobody has seen it come back yet.
      pictures.markPublished([id]);
      expect(pictures.of(pictures.inboxId)).toMatchObject([{ id, state: 'clean' }]);
      pictures.markUploaded([id]);
      expect(pictures.keysInUse()).toEqual(['clean/1']);
      expect(pictures.uploaded(0, 10)).toMatchObject([{ id, attempts: 0 }]);
      pictures.markNotKept(id, 50);
      expect(pictures.uploaded(49, 10)).toEqual([]);
      expect([pictures.nextUploadedAt(49), pictures.notKept()]).toEqual([50, 1]);
      expect(pictures.uploaded(50, 10)).toMatchObject([{ id, attempts: 1 }]);
      // It may have to be uploaded again.
      expect(pictures.toPublish(clean.cid)).toMatchObject([{ id }]);
      pictures.markPublished([id]);
      expect(pictures.toPublish(clean.cid)).toEqual([]);
      expect([pictures.keysInUse(), pictures.notKept()]).toEqual([[], 0]);
      expect(pictures.of(pictures.inboxId)).toMatchObject([{ id, state: 'published' }]);
    }));

  it('that wait on one channel leave those of another in sight', () =>
    withDatabase((db) => {
      const pictures = picturesWrites(db);
      const people = peopleWrites(db);
      const send = (channel: string, at: number): void => {
        const named = {
          participantId: `p-${channel}-${at}`,
          language: 'en',
          createdAt: 0,
        } as const;
        const personId = people.add(named);
        people.setJoined(personId, 0);
        const address = { lookup: `${channel} ${at}`, keyId: 'k', ciphertext: new Uint8Array(1) };
        const identityId = identitiesWrites(db).add({
          ...address,
          channel,
          personId,
          createdAt: 0,
        });
        const payload = { text: '', replyTo: null, pictures: 1 };
        const message = { channel, externalId: String(at), identityId, payload, receivedAt: 0 };
        const inboxId = inboxWrites(db).add(message) ?? 0;
        pictures.addRemote({ inboxId, identityId, addedAt: 0 }, 'source');
      };
      for (let at = 0; at < 100; at += 1) send('bluesky', at);
      send('sms', 0);
      expect(picturesReads(db).remote(0)).toContainEqual(expect.objectContaining({ channel: 'sms' }));
    }));

  it('that were refused stay refused, with the reason', () =>
    withDatabase((db) => {
      const pictures = open(db);
      const id = pictures.add({ inboxId: pictures.inboxId }, 'raw/1');
      pictures.markRefused(id, 'not-a-picture');
      pictures.markClean(id, clean);
      pictures.markPublished([id]);
      expect(pictures.of(pictures.inboxId)).toMatchObject([
        { state: 'refused', reason: 'not-a-picture', cid: null },
      ]);
    }));

  it('sent twice are both found by what they show', () =>
    withDatabase((db) => {
      const pictures = open(db);
      const ids = ['raw/1', 'raw/2'].map((key) => pictures.add({ inboxId: pictures.inboxId }, key));
      for (const id of ids) {
        pictures.markClean(id, { ...clean, spoolKey: `clean/${id}` });
        attachPicture(db, pictures.evidenceId, id);
      }
      expect(pictures.toPublish(clean.cid).map((row) => row.id)).toEqual(ids);
    }));
});
