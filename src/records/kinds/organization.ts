import type { l } from '@atproto/lex-schema';
import * as lexicon from '../../lexicons/app/certified/actor/organization.defs.ts';
import type { StrongRef } from '../strong-ref.ts';
import { cut, datetime, reference } from './fields.ts';
import { documentOf } from './story.ts';

/** The key of the one record of an organization in a repository. */
export const ORGANIZATION_KEY = 'self';

const TYPES_MAX = 10;

export type OrganizationFacts = {
  /** Such as `nonprofit`; empty for none. */
  readonly types: readonly string[];
  /** Where else it is on the web. */
  readonly links: readonly { readonly label: string; readonly url: string }[];
  readonly location?: StrongRef | undefined;
  /** Paragraphs, as `documentOf` takes them. */
  readonly story: readonly string[];
  /** In ms. */
  readonly createdAt: number;
};

/** The record of the organization behind the city's account, for other clients. */
export const organization = {
  lexicon,
  build: ({ types, links, location, story, createdAt }: OrganizationFacts): lexicon.Main => ({
    $type: lexicon.$nsid,
    ...(types.length === 0
      ? {}
      : { organizationType: types.slice(0, TYPES_MAX).map((type) => cut(type, 100, 128)) }),
    ...(links.length === 0 ? {} : { urls: links.map(linkOf) }),
    ...(location === undefined ? {} : { location: reference(location) }),
    longDescription: documentOf(story),
    visibility: 'public',
    createdAt: datetime(createdAt),
  }),
  summarize: ({ organizationType = [] }: lexicon.Main) => organizationType.join(', '),
} as const;

const linkOf = ({ label, url }: OrganizationFacts['links'][number]) => ({
  url: url as l.UriString,
  label: cut(label, 64, 640),
});
