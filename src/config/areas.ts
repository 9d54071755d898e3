/** The parts of a city: `areas` of `city.json`. */
import * as z from 'zod';
import { foldWords } from '../lib/text.ts';

const NAME_MAX = 60;
const ALIASES_MAX = 20;
const CORNERS_MIN = 3;
const CORNERS_MAX = 200;
const RADIUS_METERS_MIN = 50;
const RADIUS_METERS_MAX = 50_000;

const words = (what: string) =>
  z
    .string({ error: `${what} must be a text in quotes` })
    .trim()
    .min(1, { error: `${what} must not be empty` })
    .max(NAME_MAX, { error: `${what} may have ${NAME_MAX} characters at most` })
    .refine((text) => foldWords(text) !== '', { error: `${what} must have letters or digits` });

/** `[latitude, longitude]`, in degrees. */
const point = (what: string) => {
  const error = `${what} must be a latitude and a longitude, such as [37.855, -122.272]`;
  const degrees = (max: number) => z.number({ error }).min(-max, { error }).max(max, { error });
  return z
    .tuple([degrees(90), degrees(180)], { error })
    .transform(([latitude, longitude]) => ({ latitude, longitude }));
};

const RADIUS = `"radiusMeters" of an area must be a number from ${RADIUS_METERS_MIN} to ${RADIUS_METERS_MAX}`;
const CORNERS = `"outline" of an area must be a list of ${CORNERS_MIN} to ${CORNERS_MAX} points`;

const AreaSchema = z
  .strictObject(
    {
      name: words('Each "name" of "areas"'),
      aliases: z
        .array(words('Each of "aliases" of an area'), {
          error: '"aliases" of an area must be a list of names',
        })
        .max(ALIASES_MAX, { error: `"aliases" of an area may be ${ALIASES_MAX} at most` })
        .optional(),
      center: point('"center" of an area').optional(),
      radiusMeters: z
        .number({ error: RADIUS })
        .min(RADIUS_METERS_MIN, { error: RADIUS })
        .max(RADIUS_METERS_MAX, { error: RADIUS })
        .optional(),
      outline: z
        .array(point('Each point of "outline"'), { error: CORNERS })
        .min(CORNERS_MIN, { error: CORNERS })
        .max(CORNERS_MAX, { error: CORNERS })
        .optional(),
    },
    {
      error:
        'Each of "areas" must be a name, or like { "name": "South Berkeley", "center": [37.855, -122.272], "radiusMeters": 1500 }',
    },
  )
  .refine(({ center, radiusMeters }) => (center === undefined) === (radiusMeters === undefined), {
    error: '"center" and "radiusMeters" of an area belong together',
  })
  .refine(({ center, outline }) => center === undefined || outline === undefined, {
    error: 'An area has a "center" or an "outline", not both',
  });

/** A name alone is an area that only words lead to. */
const NamedOrDrawn = z.preprocess(
  (entry) => (typeof entry === 'string' ? { name: entry } : entry),
  AreaSchema,
);

export const AreasSchema = z
  .array(NamedOrDrawn, { error: '"areas" must be a list of names' })
  .refine(
    (areas) => {
      const names = areas.flatMap(({ name, aliases = [] }) => [name, ...aliases]).map(foldWords);
      return new Set(names).size === names.length;
    },
    { error: '"areas" has the same name or alias twice' },
  );
