import { areaOfPlace } from '../../domain/area.ts';
import { areNear, foldPlace, readPlace } from '../../domain/place.ts';
import type { Coordinates } from '../../lib/coordinates.ts';
import { coordinatesOf } from '../../records/kinds/location.ts';
import type { Place } from '../../store/places.ts';
import type { Context } from '../context.ts';

/**
 * The place with this id; without one, the place that people call by these words, in whatever
 * spelling. A place gets a public record when it is first named, and keeps that record for good: one
 * whose coordinates become known later stays a place of words.
 */
export function findOrAddPlace(context: Context, words: string, id: number | null = null): Place {
  const { tx } = context;
  const known = id === null ? tx.places.byWords(foldPlace(words)) : tx.places.get(id);
  if (known !== undefined) return known;
  const { name, coordinates } = readPlace(words);
  const namesake = name === words ? undefined : tx.places.byWords(foldPlace(name));
  if (namesake === undefined) return addPlace(context, name, coordinates);
  // Another gate of the same name, a mile away, keeps its coordinates in its name.
  return isElsewhere(context, namesake, coordinates)
    ? addPlace(context, words, coordinates)
    : namesake;
}

function addPlace(context: Context, name: string, said: Coordinates | undefined): Place {
  const { tx, now, records, city } = context;
  const folded = foldPlace(name);
  const listed = city.places?.find((place) => foldPlace(place.name) === folded);
  const coordinates = said ?? listed?.coordinates;
  const { rkey, cid } = records.create('location', { name, coordinates, createdAt: now });
  return tx.places.add({ folded, name, rkey, cid, createdAt: now });
}

/** Where a place is on earth; undefined where nobody has said. */
function coordinatesOfPlace(
  { records }: Context,
  place: Pick<Place, 'rkey'>,
): Coordinates | undefined {
  const record = records.get('location', place.rkey);
  return record && coordinatesOf(record);
}

/** The name of the area of the city that a place is in; null where nobody knows. */
export function areaAt(context: Context, place: Place, words: string): string | null {
  const coordinates = coordinatesOfPlace(context, place);
  return areaOfPlace({ words, coordinates }, context.city.areas)?.name ?? null;
}

/** Whether a place is recorded somewhere else than at these coordinates. */
function isElsewhere(
  context: Context,
  place: Place,
  coordinates: Coordinates | undefined,
): boolean {
  const recorded = coordinatesOfPlace(context, place);
  return recorded !== undefined && coordinates !== undefined && !areNear(recorded, coordinates);
}
