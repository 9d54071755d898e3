import { placeAt, readMapLink } from '../domain/map-link.ts';
import type { Coordinates } from '../lib/coordinates.ts';
import { ok, type Refusal, type Result } from '../lib/result.ts';
import { onOneLine } from './draft-line.ts';

/** Where people meet: in words, with coordinates, or as a map or a shared location shows it. */
export const readWhere = (
  text: string,
  location?: Coordinates,
): Result<string, Refusal<'place-link'>> =>
  location === undefined ? readMapLink(onOneLine(text)) : ok(placeAt(onOneLine(text), location));
