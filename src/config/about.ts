/** The settings in which a city tells about itself: `about` of `city.json`. */
import * as z from 'zod';
import { namesPrivate } from '../domain/public-words.ts';
import { coordinatesIn } from '../lib/coordinates.ts';
import { graphemesOf } from '../lib/text.ts';

/** What the records hold. */
const DESCRIPTION_MAX = 256;
const STORY_MAX = 60;
const PARAGRAPH_MAX = 3000;
const LINKS_MAX = 20;
const LABEL_MAX = 64;
const TYPES_MAX = 10;
const NAME_MAX = 60;
const ADDRESS_MAX = 500;

const PICTURE_FILE = /\.(?:jpe?g|png|webp)$/i;
const HANDLE = /^@?((?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z][a-z0-9-]{0,61})$/i;

const setting = (name: string): string => `"about.${name}"`;

/** A text of at most `max` graphemes. */
const text = (what: string, max: number) =>
  z
    .string({ error: `${what} must be a text in quotes` })
    .trim()
    .min(1, { error: `${what} must not be empty` })
    .refine((words) => words.isWellFormed(), { error: `${what} has half a character in it` })
    .refine((words) => [...graphemesOf(words)].length <= max, {
      error: `${what} may have ${max} characters at most`,
    });

/** A text of which the public record must not make a way to reach somebody. */
const impersonal = (what: string, max: number) =>
  text(what, max).refine((words) => !namesPrivate(words), {
    error: `${what} holds what looks like a telephone number, an e-mail address or a code: "contact" is the setting for it`,
  });

function isHttps(address: string): boolean {
  const isWhole = /^https:\/\/[^/\s]\S*$/i.test(address) && address.isWellFormed();
  return isWhole && address.length <= ADDRESS_MAX && URL.canParse(address);
}

const https = (what: string) =>
  z
    .string({ error: `${what} must be an address such as "https://city.example"` })
    .refine(isHttps, { error: `${what} must be an address such as "https://city.example"` });

const list = <Item extends z.ZodType>(what: string, item: Item, max: number) =>
  z
    .array(item, { error: `${what} must be a list in brackets` })
    .max(max, { error: `${what} may have ${max} entries at most` });

const picture = (name: string) => {
  const what = setting(name);
  const wanted = `${what} must be an https address, or the name of a .jpg, .png or .webp file beside the city's file`;
  return z
    .string({ error: wanted })
    .refine((from) => isHttps(from) || (!from.includes('://') && PICTURE_FILE.test(from)), {
      error: wanted,
    })
    .refine((from) => !isHttps(from) || !namesPrivate(from), {
      error: `${what} has an address in which a telephone number could be read: choose another`,
    })
    .transform((from) => (isHttps(from) ? { uri: from } : { path: from }));
};

const BLUESKY = `${setting('bluesky')} must be a handle such as "city.example" or the https address of a profile`;
const COORDINATES = `${setting('location.coordinates')} must be like "37.8716,-122.2727"`;

export const AboutSchema = z.strictObject(
  {
    description: impersonal(setting('description'), DESCRIPTION_MAX).optional(),
    website: https(setting('website')).optional(),
    bluesky: z
      .string({ error: BLUESKY })
      .refine((account) => isHttps(account) || HANDLE.test(account), { error: BLUESKY })
      .transform((account) =>
        isHttps(account) ? account : account.replace(HANDLE, 'https://bsky.app/profile/$1'),
      )
      .optional(),
    links: list(
      setting('links'),
      z.strictObject(
        {
          label: text('"label" of each of "about.links"', LABEL_MAX),
          url: https('"url" of each of "about.links"'),
        },
        {
          error:
            'Each of "about.links" must be like { "label": "…", "url": "https://city.example" }',
        },
      ),
      LINKS_MAX,
    ).optional(),
    story: list(setting('story'), impersonal('Each of "about.story"', PARAGRAPH_MAX), STORY_MAX)
      .min(1, { error: `${setting('story')} must have a paragraph, or be left out` })
      .optional(),
    organizationType: list(
      setting('organizationType'),
      impersonal('Each of "about.organizationType"', 100),
      TYPES_MAX,
    ).optional(),
    location: z
      .strictObject(
        {
          name: impersonal(setting('location.name'), NAME_MAX),
          coordinates: z.string({ error: COORDINATES }).transform((words, context) => {
            const coordinates = coordinatesIn(words);
            if (coordinates !== undefined) return coordinates;
            context.addIssue({ code: 'custom', message: COORDINATES });
            return z.NEVER;
          }),
        },
        {
          error: `${setting('location')} must be like { "name": "Berkeley", "coordinates": "37.8716,-122.2727" }`,
        },
      )
      .optional(),
    avatar: picture('avatar').optional(),
    banner: picture('banner').optional(),
  },
  { error: '"about" must be a group of settings in braces' },
);

/** The settings of `about`, by name. */
export const ABOUT_SETTINGS: readonly string[] = Object.keys(AboutSchema.shape);
