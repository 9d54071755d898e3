import * as lexicon from '../../lexicons/org/hypercerts/context/attachment.defs.ts';
import type { StrongRef } from '../strong-ref.ts';
import { earlyKey } from './early-key.ts';
import { cut, datetime, reference } from './fields.ts';
import { attached, type PublicPicture } from './picture.ts';

/** What an update is about, each with the clock id of its keys. */
const CLOCK_IDS = { month: 1, epoch: 2, redeemed: 3, approved: 4 } as const;

/**
 * The key of an update follows from what it is about and its place among those, from 0: told again,
 * also by a city that was rebuilt, it would be the same record. `beganAt` is when the city did (ms).
 */
export const updateKey = (about: keyof typeof CLOCK_IDS, beganAt: number, place: number): string =>
  earlyKey(beganAt, place, CLOCK_IDS[about]);

/** Clients show no more of them beside one another. */
export const UPDATE_PICTURES_MAX = 4;

export type UpdateFacts = {
  /** The city's project. */
  readonly project: StrongRef;
  readonly title: string;
  /** In a sentence. */
  readonly short: string;
  readonly text: string;
  /** Pictures that are published already, `UPDATE_PICTURES_MAX` at most. */
  readonly pictures: readonly PublicPicture[];
  /** In ms. */
  readonly at: number;
};

/** The record of an update: a Hypercerts attachment whose only subject is the city's project. */
export const update = {
  lexicon,
  build: ({ project, title, short, text, pictures, at }: UpdateFacts): lexicon.Main => ({
    $type: lexicon.$nsid,
    title: cut(title, 200, 256),
    contentType: 'update',
    subjects: [reference(project)],
    shortDescription: cut(short, 300, 3000),
    description: {
      $type: 'org.hypercerts.defs#descriptionString',
      value: cut(text, 25_000, 250_000),
    },
    ...(pictures.length === 0 ? {} : { content: pictures.map(attached) }),
    createdAt: datetime(at),
  }),
  summarize: ({ title }: lexicon.Main) => title,
} as const;
