// One example of every record, as the city would write it, and the facts that it is built from.
import {
  COLLECTIONS,
  type Facts,
  KINDS,
  type Kind,
  type Values,
} from '../../src/records/kinds/index.ts';
import { recordUri } from '../../src/records/strong-ref.ts';

export const DID = 'did:plc:ewvi7nxzyoun6zhxrhs64oiz';
export const PARTICIPANT = 'p-0123456789ab';
/** 2026-10-03T16:00:00Z */
export const MORNING = 1_791_043_200_000;
export const CID = 'bafyreidfayvfuwqa7qlnopdjiqrxzs6blmoeu4rujcjtnci5beludirz2a';
export const KEY = '3l5abcdefgh2k';

export const KIND_NAMES = Object.keys(KINDS) as readonly Kind[];

export const referenceTo = (kind: Kind, rkey: string = KEY) => ({
  uri: recordUri(DID, COLLECTIONS[kind], rkey),
  cid: CID,
});

export const FACTS: Facts = {
  city: {
    name: 'Berkeley',
    timeZone: 'America/Los_Angeles',
    languages: ['en', 'es'],
    creditKinds: [{ kind: 'CITY', name: 'CITY' }],
    operator: { name: 'City/Sync', contact: 'mailto:berkeley@city-sync.example' },
    policies: { rejectionPolicy: 'withhold', reviewDeadlineHours: 72, codeLifeMinutes: 15 },
    createdAt: MORNING,
  },
  partner: {
    name: 'Codornices Creek Friends',
    kind: 'issuer',
    status: 'approved',
    createdAt: MORNING,
    updatedAt: MORNING + 1,
  },
  epoch: {
    name: '2026-Q4',
    startsAt: MORNING - 2 * 86_400_000,
    endsAt: MORNING + 90 * 86_400_000,
    caps: [
      { creditKind: 'CITY', amount: 10_000 },
      { issuer: referenceTo('partner'), creditKind: 'CITY', amount: 0 },
    ],
    rejectionPolicy: 'withhold',
    createdAt: MORNING,
  },
  location: {
    name: 'Codornices Creek at 8th St',
    createdAt: MORNING,
  },
  task: {
    number: 12,
    title: 'Clean up the creek – ¡ven! 🦆',
    issuer: referenceTo('partner'),
    place: 'Codornices Creek at 8th St',
    location: referenceTo('location'),
    post: { uri: recordUri(DID, 'app.bsky.feed.post', KEY), cid: CID },
    startsAt: MORNING,
    endsAt: MORNING + 7_200_000,
    credits: 30,
    creditKind: 'CITY',
    slots: 10,
    status: 'open',
    createdAt: MORNING - 1,
  },
  claim: {
    task: referenceTo('task'),
    participant: PARTICIPANT,
    state: 'joined',
    createdAt: MORNING,
  },
  evidence: {
    work: referenceTo('activity'),
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
  },
  update: {
    project: referenceTo('project'),
    title: 'October 2026 in Berkeley',
    short: '1 task with approved work, 2 people; 60 CITY issued, 0 CITY redeemed.',
    text: 'In October 2026, residents of Berkeley sent evidence of what they had done.',
    pictures: [
      {
        cid: 'bafkreibme22gw2h7y2h7tg2fhqotaqjucnbc24deqo72b6mkl2egezxhvy',
        mediaType: 'image/jpeg',
        sizeBytes: 48_213,
      },
    ],
    at: MORNING,
  },
  review: {
    evidence: referenceTo('evidence'),
    by: PARTICIPANT,
    role: 'reviewer',
    decision: 'approved',
    reasonCode: 'work-verified',
    note: 'Gracias.',
    at: MORNING,
  },
  evaluation: {
    subject: referenceTo('activity'),
    cityDid: DID,
    about: 'Task 12 of Berkeley: Clean up the creek',
    approved: 2,
    rejected: 1,
    issued: 60,
    creditKind: 'CITY',
    reviewers: [PARTICIPANT],
    reviewersCount: 1,
    at: MORNING,
  },
  transfer: {
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
  },
  offer: {
    number: 3,
    title: 'A coffee',
    redeemer: referenceTo('partner'),
    credits: 10,
    creditKind: 'CITY',
    perDay: 20,
    status: 'open',
    createdAt: MORNING,
  },
  redemption: {
    offer: referenceTo('offer'),
    redeemer: referenceTo('partner'),
    burn: referenceTo('transfer', 'burn-1'),
    honoredAt: MORNING,
    isLate: false,
  },
  activity: {
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
  },
  cityWork: {
    city: 'Berkeley',
    people: 1200,
    pieces: 3400,
    contributors: [PARTICIPANT],
    location: referenceTo('location'),
    image: { uri: 'https://berkeley.example/creek.jpg' },
    beganAt: MORNING - 1,
    createdAt: MORNING,
  },
  project: {
    city: 'Berkeley',
    description: 'What residents do for their creeks – ¡ven! 🦆',
    story: ['# How it began', 'With a creek and three bags.'],
    location: referenceTo('location'),
    avatar: { uri: 'https://berkeley.example/avatar.png' },
    banner: { uri: 'https://berkeley.example/creek.jpg' },
    work: referenceTo('cityWork', 'city'),
    createdAt: MORNING,
  },
  profile: {
    city: 'Berkeley',
    description: 'What residents do for their creeks – ¡ven! 🦆',
    website: 'https://berkeley.example',
    avatar: { uri: 'https://berkeley.example/avatar.png' },
    banner: { uri: 'https://berkeley.example/creek.jpg' },
    createdAt: MORNING,
  },
  organization: {
    types: ['nonprofit'],
    links: [{ label: 'Handbook', url: 'https://berkeley.example/handbook' }],
    location: referenceTo('location'),
    story: ['With a creek and three bags.'],
    createdAt: MORNING,
  },
};

const exampleOf = <K extends Kind>(kind: K): [K, Values[K]] => [
  kind,
  KINDS[kind].build(FACTS[kind]),
];

/** One record of each kind, built from the facts. */
export const EXAMPLES = Object.fromEntries(KIND_NAMES.map(exampleOf)) as Values;
