import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readMapLink } from '../../src/domain/map-link.ts';
import { readPlace } from '../../src/domain/place.ts';
import { namesPrivate } from '../../src/domain/public-words.ts';

const read = (words: string): string | undefined => {
  const result = readMapLink(words);
  return result.ok ? result.value : undefined;
};

describe('the link of a map', () => {
  it.each([
    ['https://www.google.com/maps/@37.8839,-122.269,17z', '37.8839,-122.269'],
    ['https://www.google.com/maps?q=37.8839,-122.269', '37.8839,-122.269'],
    ['https://maps.google.com/?q=37.8839%2C-122.269&z=17', '37.8839,-122.269'],
    ['https://maps.google.com.mx/maps?q=loc:19.4326,-99.1332', '19.4326,-99.1332'],
    ['https://www.google.com/maps/search/?api=1&query=37.8839,-122.269', '37.8839,-122.269'],
    ['https://www.google.com/maps/dir/?api=1&destination=37.8839,-122.269', '37.8839,-122.269'],
    ['https://maps.google.com/maps?ll=37.8839,-122.269&z=16', '37.8839,-122.269'],
    [
      'https://www.google.com/maps/place/Live+Oak+Park/@37.88,-122.26,17z/data=!3m1!4b1!8m2!3d37.8839!4d-122.269',
      'Live Oak Park (37.8839,-122.269)',
    ],
    [
      'https://maps.apple.com/?ll=37.8839,-122.269&q=Live%20Oak%20Park',
      'Live Oak Park (37.8839,-122.269)',
    ],
    [
      'https://maps.apple.com/place?coordinate=37.8839,-122.269&name=Caf%C3%A9',
      'Café (37.8839,-122.269)',
    ],
    ['https://www.openstreetmap.org/#map=17/37.8839/-122.269', '37.8839,-122.269'],
    [
      'https://www.openstreetmap.org/?mlat=37.8839&mlon=-122.269#map=17/37.1/-122.1',
      '37.8839,-122.269',
    ],
    ['https://waze.com/ul?ll=37.8839,-122.269&navigate=yes', '37.8839,-122.269'],
    ['Gate, geo:37.8839,-122.269?z=17', 'Gate (37.8839,-122.269)'],
    ['geo:0,0?q=37.8839,-122.269(Gate)', '37.8839,-122.269'],
    ['maps.google.com/?q=37.8839,-122.269', '37.8839,-122.269'],
    ['The gate https://maps.google.com/?q=37.8839,-122.269', 'The gate (37.8839,-122.269)'],
    ['https://maps.google.com/?q=37.8839,-122.269 the gate', 'the gate (37.8839,-122.269)'],
    ['Gate 5 https://maps.google.com/?q=37.8839,-122.269', 'Gate 5 (37.8839,-122.269)'],
  ])('%s is %s', (words, place) => {
    expect(read(words)).toBe(place);
  });

  it.each([
    'https://maps.app.goo.gl/Xy12AbCd',
    'Live Oak Park https://goo.gl/maps/Xy12AbCd',
    'https://maps.apple.com/?q=Live+Oak+Park',
    'https://maps.apple/p/Xy12AbCd',
    'https://www.google.com/maps/place/Live+Oak+Park',
    'https://osm.org/go/abcdefg--',
    'https://maps.google.com/?q=97.8839,-122.269',
    'geo:0,0?q=Live+Oak+Park',
  ])('without coordinates is refused: %s', (words) => {
    expect(readMapLink(words)).toMatchObject({ ok: false, refusal: { code: 'place-link' } });
  });

  it.each([
    'Live Oak Park',
    'Live Oak Park 37.8839,-122.2690',
    'geo:37.8839,-122.269?z=17',
    'https://creek.example/gate',
    'https://googleXcom.example/maps',
    'Live Oak Park 37.8839,-122.2690 https://maps.app.goo.gl/Xy12AbCd',
    'Ego: the café',
  ])('is no other words: %s', (words) => {
    expect(read(words)).toBe(words);
  });

  it('gives the point back wherever it is, with a name that is no secret', () => {
    const make = fc.constantFrom<(point: string, lat: string, lon: string) => string>(
      (point) => `https://www.google.com/maps/@${point},15z`,
      (point) => `https://www.google.com/maps?q=${encodeURIComponent(point)}`,
      (point) => `https://maps.apple.com/?ll=${point}&q=The%20park`,
      (_, lat, lon) => `https://www.openstreetmap.org/#map=12/${lat}/${lon}`,
      (_, lat, lon) => `https://www.openstreetmap.org/?mlat=${lat}&mlon=${lon}`,
      (point) => `Gate 5 geo:${point}`,
    );
    const degrees = (max: number) => fc.double({ min: -max, max, noNaN: true });
    fc.assert(
      fc.property(make, degrees(89.9), degrees(179.9), (link, latitude, longitude) => {
        const [lat, lon] = [latitude.toFixed(5), longitude.toFixed(5)];
        fc.pre(Number(lat) !== 0 || Number(lon) !== 0);
        const place = read(link(`${lat},${lon}`, lat, lon)) ?? '';
        const { coordinates } = readPlace(place);
        expect(coordinates?.latitude).toBeCloseTo(Number(lat), 6);
        expect(coordinates?.longitude).toBeCloseTo(Number(lon), 6);
        expect(namesPrivate(place)).toBe(false);
      }),
    );
  });

  it('is never an error, whatever stands in it', () => {
    const piece = fc.constantFrom(
      ...[
        'https://maps.google.com/',
        'geo:',
        '?q=',
        '@',
        '%',
        '%ZZ',
        '1,2',
        '!3d',
        '#map=',
        ' ',
        '[',
        '\\',
      ],
    );
    fc.assert(
      fc.property(
        fc.array(fc.oneof(piece, fc.string({ maxLength: 8 })), { maxLength: 8 }),
        (parts) => {
          expect(typeof readMapLink(parts.join('')).ok).toBe('boolean');
        },
      ),
    );
  });
});
