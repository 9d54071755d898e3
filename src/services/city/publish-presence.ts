import { describe, storyOf } from '../../domain/about.ts';
import { isPlaceholder } from '../../lib/placeholder-did.ts';
import { CITY_WORK_KEY } from '../../records/kinds/city-work.ts';
import { ORGANIZATION_KEY, type OrganizationFacts } from '../../records/kinds/organization.ts';
import type { PublicPicture } from '../../records/kinds/picture.ts';
import { PROFILE_KEY } from '../../records/kinds/profile.ts';
import { projectKey } from '../../records/kinds/project.ts';
import type { StrongRef } from '../../records/strong-ref.ts';
import type { CleanPicture } from '../../store/pictures.ts';
import type { Context } from '../context.ts';
import { cityBeganAt } from './city-began-at.ts';
import { placeOfCity } from './place-of-city.ts';
import { recordCityWork } from './record-city-work.ts';

/** The pictures of the city that are files: cleaned, and kept in the spool. */
export type OwnPictures = {
  readonly avatar?: CleanPicture | undefined;
  readonly banner?: CleanPicture | undefined;
};

/**
 * Writes down who the city is for the clients that people use: its place, all the work in it, its
 * project with that work as the only item, its profile and its organization; each when it is new or
 * changed. The city itself is on the record before. Answers whether anything was written.
 */
export function publishPresence(context: Context, own: OwnPictures = {}): boolean {
  const { city, records } = context;
  const { about = {} } = city;
  const written = records.count;
  const location = about.location && placeOfCity(context, about.location);
  const story = about.story ?? storyOf(city.name);
  const avatar = shown(about.avatar, own.avatar);
  const banner = shown(about.banner, own.banner);
  const facts = {
    ...{ city: city.name, description: about.description ?? describe(city.name) },
    ...{ avatar, banner },
  };
  recordCityWork(context, { location, image: banner ?? avatar });
  const work = records.newestRef('cityWork', CITY_WORK_KEY);
  if (work === undefined) throw new Error('publishPresence: the work has no record');
  records.put('project', projectKey(cityBeganAt(context)), ({ createdAt }, before) => ({
    ...{ ...facts, story, location, createdAt },
    // The work gets new versions; the project goes on pointing at the one that it had first.
    work: (before?.items?.[0]?.itemIdentifier as StrongRef | undefined) ?? work,
  }));
  records.put('profile', PROFILE_KEY, ({ createdAt }) => ({
    ...{ ...facts, website: about.website ?? siteOf(context), createdAt },
  }));
  records.put('organization', ORGANIZATION_KEY, ({ createdAt }) => ({
    ...{ types: about.organizationType ?? [], links: linksOf(context) },
    ...{ location, story, createdAt },
  }));
  const hasChanged = records.count > written;
  if (hasChanged) keepPictures(context, own);
  return hasChanged;
}

/** A picture that the city shows: one at an address, or one that was read from a file. */
function shown(
  said: { readonly uri: string } | { readonly path: string } | undefined,
  own: CleanPicture | undefined,
): PublicPicture | { readonly uri: string } | undefined {
  return said !== undefined && 'uri' in said ? said : own;
}

/** The publisher uploads what a record refers to and the spool has. */
function keepPictures({ tx }: Context, own: OwnPictures): void {
  for (const picture of [own.avatar, own.banner]) {
    if (picture === undefined || tx.pictures.toPublish(picture.cid).length > 0) continue;
    tx.pictures.addOwn(picture);
  }
}

/** The address of the city's own pages, where the world can reach them. */
const siteOf = ({ publicUrl }: Context): string | undefined =>
  publicUrl?.startsWith('https:') === true ? publicUrl : undefined;

/** Where else the city is: its pages, its posts, and what the operator says. */
function linksOf(context: Context): OrganizationFacts['links'] {
  const { city, did } = context;
  const { bluesky, links = [] } = city.about ?? {};
  const site = siteOf(context);
  return [
    ...(site === undefined ? [] : [{ label: 'City/Sync', url: site }]),
    ...(isPlaceholder(did)
      ? []
      : [{ label: 'Posts on Bluesky', url: `https://bsky.app/profile/${did}` }]),
    ...(bluesky === undefined ? [] : [{ label: 'Bluesky', url: bluesky }]),
    ...links,
  ];
}
