// What the public pages show, for tests: a city with two tasks, two offers and books that agree.
import type { EvidenceReads } from '../../src/web/public/evidence-page.ts';
import type { HomeCity, HomeReads, HomeTask, HomeView } from '../../src/web/public/home.ts';
import { CITY_DID } from './memory-page-data.ts';

export const CITY: HomeCity = {
  name: 'Berkeley',
  operator: 'City/Sync Berkeley pilot',
  contact: 'hello@city-sync.example',
  timeZone: 'America/Los_Angeles',
  did: CITY_DID,
  pds: 'http://localhost:2583',
  ways: { sms: '+15105550199', telegram: 'citysync_berkeley_bot', bluesky: 'berkeley.example' },
};

const TASKS: readonly HomeTask[] = [
  {
    number: 1,
    title: 'Creek clean-up',
    place: 'Codornices Park, 1201 Euclid Ave',
    startsAt: '2026-11-28T18:00:00.000Z',
    endsAt: '2026-11-28T20:00:00.000Z',
    credits: 20,
    slotsFree: 11,
    slots: 12,
    issuer: 'Codornices Creek Friends',
    state: 'open',
    reason: '',
    isAnyTime: 0,
    uri: `at://${CITY_DID}/org.city-sync.civic.task/3lwaaaaaaaa2a`,
  },
  {
    number: 2,
    title: 'Information booth at the farmers’ market',
    place: 'Civic Center Park',
    startsAt: '2026-11-29T19:00:00.000Z',
    credits: 8,
    slotsFree: 0,
    slots: 3,
    issuer: 'Codornices Creek Friends',
    state: 'open',
    reason: '',
    isAnyTime: 0,
  },
  {
    number: 3,
    title: 'Tree planting',
    place: 'Ohlone Park',
    startsAt: '2026-11-14T18:00:00.000Z',
    credits: 15,
    slotsFree: 2,
    slots: 10,
    issuer: 'Codornices Creek Friends',
    state: 'closed',
    reason: '',
    isAnyTime: 0,
  },
];

export function homeReads(changes: Partial<HomeView> = {}): HomeReads {
  const view: HomeView = {
    city: CITY,
    tasks: TASKS.filter(({ state }) => state === 'open'),
    offers: [
      { number: 1, title: 'A coffee', credits: 15, redeemer: 'Northside Café' },
      { number: 2, title: 'A day of bike rental', credits: 60, redeemer: 'Spoke & Wheel' },
    ],
    totals: { issued: 1240, held: 610, redeemed: 585, expired: 45, adjusted: 0 },
    ...changes,
  };
  return {
    city: () => view.city,
    view: () => view,
    task: (number) => [...view.tasks, ...TASKS].find((task) => task.number === number),
  };
}

export const PHOTO_CID = 'bafkreihdwdcefgh4dqkjv67uzcmw7ojee6xedzdetojuzjevtenxquvyku';

/** One piece of evidence: a photo, words that look like markup, and a post of the person's own. */
export const evidenceReads = (photo: Uint8Array<ArrayBuffer>): EvidenceReads => ({
  evidence: (number) =>
    number === 31
      ? {
          number,
          task: { number: 1, title: 'Creek clean-up' },
          participant: 'p-abcdefghijkl',
          text: 'All <b>swept</b>',
          pictures: 1,
          posts: [
            'at://did:plc:anaabcdefghijklmnopqrst/app.bsky.feed.post/3kreplyaaaaaa',
            'at://x',
          ],
          state: 'pending',
          submittedAt: '2026-11-28T20:00:00.000Z',
          uri: `at://${CITY_DID}/org.hypercerts.context.attachment/3lwaaaaaaaa3a`,
        }
      : undefined,
  picture: (number, index) =>
    number === 31 && index === 1 ? { cid: PHOTO_CID, bytes: async () => photo } : undefined,
});
