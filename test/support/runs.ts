// How often what is tried at random is tried: `npm test`, which people wait for, tries it fewer times than
// `npm run test:long`, which runs each file that asks here once more.

const isLong = process.env['TEST_LONG'] === '1';

/** `long` in `npm run test:long`, and `short` in `npm test`. */
export const runs = (short: number, long: number): number => (isLong ? long : short);
