import { expect, it } from 'vitest';
import { countriesOf, isNumberOf } from '../../src/lib/countries.ts';

it.each([
  ['America/Los_Angeles', ['US']],
  ['America/Mexico_City', ['MX']],
  ['Europe/Berlin', ['DE']],
  // Countries list these by older names.
  ['Europe/Kyiv', ['UA']],
  ['America/Argentina/Buenos_Aires', ['AR']],
  ['US/Pacific', ['US']],
  ['UTC', []],
])('the time zone %s is of %j', (timeZone, countries) => {
  expect(countriesOf(timeZone)).toEqual(countries);
});

it.each([
  [['US'], '+15105550101', true],
  [['US'], '+14165550123', false],
  [['US', 'CA'], '+14165550123', true],
  [['US'], '+12425551234', false],
  [['MX'], '+525555550141', true],
  [['US', 'MX'], '+447911123456', false],
  [['RU'], '+77011234567', false],
  // Of no country that shares the code: it counts as of each.
  [['US'], '+10005550101', true],
  [['MX'], '+10005550101', false],
])('in %j: %s is %s', (countries, number, isOne) => {
  expect(isNumberOf(countries, number)).toBe(isOne);
});
