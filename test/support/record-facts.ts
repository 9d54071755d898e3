// One example of every record, as the city would write it.
import { COLLECTIONS, type RecordValues } from '../../src/records/collections.ts';
import { activityRecord } from '../../src/records/kinds/activity.ts';
import { cityRecord } from '../../src/records/kinds/city.ts';
import { claimRecord } from '../../src/records/kinds/claim.ts';
import { epochRecord } from '../../src/records/kinds/epoch.ts';
import { evidenceRecord } from '../../src/records/kinds/evidence.ts';
import { locationRecord } from '../../src/records/kinds/location.ts';
import { offerRecord } from '../../src/records/kinds/offer.ts';
import { partnerRecord } from '../../src/records/kinds/partner.ts';
import { redemptionRecord } from '../../src/records/kinds/redemption.ts';
import { reviewRecord } from '../../src/records/kinds/review.ts';
import { taskRecord } from '../../src/records/kinds/task.ts';
import { transferRecord } from '../../src/records/kinds/transfer.ts';
import { strongRef } from '../../src/records/strong-ref.ts';

export const DID = 'did:plc:ewvi7nxzyoun6zhxrhs64oiz';
export const PARTICIPANT = 'p-0123456789ab';
/** 2026-10-03T16:00:00Z */
export const MORNING = 1_791_043_200_000;
export const CID = 'bafyreidfayvfuwqa7qlnopdjiqrxzs6blmoeu4rujcjtnci5beludirz2a';
export const KEY = '3l5abcdefgh2k';

export const referenceTo = (kind: keyof typeof COLLECTIONS, rkey: string = KEY) =>
  strongRef(DID, COLLECTIONS[kind], rkey, CID);

export const examples = (): RecordValues => ({
  [COLLECTIONS.city]: cityRecord({
    name: 'Berkeley',
    timeZone: 'America/Los_Angeles',
    languages: ['en', 'es'],
    creditKinds: [{ kind: 'CITY', name: 'CITY' }],
    operator: { name: 'City/Sync', contact: 'mailto:berkeley@city-sync.example' },
    policies: { rejectionPolicy: 'withhold', reviewDeadlineHours: 72, codeLifeMinutes: 15 },
    createdAt: MORNING,
  }),
  [COLLECTIONS.partner]: partnerRecord({
    name: 'Codornices Creek Friends',
    kind: 'issuer',
    status: 'approved',
    createdAt: MORNING,
    updatedAt: MORNING + 1,
  }),
  [COLLECTIONS.epoch]: epochRecord({
    name: '2026-Q4',
    startsAt: MORNING - 2 * 86_400_000,
    endsAt: MORNING + 90 * 86_400_000,
    caps: [
      { creditKind: 'CITY', amount: 10_000 },
      { issuer: referenceTo('partner'), creditKind: 'CITY', amount: 0 },
    ],
    rejectionPolicy: 'withhold',
    createdAt: MORNING,
  }),
  [COLLECTIONS.location]: locationRecord({
    name: 'Codornices Creek at 8th St',
    createdAt: MORNING,
  }),
  [COLLECTIONS.task]: taskRecord({
    number: 12,
    title: 'Clean up the creek – ¡ven! 🦆',
    issuer: referenceTo('partner'),
    place: 'Codornices Creek at 8th St',
    location: referenceTo('location'),
    post: strongRef(DID, 'app.bsky.feed.post', KEY, CID),
    startsAt: MORNING,
    endsAt: MORNING + 7_200_000,
    credits: 30,
    creditKind: 'CITY',
    slots: 10,
    status: 'open',
    createdAt: MORNING - 1,
  }),
  [COLLECTIONS.claim]: claimRecord({
    task: referenceTo('task'),
    participant: PARTICIPANT,
    state: 'active',
    createdAt: MORNING,
  }),
  [COLLECTIONS.evidence]: evidenceRecord({
    claim: referenceTo('claim'),
    taskTitle: 'Clean up the creek',
    text: 'Tres bolsas llenas 🦆',
    pictures: [
      {
        cid: 'bafkreibme22gw2h7y2h7tg2fhqotaqjucnbc24deqo72b6mkl2egezxhvy',
        mediaType: 'image/jpeg',
        sizeBytes: 48_213,
      },
    ],
    submittedAt: MORNING,
  }),
  [COLLECTIONS.review]: reviewRecord({
    evidence: referenceTo('evidence'),
    cityDid: DID,
    decision: 'approved',
    reasonCode: 'work-verified',
    note: 'Gracias.',
    at: MORNING,
  }),
  [COLLECTIONS.transfer]: transferRecord({
    position: 2,
    previous: CID,
    kind: 'post',
    code: 'burn',
    debit: `person:${PARTICIPANT}`,
    credit: `redeemed:${KEY}`,
    creditKind: 'CITY',
    amount: 30,
    resolves: referenceTo('transfer', 'hold-1'),
    reference: referenceTo('offer'),
    timeUs: MORNING * 1000 + 7,
  }),
  [COLLECTIONS.offer]: offerRecord({
    number: 3,
    title: 'A coffee',
    redeemer: referenceTo('partner'),
    credits: 10,
    creditKind: 'CITY',
    perDay: 20,
    status: 'open',
    createdAt: MORNING,
  }),
  [COLLECTIONS.redemption]: redemptionRecord({
    offer: referenceTo('offer'),
    redeemer: referenceTo('partner'),
    burn: referenceTo('transfer', 'burn-1'),
    honoredAt: MORNING,
  }),
  [COLLECTIONS.activity]: activityRecord({
    title: 'Clean up the creek – ¡ven! 🦆',
    number: 12,
    city: 'Berkeley',
    issuer: 'Codornices Creek Friends',
    place: 'Codornices Creek at 8th St',
    location: referenceTo('location'),
    startsAt: MORNING,
    endsAt: MORNING + 7_200_000,
    part: 1,
    contributors: [PARTICIPANT],
    createdAt: MORNING,
  }),
});
