// Who a city says it is, its project and all the work in it: what the audit proves of them, and each
// way in which they could be untrue.
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { Report } from '../../src/audit/report.ts';
import { brokenIn, openPaperAudit, type PaperAudit } from '../support/paper-audit.ts';
import {
  type FoundedCity,
  foundPaperCity,
  participantOf,
  type Ref,
} from '../support/paper-city.ts';

let audit: PaperAudit;
let city: FoundedCity;

beforeAll(async () => {
  audit = await openPaperAudit();
});
afterAll(() => audit.close());
beforeEach(async () => {
  city = await foundPaperCity();
});

const look = (): Promise<Report> => audit.city(city);

const broken = async (): Promise<readonly string[]> => brokenIn(await look());
const only = (code: string, at: Ref): readonly string[] => [`${code} ${at.uri}`];

describe('a city that says who it is', () => {
  it('is green, with a contact where everybody looks for one', async () => {
    const [one, two] = [city.earn(1), city.earn(2)];
    const work = city.writeCityWork([two.participant, one.participant]);
    city.addProject([work], { shortDescription: 'All of it.' });
    city.writeProfile({
      description: 'Call 510 555 0199 or write to hello@paperville.example.',
      website: 'https://paperville.example/15105550199',
    });
    city.writeOrganization({
      visibility: 'public',
      urls: [{ url: 'https://t.me/paperville_city', label: 'Telegram' }],
    });
    const report = await look();
    expect(brokenIn(report)).toEqual([]);
    expect(report.records).toMatchObject({
      activity: 1,
      collection: 1,
      profile: 1,
      organization: 1,
    });
  });

  it('may bring each of them up to date without a word', async () => {
    const work = city.writeCityWork([]);
    city.addProject([work]);
    city.edit(work, { contributors: [], title: 'Civic work' });
    expect(await broken()).toEqual([]);
  });

  it.each(['displayName', 'pronouns'])('tells no number in its %s', async (property) => {
    const profile = city.writeProfile({ [property]: '510 555 0199' });
    expect(await broken()).toEqual(only('personal-data', profile));
  });

  it('tells no number in the story of its organization or its project', async () => {
    const value = 'Call 510 555 0199.';
    const story = { $type: 'org.hypercerts.defs#descriptionString', value };
    const organization = city.writeOrganization({ longDescription: story });
    const project = city.addProject([city.writeCityWork([])], { description: story });
    expect((await broken()).toSorted()).toEqual(
      [...only('personal-data', organization), ...only('personal-data', project)].toSorted(),
    );
  });

  it('refers to a place that is there', async () => {
    const uri = `at://${city.did}/app.certified.location/3l5abcdefgh2k`;
    const organization = city.writeOrganization({ location: { uri, cid: city.task.cid } });
    expect(await broken()).toEqual(only('ref-missing', organization));
  });
});

describe('all the work in a city', () => {
  it('names those alone whose work was approved', async () => {
    const { participant } = city.earn(1);
    city.addClaim(city.task, participantOf(2));
    const work = city.writeCityWork([participant, participantOf(2)]);
    const report = await look();
    expect(brokenIn(report)).toEqual(only('activity-contributor', work));
    expect(report.first?.sentence).toContain(participantOf(2));
  });

  it('names nobody twice', async () => {
    const { participant } = city.earn(1);
    const work = city.writeCityWork([participant, participant]);
    expect(await broken()).toEqual(only('activity-contributor', work));
  });

  it('names somebody beside the task on which they worked', async () => {
    const { participant } = city.earn(1);
    city.writeActivity(city.task, [participant]);
    city.writeCityWork([participant]);
    expect(await broken()).toEqual([]);
  });
});

describe('a project', () => {
  it('is the only one', async () => {
    const work = city.writeCityWork([]);
    city.addProject([work]);
    const other = city.addProject([work]);
    expect(await broken()).toEqual(only('project-work', other));
  });

  it('has work', async () => {
    const project = city.addProject([]);
    expect(await broken()).toEqual(only('project-work', project));
  });

  it('begins with all the work in the city', async () => {
    city.writeCityWork([]);
    const project = city.addProject([city.writeActivity(city.task, [])]);
    expect(await broken()).toEqual(only('project-work', project));
  });

  it('names work that is there', async () => {
    const work = city.writeCityWork([]);
    const gone = city.writeActivity(city.task, []);
    const project = city.addProject([work, gone]);
    city.remove(gone);
    expect(await broken()).toContain(`project-work ${project.uri}`);
  });

  it('names nothing but work', async () => {
    const project = city.addProject([city.writeCityWork([]), city.task]);
    expect(await broken()).toEqual(only('project-work', project));
  });

  it('is no collection of another type', async () => {
    city.addProject([], { type: 'program' });
    expect(await broken()).toEqual([]);
  });
});
