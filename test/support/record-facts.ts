// One example of every record, as the city would write it.
import { COLLECTIONS, KINDS, type RecordValues } from '../../src/records/kinds/index.ts';
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
  [COLLECTIONS.city]: KINDS.city.build({
    name: 'Berkeley',
    timeZone: 'America/Los_Angeles',
    languages: ['en', 'es'],
    creditKinds: [{ kind: 'CITY', name: 'CITY' }],
    operator: { name: 'City/Sync', contact: 'mailto:berkeley@city-sync.example' },
    policies: { rejectionPolicy: 'withhold', reviewDeadlineHours: 72, codeLifeMinutes: 15 },
    createdAt: MORNING,
  }),
  [COLLECTIONS.partner]: KINDS.partner.build({
    name: 'Codornices Creek Friends',
    kind: 'issuer',
    status: 'approved',
    createdAt: MORNING,
    updatedAt: MORNING + 1,
  }),
  [COLLECTIONS.epoch]: KINDS.epoch.build({
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
  [COLLECTIONS.location]: KINDS.location.build({
    name: 'Codornices Creek at 8th St',
    createdAt: MORNING,
  }),
  [COLLECTIONS.task]: KINDS.task.build({
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
  [COLLECTIONS.claim]: KINDS.claim.build({
    task: referenceTo('task'),
    participant: PARTICIPANT,
    state: 'active',
    createdAt: MORNING,
  }),
  [COLLECTIONS.evidence]: KINDS.evidence.build({
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
  [COLLECTIONS.review]: KINDS.review.build({
    evidence: referenceTo('evidence'),
    cityDid: DID,
    decision: 'approved',
    reasonCode: 'work-verified',
    note: 'Gracias.',
    at: MORNING,
  }),
  [COLLECTIONS.transfer]: KINDS.transfer.build({
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
  [COLLECTIONS.offer]: KINDS.offer.build({
    number: 3,
    title: 'A coffee',
    redeemer: referenceTo('partner'),
    credits: 10,
    creditKind: 'CITY',
    perDay: 20,
    status: 'open',
    createdAt: MORNING,
  }),
  [COLLECTIONS.redemption]: KINDS.redemption.build({
    offer: referenceTo('offer'),
    redeemer: referenceTo('partner'),
    burn: referenceTo('transfer', 'burn-1'),
    honoredAt: MORNING,
  }),
  [COLLECTIONS.activity]: KINDS.activity.build({
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
