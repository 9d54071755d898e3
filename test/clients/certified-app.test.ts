import { describe, expect, it } from 'vitest';
import { seeInCertifiedApp } from './certified-app.ts';
import {
  addressOf,
  blob,
  CITY_WORK,
  CLAIM,
  CREEK_WORK,
  evaluation,
  evidence,
  PHOTO,
  PROJECT,
  PROJECT_FIELDS,
  REPOSITORY,
  record,
  refTo,
  update,
  words,
} from './town.ts';

const creek = { name: 'Codornices Creek', point: { latitude: 37.882, longitude: -122.2775 } };
const evidenceKeys = (count: number) =>
  Array.from({ length: count }, (_, at) => `3e${String(at).padStart(4, '0')}`);

describe('certified-app', () => {
  it('shows a whole city: profile, project with story, place and update, and its work', () => {
    const seen = seeInCertifiedApp(REPOSITORY);
    expect(seen.profile).toMatchObject({ name: 'Berkeley', website: 'https://city.example' });
    expect(seen.isOrganization).toBe(true);
    expect(seen.projects).toMatchObject([
      {
        title: 'Civic work in Berkeley',
        summary: 'What residents did.',
        story: 'Why we do it.\nHow it works.',
        places: [creek],
        activities: [addressOf('activity', 'city')],
        missing: [],
        updates: [{ title: 'October', words: 'The first month is over.', pictures: [] }],
        evaluations: [addressOf('evaluation', '3month')],
      },
    ]);
    expect(seen.activities).toMatchObject([
      {
        title: 'Creek clean-up',
        tags: 'civic work',
        contributors: ['p-0123456789ab'],
        places: [creek],
        attachments: [addressOf('attachment', '3evidence1'), addressOf('attachment', '3evidence2')],
        evaluations: [addressOf('evaluation', '3task')],
      },
      { title: 'Civic work in Berkeley' },
    ]);
    expect(seen.unread).toEqual([]);
  });

  it('finds what is about an activity by any of its subjects', () => {
    const turned = evidence('3a', [CLAIM, refTo('activity', '3task')]);
    expect(seeInCertifiedApp([CREEK_WORK, turned]).activities[0]?.attachments).toHaveLength(1);
  });

  it('has a project page for the type “project” alone', () => {
    const program = record('project', '3town', { ...PROJECT_FIELDS, type: 'program' });
    expect(seeInCertifiedApp([CITY_WORK, program]).projects).toEqual([]);
  });

  it('shows all items that are there, and says which are not', () => {
    const items = ['city', '3task', '3gone'].map((rkey) => ({
      itemIdentifier: refTo('activity', rkey),
    }));
    const several = record('project', '3town', { ...PROJECT_FIELDS, items });
    expect(seeInCertifiedApp([several, CITY_WORK, CREEK_WORK]).projects).toMatchObject([
      {
        activities: [addressOf('activity', 'city'), addressOf('activity', '3task')],
        missing: [addressOf('activity', '3gone')],
      },
    ]);
  });

  it('draws a story of blocks, not a plain text in its envelope', () => {
    const plain = record('project', '3town', { ...PROJECT_FIELDS, description: words('Plain.') });
    expect(seeInCertifiedApp([plain]).projects[0]?.story).toBeUndefined();
  });

  it('takes a project’s picture from its banner, in an envelope or bare', () => {
    const pictureWith = (banner: unknown) =>
      seeInCertifiedApp([record('project', '3town', { ...PROJECT_FIELDS, banner })]).projects[0]
        ?.picture;
    expect(pictureWith({ $type: 'org.hypercerts.defs#largeImage', image: blob })).toBe(PHOTO);
    expect(pictureWith({ $type: 'org.hypercerts.defs#uri', uri: 'https://a.example/b.png' })).toBe(
      'https://a.example/b.png',
    );
    expect(pictureWith(blob)).toBe(PHOTO);
    expect(seeInCertifiedApp([PROJECT]).projects[0]?.picture).toBeUndefined();
  });

  it('shows the pictures of an update, newest update first', () => {
    const content = [{ $type: 'org.hypercerts.defs#smallBlob', blob }];
    const seen = seeInCertifiedApp([
      PROJECT,
      update('3a', 'October', { content, createdAt: '2026-11-01T00:00:00.000Z' }),
      update('3b', 'November', { createdAt: '2026-12-01T00:00:00.000Z' }),
    ]);
    expect(seen.projects[0]?.updates).toMatchObject([
      { title: 'November', pictures: [] },
      { title: 'October', pictures: [PHOTO] },
    ]);
  });

  it('reads the 50 attachments with the lowest keys, so evidence pushes later updates out', () => {
    const evidenceOf = (count: number) =>
      evidenceKeys(count).map((key) => evidence(key, [refTo('activity', '3task')]));
    const updatesAfter = (count: number, rkey: string) =>
      seeInCertifiedApp([PROJECT, ...evidenceOf(count), update(rkey, 'October')]).projects[0]
        ?.updates;
    expect(updatesAfter(49, '3z')).toHaveLength(1);
    expect(updatesAfter(50, '3z')).toEqual([]);
    expect(updatesAfter(50, '2a')).toHaveLength(1);
    const seen = seeInCertifiedApp([PROJECT, ...evidenceOf(50), update('3z', 'October')]);
    expect(seen.unread).toEqual([addressOf('attachment', '3z')]);
  });

  it('reads the 50 evaluations with the lowest keys', () => {
    const first = evidenceKeys(50).map((key) => evaluation(key, refTo('project', '3old')));
    const seen = seeInCertifiedApp([
      PROJECT,
      ...first,
      evaluation('3z', refTo('project', '3town')),
    ]);
    expect(seen.projects[0]?.evaluations).toEqual([]);
    expect(seen.unread).toEqual([addressOf('evaluation', '3z')]);
  });
});
