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
      const id = pictures.addPicture(pictures.inboxId, 'raw/1');
      expect(pictures.rawPictures(10)).toMatchObject([{ id, spoolKey: 'raw/1', state: 'raw' }]);
      pictures.pictureClean(id, clean);
      expect(pictures.rawPictures(10)).toEqual([]);
      // Nothing refers to it yet, so it is nothing to publish.
      expect(pictures.picturesToPublish(clean.cid)).toEqual([]);
      attachPicture(db, pictures.evidenceId, id);
      expect(pictures.picturesToPublish(clean.cid)).toMatchObject([{ id, ...clean }]);
      pictures.picturesPublished([id]);
      expect(pictures.picturesToPublish(clean.cid)).toEqual([]);
      expect(pictures.picturesOf(pictures.inboxId)).toMatchObject([{ id, state: 'published' }]);
    }));

  it('that were refused stay refused, with the reason', () =>
    withDatabase((db) => {
      const pictures = open(db);
      const id = pictures.addPicture(pictures.inboxId, 'raw/1');
      pictures.pictureRefused(id, 'not-a-picture');
      pictures.pictureClean(id, clean);
      pictures.picturesPublished([id]);
      expect(pictures.picturesOf(pictures.inboxId)).toMatchObject([
        { state: 'refused', reason: 'not-a-picture', cid: null },
      ]);
    }));

  it('sent twice are both found by what they show', () =>
    withDatabase((db) => {
      const pictures = open(db);
      const ids = ['raw/1', 'raw/2'].map((key) => pictures.addPicture(pictures.inboxId, key));
      for (const id of ids) {
        pictures.pictureClean(id, { ...clean, spoolKey: `clean/${id}` });
        attachPicture(db, pictures.evidenceId, id);
      }
      expect(pictures.picturesToPublish(clean.cid).map((row) => row.id)).toEqual(ids);
    }));
});
