import * as lexicon from '../../lexicons/org/hypercerts/collection.defs.ts';
import { US_PER_MS } from '../../lib/clock.ts';
import { publishableTime, tidOf } from '../../lib/ids.ts';
import type { StrongRef } from '../strong-ref.ts';
import { cut, datetime, reference } from './fields.ts';
import { type PicturesFacts, pictures } from './picture.ts';
import { documentOf } from './story.ts';

/** The project has a key that follows from when the city began (ms): one city, one project. */
export const projectKey = (cityCreatedAt: number): string =>
  tidOf(publishableTime(cityCreatedAt * US_PER_MS, 0), 0);

export type ProjectFacts = PicturesFacts & {
  readonly city: string;
  readonly description: string;
  /** Paragraphs, as `documentOf` takes them. */
  readonly story: readonly string[];
  readonly location?: StrongRef | undefined;
  /** The activity that stands for all the work in the city, as it was when the project was written. */
  readonly work: StrongRef;
  /** In ms. */
  readonly createdAt: number;
};

/**
 * The record of the city's project: a Hypercerts collection with the city's story. It has one item
 * only, since clients show no card of work that is an item of a project beside the first.
 */
export const project = {
  lexicon,
  build: (project: ProjectFacts): lexicon.Main => ({
    $type: lexicon.$nsid,
    type: 'project',
    title: cut(`${project.city}: what residents do for their city`, 80, 800),
    shortDescription: cut(project.description, 300, 3000),
    description: documentOf(project.story),
    ...pictures(project),
    items: [{ itemIdentifier: reference(project.work) }],
    ...(project.location === undefined ? {} : { location: reference(project.location) }),
    createdAt: datetime(project.createdAt),
  }),
  summarize: ({ title }: lexicon.Main) => title,
} as const;
