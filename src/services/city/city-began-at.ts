import { CITY_KEY } from '../../records/kinds/city.ts';
import type { Context } from '../context.ts';

/** When the city began (ms): when its record was first written. Throws before that. */
export function cityBeganAt({ records }: Context): number {
  const city = records.get('city', CITY_KEY);
  if (city === undefined) throw new Error('cityBeganAt: the city has no record yet');
  return Date.parse(city.createdAt);
}
