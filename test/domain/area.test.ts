import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Area, areaAmong, areaNamed, areaOf, areaOfPlace } from '../../src/domain/area.ts';
import { metersBetween } from '../../src/lib/coordinates.ts';

const at = (latitude: number, longitude: number) => ({ latitude, longitude });
const SOUTH: Area = {
  name: 'South Berkeley',
  aliases: ['south', 'Sur'],
  center: at(37.855, -122.272),
  radiusMeters: 1500,
};
const DOWNTOWN: Area = {
  name: 'Downtown',
  outline: [at(37.866, -122.275), at(37.866, -122.263), at(37.875, -122.263), at(37.875, -122.275)],
};
const WEST: Area = { name: 'West Berkeley' };
const AREAS = [WEST, SOUTH, DOWNTOWN];

describe('the area that coordinates are in', () => {
  it.each([
    ['its outline', at(37.87, -122.27), 'Downtown'],
    ['the circle around its center', at(37.85, -122.27), 'South Berkeley'],
    ['its outline, also where a circle reaches in', at(37.8661, -122.272), 'Downtown'],
    ['none, far from all', at(37.9, -122.27), undefined],
  ])('is told by %s', (_, point, name) => {
    expect(areaOf(point, AREAS)?.name).toBe(name);
  });

  it('is the one with the nearest center, where circles overlap', () => {
    const near = { ...SOUTH, name: 'Near', center: at(37.851, -122.27) };
    expect(areaOf(at(37.85, -122.27), [SOUTH, near])?.name).toBe('Near');
  });

  it('may lie across the line where the day changes', () => {
    const outline = [at(-18, 179), at(-16, 179), at(-16, -179), at(-18, -179)];
    const far = [{ name: 'Taveuni', outline }];
    expect(areaOf(at(-17, 180), far)?.name).toBe('Taveuni');
    expect(areaOf(at(-17, -179.5), far)?.name).toBe('Taveuni');
    expect(areaOf(at(-17, 178.9), far)).toBeUndefined();
    expect(areaOf(at(-17, 0), far)).toBeUndefined();
  });

  it('is on the inner side of an outline, from whatever corner it is drawn, either way around', () => {
    const corner = fc.record({ share: fc.double({ min: 0.2, max: 1, noNaN: true }) });
    const corners = fc.array(corner, { minLength: 3, maxLength: 12 });
    fc.assert(
      fc.property(
        ...[corners, fc.nat(), fc.nat(), fc.boolean()],
        fc.double({ min: 0, max: 2, noNaN: true }).filter((far) => Math.abs(far - 1) > 1e-6),
        (shape, towards, first, isBackwards, far) => {
          // A star around a point: from there each corner is in a direction of its own.
          const points = shape.map(({ share }, index) => {
            const angle = (2 * Math.PI * index) / shape.length;
            return at(10 + share * Math.sin(angle), 20 + share * Math.cos(angle));
          });
          const corner = points[towards % points.length] ?? at(0, 0);
          const point = at(10 + far * (corner.latitude - 10), 20 + far * (corner.longitude - 20));
          const turned = points.map(
            (_, index) => points[(index + first) % points.length] ?? corner,
          );
          const outline = isBackwards ? turned.toReversed() : turned;
          expect(areaOf(point, [{ name: 'Star', outline }]) !== undefined).toBe(far < 1);
        },
      ),
    );
  });
});

describe('the distance between two points', () => {
  it('is that along the ground, in meters', () => {
    expect(metersBetween(at(37.8716, -122.2727), at(37.8716, -122.2727))).toBe(0);
    expect(metersBetween(at(0, 0), at(0, 1))).toBeCloseTo(111_195, -1);
    expect(metersBetween(at(37.8716, -122.2727), at(37.8743, -122.2727))).toBeCloseTo(300, 0);
    expect(metersBetween(at(0, 179.999), at(0, -179.999))).toBeCloseTo(222, 0);
  });
});

describe('an area in words', () => {
  it.each([
    ['south', 'South Berkeley'],
    ['SUR', 'South Berkeley'],
    ['south  berkeley', 'South Berkeley'],
    ['downtown!', 'Downtown'],
    ['Berkeley', undefined],
    ['', undefined],
  ])('is found by its name or another word for it: %s', (words, name) => {
    expect(areaNamed(words, AREAS)?.name).toBe(name);
  });

  it('is found among others as a whole word, the longest first', () => {
    expect(areaAmong('creek south weekends', AREAS)).toEqual({
      area: SOUTH,
      rest: 'CREEK WEEKENDS',
    });
    expect(areaAmong('South Berkeley library', AREAS)?.rest).toBe('LIBRARY');
    expect(areaAmong('Southside', AREAS)).toBeUndefined();
  });

  it('is that of a place where no coordinates say otherwise', () => {
    const of = (words: string, coordinates?: { latitude: number; longitude: number }) =>
      areaOfPlace({ words, coordinates }, AREAS)?.name;
    expect(of('South Berkeley library')).toBe('South Berkeley');
    expect(of('South Berkeley library', at(37.87, -122.27))).toBe('Downtown');
    expect(of('West Berkeley pier', at(0, 0))).toBe('West Berkeley');
    expect(of('The pier')).toBeUndefined();
  });
});
