// After the loop in both languages, what people see of the sandbox's city in the clients that exist:
// the whole story, every piece of evidence, and nothing twice.
import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { type Clock, DAY_MS, HOUR_MS, systemClock } from '../../src/lib/clock.ts';
import { SEEDED } from '../../src/sandbox/seed.ts';
import { BERKELEY } from '../support/city.ts';
import { fetchRepository } from '../support/repository.ts';
import { openSandbox, type TestSandbox } from '../support/sandbox.ts';
import { seeInBumicerts } from './bumicerts.ts';
import { seeInCertifiedApp } from './certified-app.ts';
import { seeInHyperindex } from './hyperindex.ts';
import { type ClientRecord, list, ofKind, recordOf, urisIn } from './read.ts';
import { readerOf } from './sdk-core.ts';

const PHOTO = new Uint8Array(
  readFileSync(new URL('../../src/sandbox/page/client/photo.jpg', import.meta.url)),
);
const CODE = /\b[0-9A-Z]{4}-[0-9A-Z]{4}\b/;
const WORK = 'Clean up Codornices Creek';

/** As a city fills in `city.json`: who it is, and where the place of the first task is. */
const CITY = {
  ...BERKELEY,
  about: {
    description: 'Residents of Berkeley look after their creeks, parks and neighbors.',
    website: 'https://city-sync.example/',
    links: [{ label: 'How it works', url: 'https://city-sync.example/how' }],
    story: ['# Why', 'A city is what its people do for it.', 'Anybody can join with a phone.'],
    organizationType: ['nonprofit'],
    location: { name: 'Berkeley', coordinates: { latitude: 37.8716, longitude: -122.2727 } },
    avatar: { uri: 'https://city-sync.example/tree.png' },
  },
  places: [
    {
      name: 'Codornices Park, Euclid Ave',
      coordinates: { latitude: 37.8859, longitude: -122.2619 },
    },
  ],
};

/** The third is turned down, and has nothing to redeem. */
const RESIDENTS = [
  {
    channel: 'sms',
    person: '+15105550141',
    says: ['HI', 'OK', 'JOIN 1'],
    done: 'DONE 1 Three bags of leaves',
    decision: 'APPROVE',
    redeem: 'REDEEM 1',
  },
  {
    channel: 'telegram',
    person: '7000142987',
    says: ['HOLA', 'OK', 'UNIRME 1'],
    done: 'LISTO 1 Cinco bolsas llenas',
    decision: 'APPROVE',
    redeem: 'CANJEAR 1',
  },
  {
    channel: 'sms',
    person: '+15105550142',
    says: ['HOLA', 'OK', 'UNIRME 1'],
    done: 'LISTO 1 Una foto de la calle',
    decision: 'REJECT',
    redeem: undefined,
  },
] as const;

/** Longer than any month. */
const MONTH_MS = 32 * DAY_MS;

/** How far ahead (ms) the middle of the next month is: nobody's work is spread over two. */
function toMidMonth(now: number): number {
  const date = new Date(now);
  return Date.UTC(date.getUTCFullYear(), date.getUTCMonth() + 1, 15, 18) - now;
}

let aheadMs = toMidMonth(systemClock.now());
const clock: Clock = {
  now: () => systemClock.now() + aheadMs,
  elapsed: () => systemClock.elapsed() + aheadMs,
};

let sandbox: TestSandbox;
let network: { pds: string; plc: string; did: string };
let records: readonly ClientRecord[];

async function walkTheLoop(resident: (typeof RESIDENTS)[number]): Promise<void> {
  const phone = sandbox.phone(resident.channel, resident.person);
  const organizer = sandbox.phone('sms', SEEDED.organizer);
  for (const text of resident.says) await phone.say(text);
  await phone.say(resident.done, { media: [{ mediaType: 'image/jpeg', bytes: PHOTO }] });
  await phone.say('OK');
  const [review] = await organizer.say('REVIEW');
  const number = /Evidence (\d+)/.exec(review?.text ?? '')?.[1];
  const note = resident.decision === 'REJECT' ? ' this is the street' : '';
  await organizer.say(`${resident.decision} ${number}${note}`);
  if (resident.redeem === undefined) return;
  const code = CODE.exec(await phone.ask(resident.redeem))?.[0];
  const confirmed = await sandbox.phone('sms', SEEDED.redeemer).ask(`CONFIRM ${code}`);
  expect(confirmed).toMatch(/^GIVE IT/);
}

