import { describe, expect, it } from 'vitest';
import { withDatabase } from '#test-store';
import type { Database } from '../../src/store/database.ts';
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
  it('go from raw over clean to published', () =>
    withDatabase((db) => {
      const pictures = open(db);
      const id = pictures.add(pictures.inboxId, 'raw/1');
      expect(pictures.raw(10)).toMatchObject([{ id, spoolKey: 'raw/1', state: 'raw' }]);
      pictures.markClean(id, clean);
      expect(pictures.raw(10)).toEqual([]);
      // Nothing refers to it yet, so it is nothing to publish.
      expect(pictures.toPublish(clean.cid)).toEqual([]);
      attachPicture(db, pictures.evidenceId, id);
      expect(pictures.toPublish(clean.cid)).toMatchObject([{ id, ...clean }]);
      pictures.markPublished([id]);
      expect(pictures.toPublish(clean.cid)).toEqual([]);
      expect(pictures.of(pictures.inboxId)).toMatchObject([{ id, state: 'published' }]);
    }));

  it('that were refused stay refused, with the reason', () =>
    withDatabase((db) => {
      const pictures = open(db);
      const id = pictures.add(pictures.inboxId, 'raw/1');
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
      const ids = ['raw/1', 'raw/2'].map((key) => pictures.add(pictures.inboxId, key));
      for (const id of ids) {
        pictures.markClean(id, { ...clean, spoolKey: `clean/${id}` });
        attachPicture(db, pictures.evidenceId, id);
      }
      expect(pictures.toPublish(clean.cid).map((row) => row.id)).toEqual(ids);
    }));
});
