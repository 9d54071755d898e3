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
/** No number of a telephone begins with more degrees than there are. */
const LATITUDE = '(?:[0-8]?\\d|90)';
const LONGITUDE = '(?:1[0-7]\\d|180|\\d{1,2})';
/** As decimals are written in Spanish; fewer places could be thousands. */
const COMMA_FRACTION = ',\\d{4,8}';
/** Minutes and seconds; the first may stand without the other. */
const MINUTES = `\\d{1,2}(?:${FRACTION})? ?'?(?: ?\\d{1,2}(?:${FRACTION})? ?(?:"|''))?`;
const SIGN = '[-+]? ?';
const DEGREE = ' ?[°o]';
const decimal = (sides: string, degrees: string): string =>
  `(?:${SIGN}${degrees}${FRACTION}(?:${DEGREE})?(?: ?${sides}(?!\\p{L}))?|${sides} ?${degrees}${FRACTION}(?:${DEGREE})?)`;
const sexagesimal = (sides: string): string =>
  `(?:\\d{1,3}${DEGREE} ?(?:${MINUTES})? ?${sides}|${sides} ?\\d{1,3}${DEGREE} ?(?:${MINUTES})?)`;
const NORTH_SOUTH = '(?:[Nn]orth|[Nn]orte|[Ss]outh|[Ss]ur|[NSns])';
/** `O` is the west of Spanish. */
const EAST_WEST = '(?:[Ee]ast|[Ee]ste|[Ww]est|[Oo]este|[EWOewo])';
const BETWEEN = '(?: ?[,;/][ \\n]?| (?=[-+NSEWOnsewo])|(?<=[NSnsher]) )';
const ONE = `(?:lat(?:itude?|itud)?|lng|lon(?:g|gitude?|gitud)?)\\.? ?[:=]? ?`;

const LATITUDE_TEXT = decimal(NORTH_SOUTH, LATITUDE);
const LONGITUDE_TEXT = decimal(EAST_WEST, LONGITUDE);
const WITH_COMMAS = `${SIGN}${LATITUDE}${COMMA_FRACTION}(?: ?[;/] ?| (?=[-+]))${SIGN}${LONGITUDE}${COMMA_FRACTION}`;

/** Coordinates in text that `foldSeen` gave, as a pattern for the `u` flag, without groups. */
export const COORDINATES = [
  // Not in the middle of more numbers: those could be a telephone's.
  `(?<!\\p{N}[-./, ]{0,2}|[-+.])${LATITUDE_TEXT}${BETWEEN}${LONGITUDE_TEXT}(?:,\\d{1,2}(?:${FRACTION})?z)?(?![-./, ]{0,2}\\p{N}|°)`,
  `(?<!\\p{N})${sexagesimal(NORTH_SOUTH)}[ ,;]{0,3}${sexagesimal(EAST_WEST)}(?!\\p{N})`,
  `(?<!\\p{N}[-./, ]{0,2}|[-+.])${WITH_COMMAS}(?![-./, ]{0,2}\\p{N})`,
  `(?<![\\p{L}\\p{N}])(?:${ONE})${SIGN}${LONGITUDE}${FRACTION}(?![-./ ]?\\p{N})`,
].join('|');

const NUMBER = new RegExp(`${SIGN}\\d{1,3}(?:${FRACTION})?`, 'u');
const WHOLE = new RegExp(
  `^(?:geo:|\\(|\\[)?\\s*(?:${ONE})?(${LATITUDE_TEXT})(?:${BETWEEN}(?:${ONE})?| ${ONE})(${LONGITUDE_TEXT})(?:\\)|\\]|[?;]\\S*)?\\.?$`,
  'iu',
);
const WHOLE_SEXAGESIMAL = new RegExp(
  `^\\(?(${sexagesimal(NORTH_SOUTH)})[ ,;]{0,3}(${sexagesimal(EAST_WEST)})\\)?\\.?$`,
  'u',
);

const ONLY_WITH_COMMAS = new RegExp(`^${WITH_COMMAS}$`, 'u');
const SIDE = /(?:north|norte|south|sur|east|este|west|oeste)(?!\p{L})/giu;

/** With points in the decimals, and one letter for each side. */
const inOneWay = (seen: string): string =>
  (ONLY_WITH_COMMAS.test(seen) ? seen.replace(/,/gu, '.') : seen).replace(SIDE, (side) =>
    side.charAt(0),
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
  const plain = plainLetters(text.slice(0, LENGTH_MAX + 1))
    .replace(/\s+/gu, ' ')
    .trim();
  if (plain.length > LENGTH_MAX) return undefined;
  const seen = inOneWay(plain);
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
