/** Coordinates as people and their maps write them: `37.8715, -122.2730`, `37°52'17"N 122°16'21"W`. */
import { foldSeen, plainLetters } from './letters.ts';

/** In degrees; south and west are negative. */
export type Coordinates = { readonly latitude: number; readonly longitude: number };

const LATITUDE_MAX = 90;
const LONGITUDE_MAX = 180;
/** About a centimeter. */
const PLACES_MAX = 7;
/** About a hundred meters. */
const PLACES_MIN = 3;
/** No place has more letters. */
const LENGTH_MAX = 80;

const FRACTION = '\\.\\d{1,14}';
/** How many decimals there are, as patterns tell it. */
const ANY = '{1,14}';
const PRECISE = `{${PLACES_MIN},14}`;
const ROUNDED = '{1,2}';
/** No number of a telephone begins with more degrees than there are. */
const latitude = (places: string): string => `(?:[0-8]?\\d\\.\\d${places}|90\\.0${places})`;
const longitude = (places: string): string =>
  `(?:(?:1[0-7]\\d|\\d{1,2})\\.\\d${places}|180\\.0${places})`;
/** As decimals are written in Spanish; fewer places could be thousands. */
const COMMA_FRACTION = ',\\d{4,8}';
/** Minutes and seconds; the first may stand without the other. */
const MINUTES = `\\d{1,2}(?:${FRACTION})? ?'?(?: ?\\d{1,2}(?:${FRACTION})? ?(?:"|''))?`;
const SIGN = '[-+]? ?';
const DEGREE = ' ?[°o]';
/** Degrees that say which side they are on. */
const withSide = (sides: string, degrees: string): string =>
  `${degrees}(?:${DEGREE})? ?${sides}(?!\\p{L})|(?<!\\p{L})${sides} ?${degrees}(?:${DEGREE})?`;
const decimal = (sides: string, degrees: string): string =>
  `(?:${withSide(sides, `${SIGN}${degrees}`)}|${SIGN}${degrees}(?:${DEGREE})?)`;
const sexagesimal = (sides: string): string =>
  `(?:\\d{1,3}${DEGREE} ?(?:${MINUTES})? ?${sides}|${sides} ?\\d{1,3}${DEGREE} ?(?:${MINUTES})?)`;
const NORTH_SOUTH = '(?:[Nn]orth|[Nn]orte|[Ss]outh|[Ss]ur|[NSns])';
/** `O` is the west of Spanish. */
const EAST_WEST = '(?:[Ee]ast|[Ee]ste|[Ww]est|[Oo]este|[EWOewo])';
const BETWEEN = '(?: ?[,;/][ \\n]?| (?=[-+NSEWOnsewo])|(?<=[NSnsher]) )';
const ONE = `(?:[Ll]at(?:itude?|itud)?|[Ll]ng|[Ll]on(?:g|gitude?|gitud)?)\\.? ?[:=]? ?`;

const LATITUDE_TEXT = decimal(NORTH_SOUTH, latitude(ANY));
const LONGITUDE_TEXT = decimal(EAST_WEST, longitude(ANY));
const PRECISE_LATITUDE = decimal(NORTH_SOUTH, latitude(PRECISE));
const PRECISE_LONGITUDE = decimal(EAST_WEST, longitude(PRECISE));
/** Nine digits at most, and east or west has to be told: nobody writes a telephone number like that. */
const ROUNDED_PAIR =
  `${decimal(NORTH_SOUTH, latitude(ROUNDED))}${BETWEEN}` +
  `(?:${withSide(EAST_WEST, longitude(ROUNDED))}|- ?${longitude(ROUNDED)}(?:${DEGREE})?)`;
