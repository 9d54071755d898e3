/** Coordinates as people and their maps write them: `37.8715, -122.2730`, `37°52'17"N 122°16'21"W`. */
import { plainLetters } from './letters.ts';

/** In degrees; south and west are negative. */
export type Coordinates = { readonly latitude: number; readonly longitude: number };

const LATITUDE_MAX = 90;
const LONGITUDE_MAX = 180;
/** About a centimeter. */
const PLACES_MAX = 7;
/** No place has more letters. */
const LENGTH_MAX = 80;

const FRACTION = '\\.\\d{1,14}';
/** Minutes and seconds; the first may stand without the other. */
const MINUTES = `\\d{1,2}(?:${FRACTION})? ?'?(?: ?\\d{1,2}(?:${FRACTION})? ?(?:"|''))?`;
const SIGN = '[-+]? ?';
const DEGREE = ' ?[°o]';
const decimal = (sides: string): string =>
  `(?:${SIGN}\\d{1,3}${FRACTION}(?:${DEGREE})?(?: ?${sides}(?!\\p{L}))?|${sides} ?\\d{1,3}${FRACTION}(?:${DEGREE})?)`;
const sexagesimal = (sides: string): string =>
  `(?:\\d{1,3}${DEGREE} ?(?:${MINUTES})? ?${sides}|${sides} ?\\d{1,3}${DEGREE} ?(?:${MINUTES})?)`;
const NORTH_SOUTH = '[NSns]';
/** `O` is the west of Spanish. */
const EAST_WEST = '[EWOewo]';
const BETWEEN = '(?: ?[,;/] ?| (?=[-+NSEWOnsewo])|(?<=[NSns]) )';
const ONE = `(?:lat(?:itude?|itud)?|lng|lon(?:g|gitude?|gitud)?)\\.? ?[:=]? ?`;

/** Coordinates in text that `foldSeen` gave, as a pattern for the `u` flag, without groups. */
export const COORDINATES = [
  // Not in the middle of more numbers: those could be a telephone's.
  `(?<!\\p{N}[-./, ]{0,2}|[-+.])${decimal(NORTH_SOUTH)}${BETWEEN}${decimal(EAST_WEST)}(?:,\\d{1,2}(?:${FRACTION})?z)?(?![-./, ]{0,2}\\p{N}|°)`,
  `(?<!\\p{N})${sexagesimal(NORTH_SOUTH)}[ ,;]{0,3}${sexagesimal(EAST_WEST)}(?!\\p{N})`,
  `(?<![\\p{L}\\p{N}])(?:${ONE})${SIGN}\\d{1,3}${FRACTION}(?![-./ ]?\\p{N})`,
].join('|');

const NUMBER = new RegExp(`${SIGN}\\d{1,3}(?:${FRACTION})?`, 'u');
const WHOLE = new RegExp(
  `^(?:geo:|\\(|\\[)?\\s*(?:${ONE})?(${decimal(NORTH_SOUTH)})(?:${BETWEEN}(?:${ONE})?| ${ONE})(${decimal(EAST_WEST)})(?:\\)|\\]|[?;]\\S*)?\\.?$`,
  'iu',
);
const WHOLE_SEXAGESIMAL = new RegExp(
  `^\\(?(${sexagesimal(NORTH_SOUTH)})[ ,;]{0,3}(${sexagesimal(EAST_WEST)})\\)?\\.?$`,
  'u',
);

/** Degrees, minutes and seconds as degrees alone. */
function degreesIn(text: string): number {
  const isDecimal = !/\d ?[°o].*\d/u.test(text);
  const numbers = text.match(/\d+(?:\.\d+)?/gu)?.map(Number) ?? [];
  const [degrees = Number.NaN, minutes = 0, seconds = 0] = numbers;
  const isNegative = NUMBER.exec(text)?.[0].startsWith('-') === true || /[SWOsw]|o$|^o/u.test(text);
  const all = isDecimal ? degrees : degrees + minutes / 60 + seconds / 3600;
  return isNegative ? -all : all;
}

/** A text that is nothing but coordinates; undefined for anything else. */
export function coordinatesIn(text: string): Coordinates | undefined {
  const seen = plainLetters(text.slice(0, LENGTH_MAX + 1))
    .replace(/\s+/gu, ' ')
    .trim();
  if (seen.length > LENGTH_MAX) return undefined;
  const [, north, east] = WHOLE.exec(seen) ?? WHOLE_SEXAGESIMAL.exec(seen) ?? [];
  if (north === undefined || east === undefined) return undefined;
  const latitude = degreesIn(north);
  const longitude = degreesIn(east);
  const isOnEarth = Math.abs(latitude) <= LATITUDE_MAX && Math.abs(longitude) <= LONGITUDE_MAX;
  return isOnEarth ? { latitude, longitude } : undefined;
}

/** Coordinates as `latitude,longitude` in degrees: one spelling for one place. */
export const showCoordinates = ({ latitude, longitude }: Coordinates): string =>
  [latitude, longitude].map((degrees) => String(Number(degrees.toFixed(PLACES_MAX)) + 0)).join(',');
