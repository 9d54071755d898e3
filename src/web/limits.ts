/** How often one reader may ask for what costs something. */
import type { Context, MiddlewareHandler } from 'hono';
import { problem } from './problem-page.ts';
import { createRate } from './rate.ts';
import { readerOf } from './reader.ts';

/**
 * Twenty a second, for as long as one likes: thirty people behind one address who each open twenty
 * pages with a photo in a minute stay below it.
 */
export const REQUESTS_A_MINUTE_MAX = 1200;

/**
 * Lets a reader through this often, and then answers 429 with when to come again. `addressOf` tells
 * who asks; whoever it does not know is not limited.
 */
export function limitReaders(
  addressOf: (c: Context) => string | undefined,
  now?: () => number,
): MiddlewareHandler {
  const take = createRate(REQUESTS_A_MINUTE_MAX, now);
  return async (c, next) => {
    const address = addressOf(c);
    const retrySeconds = address === undefined ? undefined : take(readerOf(address));
    if (retrySeconds === undefined) return next();
    c.header('Retry-After', String(retrySeconds));
    c.header('Cache-Control', 'no-store');
    return problem(c, 429);
  };
}
