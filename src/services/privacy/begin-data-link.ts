import { MINUTE_MS } from '../../lib/clock.ts';
import { publicAddress } from '../../lib/public-address.ts';
import { ok, type RefusalOf, type Result } from '../../lib/result.ts';
import type { Context } from '../context.ts';
import { isProven } from '../people/must-prove.ts';

export const DATA_LINK_MINUTES = 30;
const TOKEN_BYTES = 16;

/**
 * The address of a page that shows a person, once, all that is kept about them; the one before it is
 * void. Undefined for a city that has no address on the web.
 */
export function beginDataLink(
  context: Context,
  personId: number,
): Result<string | undefined, RefusalOf<typeof isProven>> {
  const { tx, now, keys, random, publicUrl } = context;
  const proven = isProven(context, personId);
  if (!proven.ok) return proven;
  if (publicUrl === undefined) return ok(undefined);
  const token = [...random.bytes(TOKEN_BYTES)]
    .map((byte) => byte.toString(16).padStart(2, '0'))
    .join('');
  tx.myData.endLinks(personId);
  tx.myData.addLink({
    lookup: keys.secretLookup('data', token),
    personId,
    expiresAt: now + DATA_LINK_MINUTES * MINUTE_MS,
  });
  return ok(publicAddress(publicUrl, `/my-data/${token}`));
}
