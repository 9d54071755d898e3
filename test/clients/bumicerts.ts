// What the pages of GainForest's Bumicerts show of an account, restated from what they read.
import {
  blobCid,
  type ClientRecord,
  documentText,
  type Fields,
  fields,
  itemsOf,
  list,
  ofKind,
  ownerOf,
  type Place,
  pictureOf,
  placesOf,
  repeated,
  selfOf,
  subjectOf,
  text,
  urisIn,
} from './read.ts';

/** It reads no more evaluations of the whole network, all accounts together. */
const EVALUATIONS_MAX = 4000;
const TAG_GRAPHEMES_MAX = 100;

type Entry = {
  readonly uri: string;
  readonly title: string;
  readonly contentType: string;
  readonly words: string;
  readonly photos: readonly string[];
  /** Addresses that a browser opens; `at://` is none. */
  readonly links: readonly string[];
};

type Review = {
  readonly uri: string;
  readonly summary: string;
  /** From 0 to 1; nothing where it is no number, or where its scale has no length. */
  readonly score: number | undefined;
};

type Page = {
  readonly uri: string;
  readonly title: string;
  readonly summary: string;
  readonly story: string | undefined;
  readonly picture: string | undefined;
  readonly startDate: string | undefined;
  readonly endDate: string | undefined;
  readonly places: readonly Place[];
  readonly tags: readonly string[];
  readonly contributors: number;
  readonly entries: readonly Entry[];
  readonly reviews: readonly Review[];
};

/**
 * An account as it is shown there: its name and facts, a page for each project, a card with a page
 * for each activity that is no item of a project, and what no page shows. `network` has every
 * evaluation that the indexer knows, in its order; the account's own where it is left out.
 */
export function seeInBumicerts(
  records: readonly ClientRecord[],
  network: readonly ClientRecord[] = ofKind(records, 'evaluation'),
) {
  const activities = ofKind(records, 'activity');
  const projects = ofKind(records, 'project').filter(({ value }) => value['type'] === 'project');
  const read = { records, evaluations: network.slice(0, EVALUATIONS_MAX) };

  const projectPages = projects.flatMap((project) => {
    const work = activities.find(({ uri }) => uri === itemsOf(project)[0]);
    return work === undefined ? [] : [pageOf(read, work, project)];
  });
  const items = projects.flatMap(itemsOf);
  const cards = activities
    .filter(({ uri }) => !items.includes(uri))
    .map((work) => pageOf(read, work));

  const shown = [...projectPages, ...cards]
    .flatMap(({ entries, reviews }) => [...entries, ...reviews])
    .map(({ uri }) => uri);
  const about = [...ofKind(records, 'attachment'), ...ofKind(records, 'evaluation')];
  return {
    profile: profileOf(selfOf(records, 'profile')),
    organization: organizationOf(selfOf(records, 'organization'), records),
    projects: projectPages,
    cards,
    /** Activities whose page leads to a project that shows another one. */
    vanished: projects.flatMap((project) => itemsOf(project).slice(1)),
    /** Attachments and evaluations that no page shows. */
    orphans: about.map(({ uri }) => uri).filter((uri) => !shown.includes(uri)),
    duplicates: repeated(shown),
  };
}

type Read = {
  readonly records: readonly ClientRecord[];
  readonly evaluations: readonly ClientRecord[];
};

/** Everything but the story comes from the activity; a page of an activity alone has no story. */
function pageOf(read: Read, work: ClientRecord, project?: ClientRecord): Page {
  const { value } = work;
  const uris = [work.uri, ...(project === undefined ? [] : [project.uri])];
  return {
    uri: project?.uri ?? work.uri,
    title: text(value['title']) ?? '',
    summary: text(value['shortDescription']) ?? '',
    story: wordsOf(project?.value['description']),
    picture: pictureOf(value['image']),
    startDate: text(value['startDate']),
    endDate: text(value['endDate']),
    places: placesOf(value['locations'], read.records),
    tags: tagsOf(value['workScope']),
    contributors: list(value['contributors']).length,
    entries: ofKind(read.records, 'attachment')
      .filter(({ uri }) => ownerOf(uri) === ownerOf(work.uri))
      .filter((attachment) => uris.includes(urisIn(attachment.value['subjects'])[0] ?? ''))
      .map(entryOf),
    reviews: read.evaluations
      .filter((evaluation) => uris.includes(subjectOf(evaluation)))
      .flatMap(reviewOf),
  };
}

/** Shown as an account only where the record is there, whatever is in it. */
const profileOf = (profile: Fields | undefined) =>
  profile && {
    name: text(profile['displayName']),
    description: text(profile['description']),
    website: text(profile['website']),
    picture: pictureOf(profile['avatar']),
  };

const organizationOf = (value: Fields | undefined, records: readonly ClientRecord[]) =>
  value && {
    kinds: Array.isArray(value['organizationType'])
      ? value['organizationType'].flatMap((kind) => text(kind) ?? [])
      : [],
    links: list(value['urls']).flatMap(({ url, label }) => {
      const address = text(url);
      return address === undefined ? [] : [{ url: address, label: text(label) }];
    }),
    place: placesOf([value['location']], records)[0],
    isListed: (value['visibility'] ?? 'public') === 'public',
    story: wordsOf(value['longDescription']),
  };

/** A document of blocks, or a plain text in its envelope; what stands in another record is not read. */
const wordsOf = (value: unknown): string | undefined =>
  documentText(value) ??
  (fields(value)['$type'] === 'org.hypercerts.defs#descriptionString'
    ? text(fields(value)['value'])
    : undefined);

const graphemesIn = (tag: string): number => [...new Intl.Segmenter().segment(tag)].length;

const tagsOf = (workScope: unknown): readonly string[] =>
  (text(fields(workScope)['scope']) ?? '')
    .split(/[;,]/)
    .map((tag) => tag.trim())
    .filter((tag) => tag !== '' && graphemesIn(tag) <= TAG_GRAPHEMES_MAX);

function entryOf({ uri, value }: ClientRecord): Entry {
  const content = list(value['content']);
  return {
    uri,
    title: text(value['title']) ?? '',
    contentType: text(value['contentType']) ?? '',
    words: wordsOf(value['description']) ?? '',
    photos: content.flatMap(({ blob }) => blobCid(blob) ?? []),
    links: urisIn(content).filter((link) => /^https?:\/\//.test(link)),
  };
}

/** None without words. */
function reviewOf({ uri, value }: ClientRecord): readonly Review[] {
  const summary = text(value['summary']);
  if (summary === undefined) return [];
  const score = fields(value['score']);
  const [min, max, given] = [score['min'], score['max'], score['value']].map((figure) =>
    Number.parseFloat(text(figure) ?? ''),
  ) as [number, number, number];
  return [{ uri, summary, score: max > min ? (given - min) / (max - min) : undefined }];
}
