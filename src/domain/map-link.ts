/** Links of maps among people's words for a place. They are read, and never opened. */
import {
  type Coordinates,
  coordinatesIn,
  findCoordinates,
  publishCoordinates,
} from '../lib/coordinates.ts';
import { ok, type Refusal, type Result, refuse } from '../lib/result.ts';
import { shorten } from '../lib/text.ts';

const LINK = /(?:https?:\/\/|(?<![\p{L}\p{N}])(?:www\.|maps\.)|geo:)\S+/iu;
/** Such as `geo:0,0?q=37.8839,-122.269(Live Oak Park)`, which may have blanks. */
const GEO = /^geo:(?<point>[-\d.,]+)(?:[?;]\S*)?/iu;
/** Sites that show nothing but maps, and their short links. */
const MAPS =
  /^(?:maps\.app\.goo\.gl|goo\.gl\/maps|g\.co\/maps|maps\.apple(?:\.com)?|maps\.google\.[a-z.]+|(?:www\.)?google\.[a-z.]+\/maps|(?:www\.)?(?:openstreetmap|osm)\.org|(?:www\.)?waze\.com)(?![\p{L}\p{N}.])/iu;
/** The parts of an address that name the point which its sender chose, the surest first. */
const POINT_PARTS = ['ll', 'coordinate', 'q', 'query', 'destination', 'daddr'] as const;
const NAME_PARTS = ['name', 'q', 'query'] as const;
const DEGREES = '-?\\d{1,3}(?:\\.\\d+)?';
/** The pin of a place, then the middle of what the map shows. */
const PIN = new RegExp(`!3d(${DEGREES})!4d(${DEGREES})`, 'u');
const MIDDLE = new RegExp(`/@(${DEGREES}),(${DEGREES})`, 'u');
const HASH = new RegExp(`#map=\\d+(?:\\.\\d+)?/(${DEGREES})/(${DEGREES})`, 'u');

const LOOSE_END = /^[\s,;:]+|[\s,;:]+$/gu;
/** With the coordinates behind it, a name stays within what a place may have. */
const NAME_LENGTH_MAX = 50;

/**
 * Words for a place, with `name (latitude,longitude)` in the place of a map's link. A link that does
 * not hold its coordinates, such as a short one, is refused; other links stay as they are.
 */
export function readMapLink(words: string): Result<string, Refusal<'place-link'>> {
  const link = LINK.exec(words)?.[0];
  if (link === undefined || coordinatesIn(words) !== undefined) return ok(words);
  const found = readLink(link);
  if (found === undefined) {
    const isMap = MAPS.test(link.replace(/^https?:\/\//iu, '')) || /^geo:/iu.test(link);
    return isMap && findCoordinates(words) === undefined ? refuse('place-link') : ok(words);
  }
  const [before = '', after = ''] = words.split(link).map((part) => part.replace(LOOSE_END, ''));
  const own = [before, after].filter(Boolean).join(' ');
  return ok(placeAt(own || (found.name ?? ''), found.coordinates));
}

/** How a place is written that has a name, or none, and coordinates. */
export function placeAt(name: string, coordinates: Coordinates): string {
  const point = publishCoordinates(coordinates);
  return name === '' ? point : `${shorten(name, NAME_LENGTH_MAX)} (${point})`;
}

type Found = { readonly coordinates: Coordinates; readonly name: string | undefined };

function readLink(link: string): Found | undefined {
  const url = parse(GEO.test(link) ? link.replace(/^geo:/iu, 'https://geo/') : withScheme(link));
  if (url === undefined) return undefined;
  const part = (name: string): string | undefined => url.searchParams.get(name) ?? undefined;
  const named = POINT_PARTS.map(part).map(pointIn).find(Boolean);
  const marked = pointOf(part('mlat'), part('mlon'));
  const geo = pointIn(GEO.exec(link)?.groups?.['point']);
  const drawn = [PIN, MIDDLE, HASH].map((pattern) => pointBy(pattern, decode(url.href)));
  const coordinates = [drawn[0], named, marked, geo, ...drawn].find(Boolean);
  if (coordinates === undefined) return undefined;
  const title = /\/place\/([^/@]+)/u.exec(url.pathname)?.[1]?.replace(/\+/gu, ' ');
  const names = [title && decode(title), ...NAME_PARTS.map(part)];
  return { coordinates, name: names.find((name) => name && pointIn(name) === undefined)?.trim() };
}

const withScheme = (link: string): string => (/^https?:/iu.test(link) ? link : `https://${link}`);

function parse(link: string): URL | undefined {
  try {
    return new URL(link);
  } catch {
    return undefined;
  }
}

/** Percent signs as what they stand for, where they stand for anything. */
function decode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

function pointBy(pattern: RegExp, text: string): Coordinates | undefined {
  const [, latitude, longitude] = pattern.exec(text) ?? [];
  return pointOf(latitude, longitude);
}

/** Maps write two numbers with a comma, some with `loc:` before or a label in brackets behind. */
function pointIn(text: string | undefined): Coordinates | undefined {
  const pattern = new RegExp(`^(?:loc:)?(${DEGREES}),\\s*(${DEGREES})(?:[(,].*)?$`, 'u');
  return text === undefined ? undefined : pointBy(pattern, text.trim());
}

/** Nothing is at 0, 0 but the sea: maps write it for a point that they do not know. */
function pointOf(latitude?: string, longitude?: string): Coordinates | undefined {
  if (latitude === undefined || longitude === undefined) return undefined;
  const [north, east] = [Number(latitude), Number(longitude)];
  if (north === 0 && east === 0) return undefined;
  return coordinatesIn(`${north.toFixed(7)},${east.toFixed(7)}`);
}
