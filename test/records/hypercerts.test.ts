// Everything that we write in the words of Hypercerts and Certified is valid by the validators that
// two versions of @hypercerts-org/lexicon ship, whatever people wrote.
//
// Between them, what concerns our kinds has only grown: 1.0 lets a work scope be ten times as long,
// 1.1 adds signatures, 1.3 blocks to documents, 1.3.1 the country code to the kinds of location, and
// 1.4.0 tags and features to collections. None of these are written, so what is valid by both ends is
// valid by every version between.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { evaluateWorkJob } from '../../src/jobs/evaluate-work.ts';
import { recordCityWorkJob } from '../../src/jobs/record-city-work.ts';
import { recordWorkJob } from '../../src/jobs/record-work.ts';
import { encodeRecord } from '../../src/records/encode.ts';
import { CONTRIBUTORS_MAX } from '../../src/records/kinds/activity.ts';
import { REVIEWERS_NAMED_MAX } from '../../src/records/kinds/evaluation.ts';
import { COLLECTIONS, KINDS, type Kind, type Values } from '../../src/records/kinds/index.ts';
import { UPDATE_PICTURES_MAX } from '../../src/records/kinds/update.ts';
import { recordUri } from '../../src/records/strong-ref.ts';
import { publishCity } from '../../src/services/city/publish-city.ts';
import { publishPresence } from '../../src/services/city/publish-presence.ts';
import { announceTask } from '../../src/services/tasks/announce-task.ts';
import { closeTask } from '../../src/services/tasks/close-task.ts';
import { expectOk, withCity } from '../support/city.ts';
import { faultOf, isTheirs } from '../support/hypercerts.ts';
import { CID, DID, EXAMPLES, KEY, KIND_NAMES, referenceTo } from '../support/record-facts.ts';
import { runs } from '../support/runs.ts';
import { decide, sendWork } from '../support/work.ts';

const kinds = KIND_NAMES.filter((kind) => isTheirs(COLLECTIONS[kind]));

/** Held to our lexicons by encoding it, then to theirs. */
function expectValid<K extends Kind>(kind: K, record: Values[K]): void {
  const { json } = encodeRecord(KINDS[kind], record);
  expect(faultOf(COLLECTIONS[kind], JSON.parse(json))).toBeUndefined();
}

/** Any text at all: of letters, of emoji, of letters with thousands of accents. */
const words = fc.oneof(
  fc.string({ unit: 'grapheme', maxLength: 40 }),
  fc.string({ unit: 'binary', maxLength: 40 }),
  fc
    .tuple(
      fc.constantFrom('a', '🦆', '👩‍👩‍👧‍👦', 'ñ', `e${'\u0301'.repeat(500)}`, ' '),
      fc.nat(40_000),
    )
    .map(([unit, times]) => unit.repeat(Math.min(times, Math.ceil(400_000 / unit.length)))),
);
const time = fc.integer({ min: 0, max: Date.UTC(9999, 11, 31) });
const participantId = fc
  .array(fc.constantFrom(...'0123456789abcdefghjkmnpqrstvwxyz'), { minLength: 12, maxLength: 12 })
  .map((letters) => `p-${letters.join('')}`);
const picture = fc.record({
  cid: fc.constant('bafkreibme22gw2h7y2h7tg2fhqotaqjucnbc24deqo72b6mkl2egezxhvy'),
  mediaType: fc.constantFrom('image/jpeg', 'image/png', 'image/webp'),
  sizeBytes: fc.integer({ min: 1, max: 1_000_000 }),
});
/** The pictures that a city shows of itself: at an address, uploaded, or none. */
const shown = fc.option(fc.oneof(picture, fc.constant({ uri: 'https://city.example/a.png' })), {
  nil: undefined,
});
const story = fc.array(words, { maxLength: 4 });
const where = fc.option(fc.constant(referenceTo('location')), { nil: undefined });
const post = {
  uri: recordUri('did:plc:anaanaana2345abcdefghijk', 'app.bsky.feed.post', KEY),
  cid: CID,
};