const WITH_COMMAS = `${SIGN}(?:[0-8]?\\d|90)${COMMA_FRACTION}(?: ?[;/] ?| (?=[-+]))${SIGN}(?:1[0-7]\\d|180|\\d{1,2})${COMMA_FRACTION}`;
// Not in the middle of more numbers: those could be a telephone's.
const BEFORE = '(?<!\\p{N}[-./, ]{0,2}|[-+.])';
const AFTER = '(?![-./, ]{0,2}\\p{N}|°)';
const ZOOM = `(?:,\\d{1,2}(?:${FRACTION})?z)?`;

/**
 * Coordinates in text that `foldSeen` gave, as a pattern for the `u` flag, without groups. Two numbers
 * that could be a telephone's are a latitude and a longitude on earth, with three decimals or more each.
 */
export const COORDINATES = [
  `${BEFORE}${PRECISE_LATITUDE}${BETWEEN}${PRECISE_LONGITUDE}${ZOOM}${AFTER}`,
  `${BEFORE}${ROUNDED_PAIR}${ZOOM}${AFTER}`,
  `(?<!\\p{N})${sexagesimal(NORTH_SOUTH)}[ ,;]{0,3}${sexagesimal(EAST_WEST)}(?!\\p{N})`,
  `${BEFORE}${WITH_COMMAS}(?![-./, ]{0,2}\\p{N})`,
  `(?<![\\p{L}\\p{N}])${ONE}${PRECISE_LATITUDE}[ ,;/\\n]{1,3}${ONE}${PRECISE_LONGITUDE}${AFTER}`,
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

const EARTH_RADIUS_METERS = 6_371_000;
const radians = (degrees: number): number => (degrees * Math.PI) / 180;

/** How far two points are from one another along the ground, in meters. */
export function metersBetween(one: Coordinates, other: Coordinates): number {
  const north = Math.sin(radians(other.latitude - one.latitude) / 2) ** 2;
  const east = Math.sin(radians(other.longitude - one.longitude) / 2) ** 2;
  const parallels = Math.cos(radians(one.latitude)) * Math.cos(radians(other.latitude));
  return 2 * EARTH_RADIUS_METERS * Math.asin(Math.sqrt(Math.min(1, north + parallels * east)));
}

const ANYWHERE = new RegExp(COORDINATES, 'u');
const EVERYWHERE = new RegExp(COORDINATES, 'gu');

/** Puts letters in the place of coordinates: every other place of the text stays as it is. */
export const coverCoordinates = (seen: string): string =>
  seen.replace(EVERYWHERE, (found) => 'x'.repeat(found.length));

/** Coordinates among words, and where they stand in the text; undefined where there are none. */
export function findCoordinates(
  text: string,
): (Coordinates & { readonly start: number; readonly end: number }) | undefined {
  const whole = coordinatesIn(text);
  if (whole !== undefined) return { ...whole, start: 0, end: text.length };
  const folded = foldSeen(text);
  const found = ANYWHERE.exec(folded.text);
  if (found === null) return undefined;
  // A hyphen before a blank stands between words.
  const [, loose = '', degrees = ''] = /^([-+] )?(.*?)(?:,[^,]*z)?$/su.exec(found[0]) ?? [];
  const coordinates = coordinatesIn(degrees);
  if (coordinates === undefined) return undefined;
  const end = found.index + found[0].length;
  return { ...coordinates, start: folded.at(found.index + loose.length), end: folded.at(end) };
}

const show = ({ latitude, longitude }: Coordinates, placesMin: number): string =>
  [latitude, longitude]
    .map((degrees) => {
      const rounded = Number(degrees.toFixed(PLACES_MAX)) + 0;
      const places = rounded.toFixed(PLACES_MAX).replace(/0+$/, '').split('.')[1]?.length ?? 0;
      return rounded.toFixed(Math.max(placesMin, places));
    })
    .join(',');

/** Coordinates as `latitude,longitude` in degrees: one spelling for one place. */
export const showCoordinates = (coordinates: Coordinates): string => show(coordinates, 0);

/** The same for a public record, where three decimals tell them from the number of a telephone. */
export const publishCoordinates = (coordinates: Coordinates): string =>
  show(coordinates, PLACES_MIN);
