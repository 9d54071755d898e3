import type { l } from '@atproto/lex-schema';
import * as lexicon from '../../lexicons/app/certified/actor/profile.defs.ts';
import { cut, datetime } from './fields.ts';
import { type PicturesFacts, pictures } from './picture.ts';

/** The key of the one profile of a repository. */
export const PROFILE_KEY = 'self';

export type ProfileFacts = PicturesFacts & {
  readonly city: string;
  readonly description: string;
  /** An `https` address; left out where there is none. */
  readonly website?: string | undefined;
  /** In ms. */
  readonly createdAt: number;
};

/** The record by which other clients know the city's account, and find its repository. */
export const profile = {
  lexicon,
  build: (profile: ProfileFacts): lexicon.Main => ({
    $type: lexicon.$nsid,
    displayName: cut(`City/Sync ${profile.city}`, 64, 640),
    description: cut(profile.description, 256, 2560),
    ...(profile.website === undefined ? {} : { website: profile.website as l.UriString }),
    ...pictures(profile),
    createdAt: datetime(profile.createdAt),
  }),
  summarize: ({ displayName = '' }: lexicon.Main) => displayName,
} as const;
