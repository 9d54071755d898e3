import { US_PER_MS } from '../../lib/clock.ts';
import { publishableTime, tidOf } from '../../lib/ids.ts';

/** The project has a key that follows from when the city began (ms): one city, one project. */
export const projectKey = (cityCreatedAt: number): string =>
  tidOf(publishableTime(cityCreatedAt * US_PER_MS, 0), 0);
