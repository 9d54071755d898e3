import { sql } from 'drizzle-orm';
import { expect, test } from 'vitest';
import { withDatabase } from '#test-store';
import { privateRestore } from '../../src/store/private-data.ts';
import { sealNobody } from '../support/rebuilt.ts';

test('a backup of before there were two agreements gives nobody the one that they never gave', () =>
  withDatabase((db) => {
    const restore = privateRestore(db, sealNobody);
    const kinds = { 'p-1': ['public-did'], 'p-2': ['public-did', 'public-evidence'], 'p-3': [] };
    const people = Object.keys(kinds);
    restore({
      kind: 'persons',
      rows: people.map((participantId) => ({
        participantId,
        language: 'en',
        languageChosen: 1,
        joinedAt: 1,
        publicEvidenceAt: 5,
        publicDid: null,
        noticeChannel: null,
        createdAt: 1,
      })),
    });
    restore({
      kind: 'identities',
      rows: people.map((participantId) => ({
        participantId,
        channel: 'bluesky',
        lookup: `lookup ${participantId}`,
        keyId: 'k',
        ciphertext: '01',
        stoppedAt: null,
        alertsAt: null,
        alertsFilter: null,
        unreachableAt: null,
        wayOutAt: null,
        heardAt: null,
        returnedAt: null,
        createdAt: 1,
      })),
    });
    restore({
      kind: 'consents',
      rows: Object.entries(kinds).flatMap(([participantId, given]) =>
        given.map((kind, at) => ({
          channel: 'bluesky',
          lookup: `lookup ${participantId}`,
          kind,
          wording: 'OK',
          agreedAt: 5 + at,
        })),
      ),
    });
    expect(
      db.all(sql`select participant_id as id, public_evidence_at as at from persons order by 1`),
    ).toEqual([
      { id: 'p-1', at: null },
      { id: 'p-2', at: 6 },
      { id: 'p-3', at: 5 },
    ]);
  }));
