// A small city's repository written by hand, in the shapes that its clients look for.
import { type ClientRecord, type Fields, type Kind, NAMES, recordOf } from './read.ts';

export const TOWN = 'did:plc:townsquare2345abcdefghij';
export const STRANGER = 'did:plc:stranger2345abcdefghijkl';
const CID = 'bafyreidfayvfuwqa7qlnopdjiqrxzs6blmoeu4rujcjtnci5beludirz2a';
export const PHOTO = 'bafkreibme22gw2h7y2h7tg2fhqotaqjucnbc24deqo72b6mkl2egezxhvy';
const NOON = '2026-10-03T12:00:00.000Z';

export const addressOf = (kind: Kind, rkey: string, did = TOWN): string =>
  `at://${did}/${NAMES[kind]}/${rkey}`;
export const refTo = (kind: Kind, rkey: string) => ({ uri: addressOf(kind, rkey), cid: CID });

export const record = (kind: Kind, rkey: string, value: Fields, did = TOWN): ClientRecord =>
  recordOf({
    uri: addressOf(kind, rkey, did),
    cid: CID,
    value: { $type: NAMES[kind], createdAt: NOON, ...value },
  });

/** A claim of the city's own kind: no client knows it. */
export const CLAIM = { uri: `at://${TOWN}/org.city-sync.civic.claim/3aaaaaaaaaa2a`, cid: CID };

export const blob = { $type: 'blob', ref: { $link: PHOTO }, mimeType: 'image/jpeg', size: 7 };

const story = (...paragraphs: readonly string[]) => ({
  $type: 'pub.leaflet.pages.linearDocument',
  blocks: paragraphs.map((plaintext) => ({
    block: { $type: 'pub.leaflet.blocks.text', plaintext },
  })),
});

export const words = (value: string) => ({
  $type: 'org.hypercerts.defs#descriptionString',
  value,
});

export const work = (rkey: string, title: string, more: Fields = {}) =>
  record('activity', rkey, {
    title,
    shortDescription: `${title}, done by residents.`,
    workScope: { $type: 'org.hypercerts.claim.activity#workScopeString', scope: 'civic work' },
    contributors: [{ contributorIdentity: { identity: 'p-0123456789ab' } }],
    startDate: NOON,
    locations: [refTo('location', '3creek')],
    ...more,
  });

export const evidence = (rkey: string, subjects: readonly unknown[], more: Fields = {}) =>
  record('attachment', rkey, {
    title: 'Evidence: Creek',
    contentType: 'evidence',
    subjects,
    content: [{ $type: 'org.hypercerts.defs#smallBlob', blob }],
    description: words('Three bags.'),
    ...more,
  });

export const update = (rkey: string, title: string, more: Fields = {}) =>
  record('attachment', rkey, {
    title,
    contentType: 'update',
    subjects: [refTo('project', '3town')],
    description: story('The first month is over.'),
    ...more,
  });

export const evaluation = (rkey: string, subject: unknown, more: Fields = {}) =>
  record('evaluation', rkey, {
    evaluators: [{ did: TOWN }],
    subject,
    summary: '3 reviewed: 2 approved, 1 not approved; 40 CITY issued; reviewed by p-0123456789ab.',
    score: { min: '0', max: '3', value: '2' },
    ...more,
  });

/** A place with its coordinates. */
export const CREEK = record('location', '3creek', {
  lpVersion: '1.0',
  srs: 'http://www.opengis.net/def/crs/OGC/1.3/CRS84',
  locationType: 'coordinate-decimal',
  location: { $type: 'app.certified.location#string', string: '37.882,-122.2775' },
  name: 'Codornices Creek',
});

export const PROFILE = record('profile', 'self', {
  displayName: 'Berkeley',
  description: 'Residents step up.',
  website: 'https://city.example',
  avatar: { $type: 'org.hypercerts.defs#uri', uri: 'https://city.example/tree.png' },
});

export const ORGANIZATION = record('organization', 'self', {
  organizationType: ['government'],
  urls: [{ url: 'https://city.example', label: 'Site' }],
  location: refTo('location', '3creek'),
  longDescription: story('A city.'),
  visibility: 'public',
});

export const PROJECT_FIELDS = {
  type: 'project',
  title: 'Civic work in Berkeley',
  shortDescription: 'What residents did.',
  description: story('Why we do it.', 'How it works.'),
  location: refTo('location', '3creek'),
  items: [{ itemIdentifier: refTo('activity', 'city') }],
} as const satisfies Fields;

export const PROJECT = record('project', '3town', PROJECT_FIELDS);

/** All the work in the city, and the work of one task beside it. */
export const CITY_WORK = work('city', 'Civic work in Berkeley');
export const CREEK_WORK = work('3task', 'Creek clean-up');

/** The whole of it: two pieces of evidence, what came of them, a month, an update. */
export const REPOSITORY: readonly ClientRecord[] = [
  PROFILE,
  ORGANIZATION,
  CREEK,
  CITY_WORK,
  CREEK_WORK,
  PROJECT,
  evidence('3evidence1', [refTo('activity', '3task'), CLAIM]),
  evidence('3evidence2', [refTo('activity', '3task'), CLAIM]),
  update('3update', 'October'),
  evaluation('3task', refTo('activity', '3task')),
  evaluation('3month', refTo('project', '3town')),
];
