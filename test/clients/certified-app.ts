// What the pages of certified-app show of an account, restated from what they read.
import {
  blobCid,
  type ClientRecord,
  documentText,
  fields,
  itemsOf,
  list,
  ofKind,
  pictureOf,
  placesOf,
  selfOf,
  subjectOf,
  text,
  urisIn,
} from './read.ts';

/** Of each kind it reads one page: the records with the lowest keys, whatever they are about. */
const RECORDS_MAX = 50;

/**
 * An account as it is shown there: its profile, its projects and activities with the updates and
 * the other records about each, and the attachments and evaluations that no page ever reads.
 */
export function seeInCertifiedApp(records: readonly ClientRecord[]) {
  const attachments = ofKind(records, 'attachment');
  const evaluations = ofKind(records, 'evaluation');
  const activities = ofKind(records, 'activity');
  const projects = ofKind(records, 'project').filter(({ value }) => value['type'] === 'project');

  /** What there is about a record: any subject of an attachment counts, not only the first. */
  const about = (subject: string) => {
    const found = attachments
      .slice(0, RECORDS_MAX)
      .filter(({ value }) => urisIn(value['subjects']).includes(subject));
    return {
      updates: found
        .filter(({ value }) => value['contentType'] === 'update')
        .toSorted((one, other) => (createdAt(one) < createdAt(other) ? 1 : -1))
        .map(updateOf),
      attachments: found.map(({ uri }) => uri),
      evaluations: evaluations
        .slice(0, RECORDS_MAX)
        .filter((evaluation) => subjectOf(evaluation) === subject)
        .map(({ uri }) => uri),
    };
  };

  const profile = selfOf(records, 'profile');
  return {
    profile: profile && {
      name: text(profile['displayName']),
      description: text(profile['description']),
      website: text(profile['website']),
      picture: pictureOf(profile['avatar']),
    },
    /** A profile with this record is shown as an organization's. */
    isOrganization: selfOf(records, 'organization') !== undefined,
    projects: projects.map((project) => ({
      uri: project.uri,
      title: text(project.value['title']) ?? '',
      summary: text(project.value['shortDescription']) ?? '',
      /** A plain text in its envelope is not drawn. */
      story: documentText(project.value['description']),
      picture: looseImage(project.value['banner'] ?? project.value['image']),
      places: placesOf([project.value['location']], records),
      activities: itemsOf(project).filter((item) => activities.some(({ uri }) => uri === item)),
      missing: itemsOf(project).filter((item) => !activities.some(({ uri }) => uri === item)),
      ...about(project.uri),
    })),
    activities: activities.map((activity) => ({
      uri: activity.uri,
      title: text(activity.value['title']) ?? '',
      tags: text(fields(activity.value['workScope'])['scope']),
      contributors: list(activity.value['contributors']).map(({ contributorIdentity }) =>
        text(fields(contributorIdentity)['identity']),
      ),
      places: placesOf(activity.value['locations'], records),
      ...about(activity.uri),
    })),
    unread: [...attachments.slice(RECORDS_MAX), ...evaluations.slice(RECORDS_MAX)].map(
      ({ uri }) => uri,
    ),
  };
}

const createdAt = ({ value }: ClientRecord): string => text(value['createdAt']) ?? '';

const updateOf = ({ uri, value }: ClientRecord) => ({
  uri,
  title: text(value['title']) ?? '',
  words: documentText(value['description']),
  pictures: list(value['content']).flatMap(({ blob }) =>
    (text(fields(blob)['mimeType']) ?? '').startsWith('image/') ? (blobCid(blob) ?? []) : [],
  ),
});

/** A project's picture may also be an address as it is, or a blob without its envelope. */
const looseImage = (value: unknown): string | undefined =>
  text(value) ?? pictureOf(value) ?? blobCid(value);