/** A month goes by, and every job has its turn. */
async function letAMonthPass(): Promise<void> {
  aheadMs += MONTH_MS;
  vi.advanceTimersByTime(HOUR_MS);
  await sandbox.idle();
}

beforeAll(async () => {
  vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval'] });
  sandbox = await openSandbox({ city: CITY, clock });
  network = await sandbox.network();
  for (const resident of RESIDENTS) await walkTheLoop(resident);
  await sandbox.phone('sms', SEEDED.organizer).say('CLOSE 1');
  await letAMonthPass();
  records = (await fetchRepository(network)).records.map(recordOf);
});
afterAll(async () => {
  await sandbox.stop();
  vi.useRealTimers();
});

const attachmentsOf = (contentType: string) =>
  ofKind(records, 'attachment').filter(({ value }) => value['contentType'] === contentType);
const urisOf = (found: readonly { readonly uri: string }[]) =>
  found.map(({ uri }) => uri).toSorted();
/** How the evaluation of the task begins. */
const FIGURES =
  /^3 reviewed: 2 approved, 1 not approved; 40 CITY issued; reviewed by p-[0-9a-z]{12}\.\n/;

describe('in Bumicerts, the city', () => {
  const seen = () => seeInBumicerts(records);
  const card = () => seen().cards.find(({ title }) => title === WORK);

  it('has a name, a description, a website and an organization’s facts', () => {
    expect(seen().profile).toMatchObject({
      name: expect.stringContaining('Berkeley'),
      description: CITY.about.description,
      website: CITY.about.website,
      picture: CITY.about.avatar.uri,
    });
    expect(seen().organization).toMatchObject({
      isListed: true,
      kinds: CITY.about.organizationType,
      links: expect.arrayContaining(CITY.about.links),
      place: { name: 'Berkeley', point: CITY.about.location.coordinates },
    });
  });

  it('has one project with a story, its place, and everybody who took part', () => {
    expect(seen().projects).toHaveLength(1);
    const [project] = seen().projects;
    expect(project).toMatchObject({
      title: expect.stringContaining('Berkeley'),
      summary: expect.stringMatching(/\w/),
      story: 'Why\nA city is what its people do for it.\nAnybody can join with a phone.',
      contributors: 2,
      places: [{ name: 'Berkeley', point: CITY.about.location.coordinates }],
    });
  });

  it('has a card for the work, with the place on the map and those who did it', () => {
    expect(seen().cards.filter(({ title }) => title === WORK)).toHaveLength(1);
    expect(card()).toMatchObject({
      contributors: 2,
      tags: ['civic work'],
      places: CITY.places.map(({ name, coordinates }) => ({ name, point: coordinates })),
    });
    expect(new Set(seen().cards.map(({ uri }) => uri)).size).toBe(seen().cards.length);
  });

  it('shows every piece of evidence on the card, with its words and its photo', () => {
    const evidence = attachmentsOf('evidence');
    expect(evidence).toHaveLength(RESIDENTS.length);
    expect(urisOf(card()?.entries ?? [])).toEqual(urisOf(evidence));
    for (const { words, photos } of card()?.entries ?? []) {
      expect(words).toMatch(/bags|bolsas|foto/);
      expect(photos).toHaveLength(1);
    }
  });

  it('shows one review of the work, in words and figures', () => {
    expect(card()?.reviews).toEqual([
      {
        uri: expect.any(String),
        summary: expect.stringMatching(FIGURES),
        score: 2 / 3,
      },
    ]);
  });

  it('shows one review of the month on the project', () => {
    expect(seen().projects[0]?.reviews).toEqual([
      {
        uri: expect.any(String),
        summary: expect.stringMatching(
          /^3 reviewed from \S+Z until \S+Z: 2 approved, 1 not approved; 40 CITY issued; /,
        ),
        score: 2 / 3,
      },
    ]);
  });

  it('shows the updates on the project', () => {
    const updates = attachmentsOf('update');
    expect(updates.length).toBeGreaterThan(0);
    expect(urisOf(seen().projects[0]?.entries ?? [])).toEqual(urisOf(updates));
    expect(seen().projects[0]?.entries.some(({ photos }) => photos.length > 0)).toBe(true);
  });

  it('leaves nothing out and shows nothing twice', () => {
    const { orphans, vanished, duplicates } = seen();
    expect({ orphans, vanished, duplicates }).toEqual({
      orphans: [],
      vanished: [],
      duplicates: [],
    });
  });
});

