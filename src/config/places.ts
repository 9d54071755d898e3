/** The places whose coordinates a city knows: `places` of `city.json`. */
import * as z from 'zod';
import { foldPlace } from '../domain/place.ts';
import { coordinatesIn } from '../lib/coordinates.ts';

/** As long as the place of a task may be. */
const NAME_MAX = 80;
const NAME = 'Each "name" of "places"';
/** Three decimals are a hundred meters. */
const PRECISE = /\d\.\d{3,14}\D+\d{1,3}\.\d{3,14}(?!\d)/;
const NO_COORDINATES =
  'Each "coordinates" of "places" must be a latitude and a longitude with three decimals or more, such as "37.8821,-122.2667"';
const coordinates = z
  .string({ error: NO_COORDINATES })
  .regex(PRECISE, { error: NO_COORDINATES })
  .transform((text, context) => {
    const found = coordinatesIn(text);
    if (found !== undefined) return found;
    context.addIssue({ code: 'custom', message: NO_COORDINATES });
    return z.NEVER;
  });
export const PlacesSchema = z
  .array(
    z.strictObject(
      {
        name: z
          .string({ error: `${NAME} must be a text in quotes` })
          .trim()
          .min(1, { error: `${NAME} must not be empty` })
          .max(NAME_MAX, { error: `${NAME} may have ${NAME_MAX} characters at most` }),
        coordinates,
      },
      {
        error:
          'Each of "places" must be like { "name": "Live Oak Park", "coordinates": "37.8821,-122.2667" }',
      },
    ),
    { error: '"places" must be a list of names with coordinates' },
  )
  .refine((list) => new Set(list.map(({ name }) => foldPlace(name))).size === list.length, {
    error: '"places" names a place twice',
  });
