import { MINUTE_MS } from '../../lib/clock.ts';
import { publicAddress } from '../../lib/public-address.ts';
import type { Context } from '../context.ts';

export const DATA_LINK_MINUTES = 30;
const TOKEN_BYTES = 16;

/**
 * The address of a page that shows a person, once, all that is kept about them; the one before it is
 * void. Undefined for a city that has no address on the web.
 */
export function beginDataLink(
  { tx, now, keys, random, publicUrl }: Context,
  personId: number,
): string | undefined {
  if (publicUrl === undefined) return undefined;
  const token = [...random.bytes(TOKEN_BYTES)]
    .map((byte) => byte.toString(16).padStart(2, '0'))
    .join('');
  tx.myData.endLinks(personId);
  tx.myData.addLink({
    lookup: keys.secretLookup('data', token),
    personId,
    expiresAt: now + DATA_LINK_MINUTES * MINUTE_MS,
  });
  return publicAddress(publicUrl, `/my-data/${token}`);
}