describe('in certified-app, the city', () => {
  const seen = () => seeInCertifiedApp(records);

  it('is an organization with a project, its story and its place', () => {
    expect(seen().profile).toMatchObject({ name: expect.stringContaining('Berkeley') });
    expect(seen().isOrganization).toBe(true);
    expect(seen().projects).toMatchObject([
      {
        title: expect.stringContaining('Berkeley'),
        story: expect.stringMatching(/\w/),
        places: [{ point: CITY.about.location.coordinates }],
        activities: [expect.stringMatching(/\/city$/)],
        missing: [],
      },
    ]);
  });

  it('shows evidence and the review at the work, updates at the project, and reads them all', () => {
    const work = seen().activities.find(({ title }) => title === WORK);
    expect(work?.attachments.toSorted()).toEqual(urisOf(attachmentsOf('evidence')));
    expect(work?.evaluations).toHaveLength(1);
    expect(work?.contributors).toEqual([
      expect.stringMatching(/^p-[0-9a-z]{12}$/),
      expect.stringMatching(/^p-[0-9a-z]{12}$/),
    ]);
    const updates = seen().projects[0]?.updates ?? [];
    expect(updates.length).toBeGreaterThan(0);
    expect(urisOf(updates)).toEqual(urisOf(attachmentsOf('update')));
    expect(seen().unread).toEqual([]);
  });
});

describe('in an indexer, the city', () => {
  it('is found by itself, and its records spoil nobody’s list', () => {
    const seen = seeInHyperindex(records);
    expect(seen.isDiscovered).toBe(true);
    expect(seen.name).toContain('Berkeley');
    expect(seen.counts).toMatchObject({ profile: 1, organization: 1, project: 1 });
    expect([seen.incomplete, seen.strangeEvaluators]).toEqual([[], []]);
  });

  it('has the evidence and the review of the work by its address', () => {
    const work = ofKind(records, 'activity').find(({ value }) => value['title'] === WORK);
    const seen = seeInHyperindex(records);
    expect(seen.attachmentsWith(work?.uri ?? '')).toHaveLength(RESIDENTS.length);
    expect(seen.evaluationsOf(work?.uri ?? '')).toHaveLength(1);
  });
});

describe('the links of the proof', () => {
  it('go on from the evidence to the claim, after the work', () => {
    for (const { value } of attachmentsOf('evidence')) {
      const [work = '', claim = ''] = urisIn(value['subjects']);
      expect(list(value['subjects'])).toHaveLength(2);
      expect(ofKind(records, 'activity').map(({ uri }) => uri)).toContain(work);
      expect(records.find(({ uri }) => uri === claim)?.value['task']).toBeDefined();
    }
  });

  it('have a decision of the city’s own about each piece of evidence', () => {
    const decided = records
      .filter(({ collection }) => collection === 'org.city-sync.civic.review')
      .flatMap(({ value }) => urisIn([value['evidence']]));
    expect(decided.toSorted()).toEqual(urisOf(attachmentsOf('evidence')));
  });
});

describe('the SDK of Hypercerts', () => {
  it('reads profile, activities and project from the PDS', async () => {
    const reader = readerOf(network);
    expect(await reader.profile()).toMatchObject({
      displayName: expect.stringContaining('Berkeley'),
    });
    const activities = await reader.activities();
    expect(activities.map(({ uri }) => uri).toSorted()).toEqual(
      urisOf(ofKind(records, 'activity')),
    );
    for (const { uri, record } of activities)
      expect((await reader.activity(uri)).record).toEqual(record);
    const [project] = await reader.projects();
    expect(project?.uri).toBe(ofKind(records, 'project')[0]?.uri);
    expect(
      urisIn(list(project?.record['items']).map(({ itemIdentifier }) => itemIdentifier)),
    ).toEqual([expect.stringMatching(/\/city$/)]);
  });
});
