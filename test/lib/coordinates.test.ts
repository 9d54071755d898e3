import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { coordinatesIn, showCoordinates } from '../../src/lib/coordinates.ts';

const shown = (text: string): string | undefined => {
  const found = coordinatesIn(text);
  return found && showCoordinates(found);
};

describe('a text of nothing but coordinates', () => {
  it.each([
    ['37.8715, -122.2730', '37.8715,-122.273'],
    ['37.8715,-122.2730', '37.8715,-122.273'],
    ['37.8715 -122.2730', '37.8715,-122.273'],
    ['(37.87, -122.27)', '37.87,-122.27'],
    ['[37.87,-122.27]', '37.87,-122.27'],
    ['geo:37.8715,-122.2730', '37.8715,-122.273'],
    ['geo:37.8715,-122.2730?z=15', '37.8715,-122.273'],
    ['geo:37.8715,-122.2730;u=35', '37.8715,-122.273'],
    ['３７．８７１５，　−１２２．２７３０', '37.8715,-122.273'],
    ['−33.4489, −70.6693', '-33.4489,-70.6693'],
    ['19.4326° N, 99.1332° W', '19.4326,-99.1332'],
    ['19.4326N 99.1332O', '19.4326,-99.1332'],
    ['33.4489 S, 70.6693 W', '-33.4489,-70.6693'],
    ['lat 37.8715, lon -122.2730', '37.8715,-122.273'],
    ['Lat: 37.8715 Long: -122.2730', '37.8715,-122.273'],
    ['37°52\'17"N 122°16\'21"W', '37.8713889,-122.2725'],
    ['37° 52′ 17″ N, 122° 16′ 21″ W', '37.8713889,-122.2725'],
    ['37º52\'17"N 122º16\'21"O', '37.8713889,-122.2725'],
    ['N 37° 52.283 W 122° 16.350', '37.8713833,-122.2725'],
    ['37,8715; -122,2730', '37.8715,-122.273'],
    ['37,8715 -122,2730', '37.8715,-122.273'],
    ['37.8715,\n-122.2730', '37.8715,-122.273'],
    ['37.8715 north, 122.2730 west', '37.8715,-122.273'],
    ['33.4489 Sur 70.6693 Oeste', '-33.4489,-70.6693'],
    ['41.3874 norte, 2.1686 este', '41.3874,2.1686'],
    ['0.5, -0.25', '0.5,-0.25'],
    ['-0.0, 10.5', '0,10.5'],
  ])('%s is %s', (text, coordinates) => {
    expect(shown(text)).toBe(coordinates);
  });

  it.each([
    '37.8715',
    '12, 15',
    '37, -122',
    '97.8715, -122.2730',
    '37.8715, -222.2730',
    'at 37.8715, -122.2730',
    '37.8715, -122.2730 (the gate)',
    '8th St bridge',
    '510-555-0130',
    '510.555.0130',
    '',
  ])('is not: %s', (text) => {
    expect(shown(text)).toBeUndefined();
  });

  it('is read again as it is shown', () => {
    const degrees = (max: number) => fc.double({ min: -max, max, noNaN: true });
    fc.assert(
      fc.property(degrees(90), degrees(180), (latitude, longitude) => {
        const text = `${latitude.toFixed(5)}, ${longitude.toFixed(5)}`;
        const once = shown(text);
        expect(once).toBeDefined();
        expect(once?.split(',').map(Number)).toEqual([
          Number(latitude.toFixed(5)) + 0,
          Number(longitude.toFixed(5)) + 0,
        ]);
      }),
    );
  });
});
