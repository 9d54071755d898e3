import * as lexicon from '../../lexicons/app/certified/location.defs.ts';
import { type Coordinates, coordinatesIn, publishCoordinates } from '../../lib/coordinates.ts';
import { cut, datetime } from './fields.ts';

export type LocationFacts = {
  /** In the words of the person who first announced work there. */
  readonly name: string;
  /** Where it is on earth; left out where nobody has said. */
  readonly coordinates?: Coordinates | undefined;
  /** In ms. */
  readonly createdAt: number;
};

const LOCATION_PROTOCOL = '1.0';
/** Longitude and latitude. The lexicon asks for one; for words it says nothing. */
const CRS84 = 'http://www.opengis.net/def/crs/OGC/1.3/CRS84';

/** A place without coordinates is one of words: clients show it as an address. */
function whereIs({ name, coordinates }: LocationFacts) {
  const string =
    coordinates === undefined ? cut(name, 1000, 10_000) : publishCoordinates(coordinates);
  return {
    locationType: coordinates === undefined ? 'address' : 'coordinate-decimal',
    location: { $type: 'app.certified.location#string', string },
  } satisfies Pick<lexicon.Main, 'locationType' | 'location'>;
}

/**
 * The record of a place: its name as people say it, and as `latitude,longitude` where it is, when that
 * is known. It is never replaced: a place that was recorded by its words alone stays so.
 */
export const location = {
  lexicon,
  build: (location: LocationFacts): lexicon.Main => ({
    $type: lexicon.$nsid,
    lpVersion: LOCATION_PROTOCOL,
    srs: CRS84,
    ...whereIs(location),
    name: cut(location.name, 100, 1000),
    createdAt: datetime(location.createdAt),
  }),
  summarize: ({ name = '' }: lexicon.Main) => name,
} as const;

/** The coordinates of a place, from its record; undefined for a place of words. */
export function coordinatesOf({ locationType, location }: lexicon.Main): Coordinates | undefined {
  if (locationType !== 'coordinate-decimal') return undefined;
  return coordinatesIn((location as { readonly string?: string }).string ?? '');
}
