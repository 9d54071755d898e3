import { describe, expect, it } from 'vitest';
import { seeInBumicerts } from './bumicerts.ts';
import { NAMES, recordOf } from './read.ts';
import {
  addressOf,
  blob,
  CITY_WORK,
  CLAIM,
  CREEK,
  CREEK_WORK,
  evaluation,
  evidence,
  ORGANIZATION,
  PHOTO,
  PROFILE,
  PROJECT,
  PROJECT_FIELDS,
  REPOSITORY,
  record,
  refTo,
  STRANGER,
  words,
  work,
} from './town.ts';

const task = addressOf('activity', '3task');
const project = addressOf('project', '3town');
const creek = { name: 'Codornices Creek', point: { latitude: 37.882, longitude: -122.2775 } };

/** The page of one task whose only attachment is this. */
const pageWith = (attachment: Parameters<typeof evidence>) =>
  seeInBumicerts([CREEK_WORK, evidence(...attachment)]);

describe('Bumicerts', () => {
  it('shows a whole city: who it is, its project, its finished work, and nothing twice', () => {
    const seen = seeInBumicerts(REPOSITORY);
    expect(seen.profile).toEqual({
      name: 'Berkeley',
      description: 'Residents step up.',
      website: 'https://city.example',
      picture: 'https://city.example/tree.png',
    });
    expect(seen.organization).toEqual({
      kinds: ['government'],
      links: [{ url: 'https://city.example', label: 'Site' }],
      place: creek,
      isListed: true,
      story: 'A city.',
    });
    expect(seen.projects).toMatchObject([
      {
        uri: project,
        title: 'Civic work in Berkeley',
        story: 'Why we do it.\nHow it works.',
        places: [creek],
        tags: ['civic work'],
        contributors: 1,
        entries: [{ title: 'October', contentType: 'update', words: 'The first month is over.' }],
        reviews: [{ uri: addressOf('evaluation', '3month') }],
      },
    ]);
    expect(seen.cards).toMatchObject([
      {
        uri: task,
        title: 'Creek clean-up',
        story: undefined,
        entries: [
          { words: 'Three bags.', photos: [PHOTO], contentType: 'evidence' },
          { words: 'Three bags.', photos: [PHOTO], contentType: 'evidence' },
        ],
        reviews: [{ score: 2 / 3 }],
      },
    ]);
    expect([seen.vanished, seen.orphans, seen.duplicates]).toEqual([[], [], []]);
  });

  it('finds evidence by its first subject alone', () => {
    expect(pageWith(['3a', [refTo('activity', '3task'), CLAIM]]).cards[0]?.entries).toHaveLength(1);
    const turned = pageWith(['3a', [CLAIM, refTo('activity', '3task')]]);
    expect(turned.cards[0]?.entries).toEqual([]);
    expect(turned.orphans).toEqual([addressOf('attachment', '3a')]);
  });

  it('compares addresses, not versions', () => {
    const older = { ...refTo('activity', '3task'), cid: PHOTO };
    expect(pageWith(['3a', [older]]).cards[0]?.entries).toHaveLength(1);
  });

  it('shows nobody else’s evidence on a page', () => {
    const theirs = record('attachment', '3a', { subjects: [refTo('activity', '3task')] }, STRANGER);
    expect(seeInBumicerts([CREEK_WORK, theirs]).cards[0]?.entries).toEqual([]);
  });

  it('opens an address of the web, not one of the network', () => {
    const post = `at://${STRANGER}/app.bsky.feed.post/3a`;
    const page = `https://bsky.app/profile/${STRANGER}/post/3a`;
    const content = [post, page].map((uri) => ({ $type: 'org.hypercerts.defs#uri', uri }));
    const description = { $type: 'com.atproto.repo.strongRef', uri: post, cid: PHOTO };
    const seen = pageWith(['3a', [refTo('activity', '3task')], { content, description }]);
    expect(seen.cards[0]?.entries).toMatchObject([{ links: [page], words: '', photos: [] }]);
  });

  it('has a project page for the type “project” alone', () => {
    const program = record('project', '3town', { ...PROJECT_FIELDS, type: 'program' });
    const seen = seeInBumicerts([CITY_WORK, program]);
    expect(seen.projects).toEqual([]);
    expect(seen.cards).toHaveLength(1);
  });

  it('has no project page without its first item', () => {
    expect(seeInBumicerts([PROJECT, CREEK_WORK]).projects).toEqual([]);
    const empty = record('project', '3town', { ...PROJECT_FIELDS, items: [] });
    expect(seeInBumicerts([empty, CITY_WORK]).projects).toEqual([]);
  });

  it('hides the page of every further item, with the evidence on it', () => {
    const items = ['city', '3task'].map((rkey) => ({ itemIdentifier: refTo('activity', rkey) }));
    const seen = seeInBumicerts([
      CITY_WORK,
      CREEK_WORK,
      record('project', '3town', { ...PROJECT_FIELDS, items }),
      evidence('3a', [refTo('activity', '3task')]),
    ]);
    expect(seen.cards).toEqual([]);
    expect(seen.vanished).toEqual([task]);
    expect(seen.orphans).toEqual([addressOf('attachment', '3a')]);
  });

  it('takes title, picture, dates and places from the first item, the story from the project', () => {
    const image = { $type: 'org.hypercerts.defs#smallImage', image: blob };
    const item = work('city', 'All the work', { image, endDate: '2026-11-01T00:00:00.000Z' });
    const named = record('project', '3town', { ...PROJECT_FIELDS, description: words('Plain.') });
    expect(seeInBumicerts([item, named, CREEK]).projects).toMatchObject([
      {
        title: 'All the work',
        picture: PHOTO,
        endDate: '2026-11-01T00:00:00.000Z',
        places: [creek],
        story: 'Plain.',
      },
    ]);
  });

  it('knows a picture by address or in its envelope, not a bare blob', () => {
    const pictureWith = (avatar: unknown) =>
      seeInBumicerts([record('profile', 'self', { avatar })]).profile?.picture;
    expect(pictureWith({ $type: 'org.hypercerts.defs#smallImage', image: blob })).toBe(PHOTO);
    expect(pictureWith({ $type: 'org.hypercerts.defs#uri', uri: 'https://a.example/b.png' })).toBe(
      'https://a.example/b.png',
    );
    expect(pictureWith(blob)).toBeUndefined();
    expect(pictureWith('https://a.example/b.png')).toBeUndefined();
  });

  it('shows no account without a profile, nor with one at another key', () => {
    expect(seeInBumicerts([ORGANIZATION]).profile).toBeUndefined();
    expect(seeInBumicerts([record('profile', '3other', PROFILE.value)]).profile).toBeUndefined();
  });

  it.each([
    ['37.882,-122.2775', 'coordinate-decimal', creek.point],
    ['37.882, -122.2775', 'coordinate-decimal', creek.point],
    ['-122.2775,37.882', 'coordinate-decimal', undefined],
    ['37.882', 'coordinate-decimal', undefined],
    ['by the creek', 'coordinate-decimal', undefined],
    ['37.882,-122.2775', 'address', undefined],
    ['37.882,-122.2775', 'geojson', undefined],
  ])('puts %s as %s on the map or not', (string, locationType, point) => {
    const location = { $type: 'app.certified.location#string', string };
    const place = record('location', '3creek', { ...CREEK.value, locationType, location });
    expect(seeInBumicerts([CREEK_WORK, place]).cards[0]?.places).toEqual([
      { name: 'Codornices Creek', point },
    ]);
  });

  it('splits the work scope into tags and drops one that is too long', () => {
    const scope = `civic work; creek, parks;${'é'.repeat(101)};${'é'.repeat(100)}`;
    const tagged = work('3task', 'Creek', { workScope: { scope } });
    expect(seeInBumicerts([tagged]).cards[0]?.tags).toEqual([
      'civic work',
      'creek',
      'parks',
      'é'.repeat(100),
    ]);
  });

  it('shows a review of the activity or of the project, but not of a piece of evidence', () => {
    const seen = seeInBumicerts([
      CITY_WORK,
      PROJECT,
      evaluation('3a', refTo('activity', 'city')),
      evaluation('3b', refTo('project', '3town')),
      evaluation('3c', refTo('attachment', '3evidence')),
    ]);
    expect(seen.projects[0]?.reviews).toHaveLength(2);
    expect(seen.orphans).toEqual([addressOf('evaluation', '3c')]);
  });

  it('shows no review without words, and no score on a scale without length', () => {
    const about = refTo('activity', '3task');
    const nothing = { min: '0', max: '0', value: '0' };
    const seen = seeInBumicerts([
      CREEK_WORK,
      evaluation('3a', about, { summary: ' ' }),
      evaluation('3b', about, { score: nothing }),
      evaluation('3c', about, { score: undefined }),
    ]);
    expect(seen.cards[0]?.reviews.map(({ score }) => score)).toEqual([undefined, undefined]);
  });

  it('stops after 4,000 evaluations of the whole network', () => {
    const own = evaluation('3task', refTo('activity', '3task'));
    const strange = Array.from({ length: 4000 }, (_, at) =>
      record('evaluation', `3s${at}`, own.value, STRANGER),
    ).map((one) => ({ ...one, value: { ...one.value, subject: refTo('activity', '3other') } }));
    const reviewsAfter = (count: number) =>
      seeInBumicerts([CREEK_WORK, own], [...strange.slice(0, count), own]).cards[0]?.reviews;
    expect(reviewsAfter(3999)).toHaveLength(1);
    expect(reviewsAfter(4000)).toEqual([]);
  });

  it('names what a page shows twice', () => {
    const twice = evidence('3a', [refTo('activity', 'city')]);
    const second = record('project', '3second', PROJECT_FIELDS);
    const seen = seeInBumicerts([CITY_WORK, PROJECT, second, twice]);
    expect(seen.duplicates).toEqual([addressOf('attachment', '3a')]);
  });

  it('takes no notice of a city’s own records', () => {
    const review = recordOf({
      uri: CLAIM.uri.replace('claim', 'review'),
      cid: CLAIM.cid,
      value: { evidence: refTo('attachment', '3evidence1'), decision: 'approved' },
    });
    expect(review.collection).not.toBe(NAMES.evaluation);
    expect(seeInBumicerts([...REPOSITORY, review])).toEqual(seeInBumicerts(REPOSITORY));
  });
});
