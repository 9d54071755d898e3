import { describe, expect, it } from 'vitest';
import { encodeRecord } from '../../src/records/encode.ts';
import { cut } from '../../src/records/kinds/fields.ts';
import { KINDS } from '../../src/records/kinds/index.ts';
import { recordUri } from '../../src/records/strong-ref.ts';
import { CID, KEY, MORNING, PARTICIPANT, referenceTo } from '../support/record-facts.ts';

const transfer = {
  position: 1,
  previous: null,
  kind: 'posted',
  code: 'issue',
  debit: 'issuance:3l5abcdefgh2k',
  credit: `person:${PARTICIPANT}`,
  creditKind: 'CITY',
  amount: 30,
  timeUs: MORNING * 1000 + 999,
} as const;
const evidence = {
  work: referenceTo('activity'),
  claim: referenceTo('claim'),
  taskTitle: 'Creek',
  submittedAt: MORNING,
};
const review = { evidence: referenceTo('evidence'), at: MORNING, note: '' };
const ZALGO = `e${'\u0301'.repeat(20_000)}`;

describe('what a record says', () => {
  it('names a person by the participant id and by nothing else', () => {
    const claim = { task: referenceTo('task'), state: 'joined', createdAt: MORNING } as const;
    expect(KINDS.claim.build({ ...claim, participant: PARTICIPANT }).participant).toBe(PARTICIPANT);
    for (const participant of ['+15105550101', 'p-short', 'Ana', `${PARTICIPANT}x`]) {
      expect(() => KINDS.claim.build({ ...claim, participant })).toThrow(/something else than p-/);
      expect(() => KINDS.transfer.build({ ...transfer, credit: `person:${participant}` })).toThrow(
        /account that cannot exist/,
      );
    }
  });

  it('leaves out of the first transfer what comes before it', () => {
    const first = KINDS.transfer.build(transfer);
    expect(first).not.toHaveProperty('previous');
    expect(first).not.toHaveProperty('resolves');
    expect(first).toMatchObject({ timeUs: MORNING * 1000 + 999 });
    expect(first.createdAt).toBe('2026-10-03T16:00:00.000Z');
  });

  it('has the words or the pictures of evidence, or both', () => {
    const words = KINDS.evidence.build({ ...evidence, text: 'Listo', pictures: [] });
    expect(words).toMatchObject({ contentType: 'evidence', description: { value: 'Listo' } });
    expect(words).not.toHaveProperty('content');
    expect(KINDS.evidence.build({ ...evidence, text: '', pictures: [] })).not.toHaveProperty(
      'description',
    );
  });

  it('points at the post that is the evidence, and repeats nothing of it', () => {
    const post = {
      uri: recordUri('did:plc:anaanaana2345abcdefghijk', 'app.bsky.feed.post', KEY),
      cid: CID,
    };
    const record = KINDS.evidence.build({ ...evidence, text: 'Mine', pictures: [], post });
    expect(record).toMatchObject({
      content: [
        { $type: 'org.hypercerts.defs#uri', uri: post.uri },
        {
          $type: 'org.hypercerts.defs#uri',
          uri: 'https://bsky.app/profile/did:plc:anaanaana2345abcdefghijk/post/3l5abcdefgh2k',
        },
      ],
      description: { $type: 'com.atproto.repo.strongRef', uri: post.uri, cid: post.cid },
    });
    expect(JSON.stringify(record)).not.toContain('Mine');
    expect(() => encodeRecord(KINDS.evidence, record)).not.toThrow();
  });

  it('says of a review what was decided, why, by whom and as what', () => {
    const approved = { ...review, decision: 'approved', reasonCode: 'work-verified' } as const;
    const said = KINDS.review.build({ ...approved, by: PARTICIPANT, role: 'owner' });
    expect(said).toMatchObject({
      ...{ decision: 'approved', reasonCode: 'work-verified' },
      ...{ by: PARTICIPANT, role: 'owner' },
    });
    expect(said).not.toHaveProperty('note');
    const rejected = { ...review, decision: 'rejected', reasonCode: 'too-dark' } as const;
    const noted = KINDS.review.build({ ...rejected, note: 'Otra vez.' });
    expect(noted).toMatchObject({ decision: 'rejected', note: 'Otra vez.' });
    expect(noted).not.toHaveProperty('by');
    expect(() => KINDS.review.build({ ...approved, by: 'Ana' })).toThrow('p-…');
  });

  it('fits its lexicon, whatever people wrote', () => {
    const long = `${ZALGO} ${'🦆'.repeat(30_000)}`;
    const wordy = KINDS.evidence.build({ ...evidence, taskTitle: long, text: long, pictures: [] });
    expect(() => encodeRecord(KINDS.evidence, wordy)).not.toThrow();
    const noted = { ...review, decision: 'approved', reasonCode: 'ok', note: long } as const;
    expect(() => encodeRecord(KINDS.review, KINDS.review.build(noted))).not.toThrow();
  });
});

describe('cut', () => {
  it('leaves alone what fits', () => {
    expect(cut('Limpiar el arroyo 🦆', 200, 2000)).toBe('Limpiar el arroyo 🦆');
  });

  it('keeps graphemes and bytes within their limits, and characters whole', () => {
    expect(cut('🦆🦆🦆', 2, 100)).toBe('🦆…');
    expect(cut('🦆🦆🦆', 10, 7)).toBe('🦆');
    expect(new TextEncoder().encode(cut(ZALGO, 10, 101)).length).toBeLessThanOrEqual(101);
  });
});