describe('the Hypercerts validators', () => {
  it('are asked about all that is not ours', () => {
    expect([...new Set(kinds.map((kind) => COLLECTIONS[kind]))].toSorted()).toEqual([
      'app.certified.actor.organization',
      'app.certified.actor.profile',
      'app.certified.location',
      'org.hypercerts.claim.activity',
      'org.hypercerts.collection',
      'org.hypercerts.context.attachment',
      'org.hypercerts.context.evaluation',
    ]);
  });

  it.each(kinds)('accept an example of %s', (kind) => {
    expectValid(kind, EXAMPLES[kind]);
  });

  it('see what is wrong', () => {
    const { title: _, ...untitled } = EXAMPLES.evidence;
    expect(faultOf(COLLECTIONS.evidence, untitled)).toMatch(/title/);
    const location = { ...EXAMPLES.location, srs: 'nowhere' };
    expect(faultOf(COLLECTIONS.location, location)).toMatch(/srs/);
    const picture = { ...EXAMPLES.profile, avatar: 'https://city.example/tree.png' };
    expect(faultOf(COLLECTIONS.profile, picture)).toMatch(/avatar/);
    const story = { ...EXAMPLES.project, description: 'A plain text.' };
    expect(faultOf(COLLECTIONS.project, story)).toMatch(/description/);
  });

  it('see what only the older version refuses', () => {
    const workScope = {
      $type: 'org.hypercerts.claim.activity#workScopeString',
      scope: 'w'.repeat(101),
    };
    expect(faultOf(COLLECTIONS.activity, { ...EXAMPLES.activity, workScope })).toMatch(
      /^0\.13\.0: /,
    );
  });

  it('accept any evidence, with pictures, with words, with neither and with a post', () => {
    const facts = fc.record({
      taskTitle: words,
      text: words,
      pictures: fc.array(picture, { maxLength: 10 }),
      submittedAt: time,
      post: fc.option(fc.constant(post), { nil: undefined }),
    });
    fc.assert(
      fc.property(facts, ({ post: elsewhere, ...evidence }) =>
        expectValid(
          'evidence',
          KINDS.evidence.build({
            ...evidence,
            work: referenceTo('activity'),
            claim: referenceTo('claim'),
            ...(elsewhere === undefined ? {} : { post: elsewhere }),
          }),
        ),
      ),
      { numRuns: runs(15, 60) },
    );
  });

  it('accept any evaluation', () => {
    const facts = fc.record({
      about: words,
      period: fc.option(fc.record({ from: time, until: time }), { nil: undefined }),
      approved: fc.nat(),
      rejected: fc.nat(),
      issued: fc.nat(),
      reviewers: fc.array(participantId, { maxLength: REVIEWERS_NAMED_MAX }),
      reviewersCount: fc.nat(),
      at: time,
    });
    fc.assert(
      fc.property(facts, ({ period, ...evaluation }) =>
        expectValid(
          'evaluation',
          KINDS.evaluation.build({
            ...evaluation,
            ...(period === undefined ? {} : { period }),
            ...{ subject: referenceTo('activity'), cityDid: DID, creditKind: 'CITY' },
          }),
        ),
      ),
      { numRuns: runs(15, 60) },
    );
  });

  it('accept a city that tells anything about itself', () => {
    const facts = fc.record({
      city: words,
      description: words,
      website: fc.option(fc.constant('https://city.example'), { nil: undefined }),
      avatar: shown,
      banner: shown,
      story,
      types: fc.array(words, { maxLength: 12 }),
      links: fc.array(fc.record({ label: words, url: fc.constant('https://city.example/a') })),
      location: where,
      createdAt: time,
    });
    fc.assert(
      fc.property(facts, (city) => {
        expectValid('profile', KINDS.profile.build(city));
        expectValid('organization', KINDS.organization.build(city));
        const work = referenceTo('cityWork', 'city');
        expectValid('project', KINDS.project.build({ ...city, work }));
      }),
      { numRuns: runs(15, 60) },
    );
  });

  it('accept all the work in a city, done by any number of people', () => {
    const facts = fc.record({
      city: words,
      people: fc.nat(),
      pieces: fc.nat(),
      contributors: fc.array(participantId, { minLength: 1, maxLength: 20 }),
      repeated: fc.constantFrom(1, CONTRIBUTORS_MAX),
      location: where,
      image: shown,
      beganAt: time,
      createdAt: time,
    });
    fc.assert(
      fc.property(facts, ({ repeated, contributors, ...work }) => {
        const everybody = Array.from({ length: repeated }, () => contributors).flat();
        expectValid('cityWork', KINDS.cityWork.build({ ...work, contributors: everybody }));
      }),
      { numRuns: runs(15, 60) },
    );
  });

  it('accept any place, on the map and in words', () => {
    const degrees = (max: number) => fc.double({ min: -max, max, noNaN: true });
    const coordinates = fc.option(fc.record({ latitude: degrees(90), longitude: degrees(180) }), {
      nil: undefined,
    });
    fc.assert(
      fc.property(fc.record({ name: words, coordinates, createdAt: time }), (place) =>
        expectValid('location', KINDS.location.build(place)),
      ),
      { numRuns: runs(15, 60) },
    );
  });

  it('accept any update', () => {
    const facts = fc.record({
      title: words,
      short: words,
      text: words,
      pictures: fc.array(picture, { maxLength: UPDATE_PICTURES_MAX }),
      at: time,
    });
    fc.assert(
      fc.property(facts, (update) =>
        expectValid('update', KINDS.update.build({ ...update, project: referenceTo('project') })),
      ),
      { numRuns: runs(15, 60) },
    );
  });

  it('accept any work, done by up to a thousand people', () => {
    const facts = fc.record({
      title: words,
      number: fc.integer({ min: 1 }),
      city: words,
      issuer: words,
      place: words,
      startsAt: time,
      endsAt: fc.option(time),
      part: fc.integer({ min: 1, max: 100 }),
      contributors: fc.array(participantId, { maxLength: 20 }),
      repeated: fc.constantFrom(1, CONTRIBUTORS_MAX),
      createdAt: time,
    });
    fc.assert(
      fc.property(facts, ({ repeated, contributors, ...work }) => {
        const everybody = Array.from({ length: repeated }, () => contributors).flat();
        const record = KINDS.activity.build({
          ...work,
          contributors: everybody.slice(0, CONTRIBUTORS_MAX),
          location: referenceTo('location'),
        });
        expectValid('activity', record);
      }),
      { numRuns: runs(15, 60) },
    );
  });

  it('accept what the use cases write, at the limits of what people may say', () =>
    withCity((city) => {
      const longest = '👩‍👩‍👧‍👦'.repeat(80 / '👩‍👩‍👧‍👦'.length);
      city.run((context) => {
        publishCity(context);
        publishPresence(context);
      });
      const taskId = city.run(
        (context) =>
          expectOk(
            announceTask(context, city.organizer.id, {
              title: longest,
              place: `${longest}${'é'.repeat(80 - longest.length)}`,
              credits: 1,
              slots: 3,
              startsAt: context.now + 1,
              endsAt: null,
            }),
          ).task.id,
      );
      for (const [at, approved] of [true, false, true].entries()) {
        const person = city.join(`+1510555020${at}`);
        expectOk(decide(city, sendWork(city, person, taskId), approved));
      }
      expectOk(city.run((context) => closeTask(context, city.organizer.id, taskId)));
      for (const job of [recordWorkJob, evaluateWorkJob, recordCityWorkJob]) city.run(job.run);
      const written = city.store.read.records
        .after(0, 1000)
        .filter(({ collection }) => isTheirs(collection));
      expect(new Set(written.map(({ collection }) => collection))).toEqual(
        new Set(kinds.map((kind) => COLLECTIONS[kind])),
      );
      for (const { collection, value } of written) {
        expect(faultOf(collection, JSON.parse(value)), collection).toBeUndefined();
      }
    }));
});
