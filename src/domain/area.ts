/** The areas of a city: where each of them is, and which of them a place is in. */
import { type Coordinates, metersBetween } from '../lib/coordinates.ts';
import { foldWords } from '../lib/text.ts';

/** A part of the city that people have a name for. */
export type Area = {
  readonly name: string;
  /** Other words for it, such as `south`. */
  readonly aliases?: readonly string[] | undefined;
  /** The corners of its outline, in order; the last is joined to the first. */
  readonly outline?: readonly Coordinates[] | undefined;
  /** Where nobody drew an outline: all that is at most so far from its center. */
  readonly center?: Coordinates | undefined;
  readonly radiusMeters?: number | undefined;
};

/** The area that coordinates are in: by the outlines, in their order; else by the nearest center. */
export function areaOf(coordinates: Coordinates, areas: readonly Area[]): Area | undefined {
  const drawn = areas.find(
    ({ outline }) => outline !== undefined && isWithin(coordinates, outline),
  );
  if (drawn !== undefined) return drawn;
  const [nearest] = areas
    .flatMap((area) => {
      if (area.center === undefined) return [];
      const meters = metersBetween(coordinates, area.center);
      return meters <= (area.radiusMeters ?? 0) ? [{ area, meters }] : [];
    })
    .sort((one, other) => one.meters - other.meters);
  return nearest?.area;
}

/** Does a line from here to the east cross the outline an odd number of times? */
function isWithin(point: Coordinates, outline: readonly Coordinates[]): boolean {
  // As seen from the first corner: an area may lie across the line where the day changes.
  const first = outline[0]?.longitude ?? 0;
  const east = ({ longitude }: Coordinates): number => ((longitude - first + 540) % 360) - 180;
  return outline.reduce((isIn, corner, at) => {
    const before = outline.at(at - 1) ?? corner;
    const north = corner.latitude - point.latitude;
    if (north > 0 === before.latitude - point.latitude > 0) return isIn;
    const share = north / (corner.latitude - before.latitude);
    return east(corner) + share * (east(before) - east(corner)) > east(point) ? !isIn : isIn;
  }, false);
}

const wordsFor = ({ name, aliases = [] }: Area): readonly string[] =>
  [name, ...aliases].map(foldWords);

/** The area that people call by these words, in whatever case and with or without accents. */
export function areaNamed(words: string, areas: readonly Area[]): Area | undefined {
  const folded = foldWords(words);
  return areas.find((area) => wordsFor(area).includes(folded));
}

/** An area that is named among words, and the words without its name. */
export type AreaFound = { readonly area: Area; readonly rest: string };

/** The area that is named among words; the longest name, where there are several. */
export function areaAmong(words: string, areas: readonly Area[]): AreaFound | undefined {
  const folded = ` ${foldWords(words)} `;
  const [found] = areas
    .flatMap((area) => wordsFor(area).map((name) => ({ area, name })))
    .filter(({ name }) => name !== '' && folded.includes(` ${name} `))
    .sort((one, other) => other.name.length - one.name.length);
  if (found === undefined) return undefined;
  return { area: found.area, rest: folded.replace(` ${found.name} `, ' ').trim() };
}

/** The area of a place, by its coordinates, or else by the words that people use for it. */
export function areaOfPlace(
  place: { readonly words: string; readonly coordinates: Coordinates | undefined },
  areas: readonly Area[],
): Area | undefined {
  const { words, coordinates } = place;
  const located = coordinates && areaOf(coordinates, areas);
  return located ?? areaAmong(words, areas)?.area;
}
