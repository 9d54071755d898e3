import { expect, test } from 'vitest';
import { createAmounts } from '../../src/conversation/amounts.ts';
import { LANGUAGES } from '../../src/languages/index.ts';

const { credits, slots, nameAndCredits } = createAmounts(LANGUAGES);

test('a number may say what it counts', () => {
  expect(credits('30')).toBe(30);
  expect(credits('30 CITY credits')).toBe(30);
  expect(credits('1,200 créditos')).toBe(1200);
  expect(slots('10 people')).toBe(10);
});

test('what is too long for a number is none, and is not looked at', () => {
  const long = `1${'\u3000'.repeat(200)}credits`;
  expect(credits(long)).toBeNaN();
  expect(slots(long)).toBeNaN();
});

test.each([
  ['1,000', 1000],
  ['1.000', 1000],
  ['1 000', 1000],
  ['1’000', 1000],
  ["1'000", 1000],
  ['10,000 credits', 10_000],
  ['10.000 créditos', 10_000],
  ['1.234.567', 1_234_567],
  ['1\u00a0234\u202f567', 1_234_567],
  ['１０，０００', 10_000],
  ['١٬٠٠٠', 1000],
  ['+1,500', 1500],
])('%s is %i', (text, count) => {
  expect(credits(text)).toBe(count);
});

test.each([
  '1.5',
  '1,5',
  '0.500',
  '0,500',
  '1.000,5',
  '1,000.00',
  '1,00',
  '1,0000',
  '1,000.000',
  '½',
  '10½',
  '10²',
  '1 00',
  '1--000',
])('%s is no whole number', (text) => {
  expect(credits(text)).toBeNaN();
});

test.each([
  ['Creek Friends 1,000', 'Creek Friends', 1000],
  ['Creek Friends 1.000 créditos', 'Creek Friends', 1000],
  ['Creek Friends 1 000', 'Creek Friends', 1000],
  ['Creek Friends 12 000 000 credits', 'Creek Friends', 12_000_000],
  ['Creek Friends 1’500', 'Creek Friends', 1500],
  ['Creek Friends 1\u202f500', 'Creek Friends', 1500],
  ['Troop 24 500', 'Troop 24', 500],
  ['Tropa 24 1.500', 'Tropa 24', 1500],
])('%s names a partner and its credits', (text, name, amount) => {
  expect(nameAndCredits(text)).toEqual({ name, credits: amount, isNext: false });
});

test.each(['Creek Friends 3\u03360\u0336', 'Creek Friends 5\ufe0f\u20e30\ufe0f\u20e3'])(
  'digits with marks, such as struck-out ones, name no credits: %s',
  (text) => expect(nameAndCredits(text)).toBeUndefined(),
);

test.each([
  ['10 credits please', 10],
  ['30 each', 30],
  ['30 credits each', 30],
  ['about 25 credits per person', 25],
  ["let's say 20", 20],
  ['make it 40, thanks', 40],
  ['only 15.', 15],
  ['30 créditos por persona', 30],
  ['20 cada quien, o no', Number.NaN],
  ['serían 30 por favor', 30],
  ['15 c/u', 15],
  ['twenty each', 20],
  ['20 to 30', Number.NaN],
  ['max', Number.NaN],
  ['max -20', Number.NaN],
  ['only 1.5', Number.NaN],
])('a number of credits says how many beside it: %j', (text, number) =>
  expect(credits(text)).toBe(number),
);

test.each([
  ['max 20', 20],
  ['20 people max', 20],
  ['up to 20 people', 20],
  ['no more than 20', 20],
  ['1,200 people', 1200],
  ['1,200 people please', 1200],
  ['20 personas como máximo', 20],
  ['hasta 20 personas', 20],
  ['máximo 20', 20],
  ['no más de 20', 20],
])('so does a number of people: %j', (text, number) => expect(slots(text)).toBe(number));

test.each([
  ['Troop 24 500 NEXT', 'Troop 24', 500],
  ['Troop 24 500 credits, next quarter', 'Troop 24', 500],
  ['Tropa 24 1.500 créditos PRÓXIMO', 'Tropa 24', 1500],
])('%s names credits of the next epoch', (text, name, amount) => {
  expect(nameAndCredits(text)).toEqual({ name, credits: amount, isNext: true });
});
