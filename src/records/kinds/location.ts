import * as lexicon from '../../lexicons/app/certified/location.defs.ts';
import { coordinatesIn, showCoordinates } from '../../lib/coordinates.ts';
import { cut, datetime } from './fields.ts';

export type LocationFacts = {
  /** In the words of the person who first announced work there. */
  readonly name: string;
  /** In ms. */
  readonly createdAt: number;
};

const LOCATION_PROTOCOL = '1.0';
/** Longitude and latitude. The lexicon asks for one; for words it says nothing. */
const CRS84 = 'http://www.opengis.net/def/crs/OGC/1.3/CRS84';

/** A place of words alone is one of words: where on earth it is, nobody has said. */
function whereIs(name: string): Pick<lexicon.Main, 'locationType' | 'location'> {
  const coordinates = coordinatesIn(name);
  const string = coordinates === undefined ? cut(name, 1000, 10_000) : showCoordinates(coordinates);
  return {
    locationType: coordinates === undefined ? 'address' : 'coordinate-decimal',
    location: { $type: 'app.certified.location#string', string },
  };
}

/**
 * The record of a place, by the words that people use for it; by its coordinates where these are
 * all that they gave. It is never replaced.
 */
export const location = {
  lexicon,
  build: (location: LocationFacts): lexicon.Main => ({
    $type: lexicon.$nsid,
    lpVersion: LOCATION_PROTOCOL,
    srs: CRS84,
    ...whereIs(location.name),
    name: cut(location.name, 100, 1000),
    createdAt: datetime(location.createdAt),
  }),
  summarize: ({ name = '' }: lexicon.Main) => name,
} as const;
