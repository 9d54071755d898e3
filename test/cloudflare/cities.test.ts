import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  citiesOf,
  configurationOf,
  folderOf,
  keyAt,
  variablesOf,
} from '../../src/cloudflare/cities.ts';
import { readWorkerSettings } from '../../src/cloudflare/settings.ts';

const SECRET_KEY = `${'A'.repeat(43)}=`;

describe('one city', () => {
  const bindings = { PUBLIC_URL: 'https://city.example', CITY: {} };

  test('has every address, all variables and all of the bucket', () => {
    expect(keyAt('anything.example', bindings)).toBe('city');
    const [only] = citiesOf(bindings);
    expect(only && variablesOf(only, bindings)).toEqual({ PUBLIC_URL: 'https://city.example' });
    expect(folderOf('city', bindings)).toBe('');
  });
});

describe('several cities', () => {
  const bindings = {
    CITIES: 'san, san-leandro oakland',
    SAN_PUBLIC_URL: 'https://san.example',
    SAN_LEANDRO_PUBLIC_URL: 'https://leandro.example:8443/bot',
    OAKLAND_PUBLIC_URL: 'no address',
    SAN_LEANDRO_TWILIO_AUTH_TOKEN: 'of san leandro',
    TWILIO_AUTH_TOKEN: 'of nobody',
  };

  test('are found by the host of their public address', () => {
    expect(keyAt('san.example', bindings)).toBe('san');
    expect(keyAt('leandro.example:8443', bindings)).toBe('san-leandro');
    expect(keyAt('leandro.example', bindings)).toBeUndefined();
    expect(keyAt('oakland.example', bindings)).toBeUndefined();
    expect(folderOf('san', bindings)).toBe('san/');
  });

  test('have nothing of one another, though one’s name begins as the other’s does', () => {
    const [san, leandro, oakland] = citiesOf(bindings);
    expect(san && variablesOf(san, bindings)).toEqual({ PUBLIC_URL: 'https://san.example' });
    expect(leandro && variablesOf(leandro, bindings)).toEqual({
      PUBLIC_URL: 'https://leandro.example:8443/bot',
      TWILIO_AUTH_TOKEN: 'of san leandro',
    });
    expect(oakland && variablesOf(oakland, bindings)).toEqual({ PUBLIC_URL: 'no address' });
  });

  test('have files of their own, and what is wrong names whose it is', async () => {
    const CITIES = 'oakland,nowhere';
    const [oakland, nowhere] = citiesOf({ CITIES });
    expect(JSON.parse((oakland && (await configurationOf(oakland))) ?? '')).toMatchObject({
      name: 'Oakland',
    });
    await expect(nowhere && configurationOf(nowhere)).rejects.toThrow(
      'cities/nowhere.json is missing',
    );
    await expect(
      readWorkerSettings('oakland', { CITIES, OAKLAND_SECRET_KEY: SECRET_KEY }),
    ).rejects.toThrow(/^PUBLIC_URL is missing.*Of oakland, whose settings begin with OAKLAND_/);
  });

  test('share no host', async () => {
    const CITIES = 'oakland,san-leandro';
    const at = {
      OAKLAND_PUBLIC_URL: 'https://a.example/one',
      SAN_LEANDRO_PUBLIC_URL: 'https://a.example/two',
    };
    await expect(
      readWorkerSettings('oakland', { CITIES, ...at, OAKLAND_SECRET_KEY: SECRET_KEY }),
    ).rejects.toThrow(/has the host of san-leandro too/);
  });

  test.each(['city', 'Oakland', '1', 'a/b', 'oakland,oakland', '../city', 'a_b'])(
    'CITIES may not be %s',
    (CITIES) =>
      expect(() => citiesOf({ CITIES })).toThrow(/^CITIES (must be different keys|may not)/),
  );
});

test('no variable is ever of two cities', () => {
  const key = fc.stringMatching(/^[a-z][a-z0-9]{0,3}(?:-[a-z0-9]{1,3}){0,2}$/);
  fc.assert(
    fc.property(
      fc.uniqueArray(key, { minLength: 1, maxLength: 6 }),
      fc.array(fc.stringMatching(/^[A-Z0-9_]{1,14}$/), { maxLength: 20 }),
      (keys, names) => {
        const own = keys.map((one) => `${one.replaceAll('-', '_').toUpperCase()}_PUBLIC_URL`);
        const bindings = {
          ...Object.fromEntries([...names, ...own].map((name) => [name, name])),
          CITIES: keys.join(','),
        };
        const cities = citiesOf(bindings);
        const taken = cities.flatMap((city) => Object.values(variablesOf(city, bindings)));
        expect(new Set(taken).size).toBe(taken.length);
      },
    ),
  );
});
