import * as lexicon from '../../lexicons/org/hypercerts/claim/activity.defs.ts';
import { grouped } from '../../lib/text.ts';
import type { StrongRef } from '../strong-ref.ts';
import { CONTRIBUTORS_MAX, WORK_SCOPE } from './activity.ts';
import { cut, datetime, participant, reference } from './fields.ts';
import { type PictureFacts, pictureIn, smallImage } from './picture.ts';

/** The key of the activity that stands for all the work in the city: the only item of the project. */
export const CITY_WORK_KEY = 'city';

export type CityWorkFacts = {
  readonly city: string;
  /** How many people did work that was approved, and how many pieces of work that were. */
  readonly people: number;
  readonly pieces: number;
  /** Participant ids in the order in which they were first approved; the first thousand are named. */
  readonly contributors: readonly string[];
  readonly location?: StrongRef | undefined;
  readonly image?: PictureFacts | undefined;
  /** When the city began (ms). */
  readonly beganAt: number;
  /** In ms. */
  readonly createdAt: number;
};

/** The record of all the work in the city: a Hypercerts activity that other clients show as a whole. */
export const cityWork = {
  lexicon,
  build: (work: CityWorkFacts): lexicon.Main => ({
    $type: lexicon.$nsid,
    title: cut(`Civic work in ${work.city}`, 200, 256),
    shortDescription: cut(summaryOf(work), 300, 3000),
    ...(work.image === undefined ? {} : { image: smallImage(work.image) }),
    contributors: work.contributors.slice(0, CONTRIBUTORS_MAX).map((id) => ({
      contributorIdentity: {
        $type: 'org.hypercerts.claim.activity#contributorIdentity',
        identity: participant(id),
      },
    })),
    workScope: {
      $type: 'org.hypercerts.claim.activity#workScopeString',
      scope: WORK_SCOPE,
    },
    startDate: datetime(work.beganAt),
    ...(work.location === undefined ? {} : { locations: [reference(work.location)] }),
    createdAt: datetime(work.createdAt),
  }),
  summarize: ({ title, contributors = [] }: lexicon.Main) =>
    `${title}, done by ${contributors.length}`,
} as const;

function summaryOf({ city, people, pieces }: CityWorkFacts): string {
  if (pieces === 0) return `Work that residents do for ${city}. None is finished yet.`;
  const who = people === 1 ? '1 person' : `${grouped(people)} people`;
  const what = pieces === 1 ? '1 piece of work' : `${grouped(pieces)} pieces of work`;
  const named =
    people > CONTRIBUTORS_MAX ? ` The first ${grouped(CONTRIBUTORS_MAX)} are named.` : '';
  return `Work that residents do for ${city}: ${who}, ${what}. Each was reviewed and approved.${named}`;
}

/** The contributors whom a record of all the work names, in order. */
export const contributorsOf = ({ contributors = [] }: lexicon.Main): readonly string[] =>
  contributors.flatMap(({ contributorIdentity }) =>
    'identity' in contributorIdentity && typeof contributorIdentity.identity === 'string'
      ? [contributorIdentity.identity]
      : [],
  );

/** What a record of all the work shows besides: where it was, and a picture. */
export function shownOf(
  record: lexicon.Main | undefined,
): Pick<CityWorkFacts, 'location' | 'image'> {
  const [location] = record?.locations ?? [];
  return {
    ...(location === undefined ? {} : { location: location as StrongRef }),
    image: pictureIn(record?.image),
  };
}
