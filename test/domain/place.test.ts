import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { foldPlace, readPlace } from '../../src/domain/place.ts';

describe('the words for a place', () => {
  it.each([
    ['Live Oak Park 37.8839,-122.2690', 'Live Oak Park'],
    ['Live Oak Park (37.8839, -122.2690)', 'Live Oak Park'],
    ['Live Oak Park [37.8839; -122.2690]', 'Live Oak Park'],
    ['37.8839, -122.2690, Live Oak Park', 'Live Oak Park'],
    ['37.8839, -122.2690 (the gate)', 'the gate'],
    ['Live Oak Park, geo:37.8839,-122.2690', 'Live Oak Park'],
    ['Live Oak Park, 37.88390 N 122.26900 W, at the oven', 'Live Oak Park, at the oven'],
    ['Live Oak Park lat: 37.8839, lon: -122.2690', 'Live Oak Park'],
    ['Parque Live Oak — 37,8839 -122,2690', 'Parque Live Oak'],
    ['Live Oak Park ３７．８８３９，−１２２．２６９０', 'Live Oak Park'],
  ])('%s: coordinates, and the name %s', (words, name) => {
    const place = readPlace(words);
    expect(place.name).toBe(name);
    expect(place.coordinates?.latitude).toBeCloseTo(37.8839, 5);
    expect(place.coordinates?.longitude).toBeCloseTo(-122.269, 5);
  });

  it.each([
    '37.8839, -122.2690',
    '(37.8839, -122.2690)',
    'at 37.8839, -122.2690',
    'GPS 37.8839,-122.2690',
    '📍37.8839,-122.2690',
    'https://maps.example/?q=37.8839,-122.2690',
    'https://maps.example/@37.8839,-122.2690,17z',
    // Without them a number or an address would come together.
    '510 555 (37.8839, -122.2690) 0199 gate',
    'ana @(37.8839, -122.2690) example.com',
    'Corner 12th St, 94704 (37.8839, -122.2690) 1234 Main',
  ])('%s: coordinates, and no name but all of it', (words) => {
    const place = readPlace(words);
    expect(place.name).toBe(words);
    expect(place.coordinates?.latitude).toBeCloseTo(37.8839, 5);
    expect(place.coordinates?.longitude).toBeCloseTo(-122.269, 5);
  });

  it.each(['Live Oak Park', '5th & Main', 'Gate 37.88', 'Bus 51, 52 and 67', '🌳'])(
    '%s: no coordinates',
    (words) => {
      expect(readPlace(words)).toEqual({ name: words, coordinates: undefined });
    },
  );

  it('have a name in which no coordinates are left, or are that name', () => {
    const part = fc.constantFrom('Park', 'the', '5th', '(', ')', ',', '37.8839,-122.2690', '🌳');
    fc.assert(
      fc.property(fc.array(part, { minLength: 1, maxLength: 6 }), (parts) => {
        const words = parts.join(' ');
        const { name, coordinates } = readPlace(words);
        expect(foldPlace(name)).not.toBe('');
        if (coordinates === undefined) expect(name).toBe(words);
        else if (name !== words) expect(words.length).toBeGreaterThan(name.length);
      }),
    );
  });
});
