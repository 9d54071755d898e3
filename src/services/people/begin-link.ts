import { LINK_CODE_BYTES, linkCodeFrom } from '../../domain/link.ts';
import { MINUTE_MS } from '../../lib/clock.ts';
import type { Context } from '../context.ts';

export const LINK_MINUTES = 10;

/**
 * Gives out a code that joins this person with the one who says it on another channel; the code
 * before it is void.
 */
export function beginLink({ tx, now, keys, random }: Context, personId: number): string {
  tx.linkCodes.remove(personId);
  tx.linkCodes.forget(now);
  for (;;) {
    const code = linkCodeFrom(random.bytes(LINK_CODE_BYTES));
    const lookup = keys.secretLookup('link', code);
    if (tx.linkCodes.get(lookup) !== undefined) continue;
    tx.linkCodes.add({
      lookup,
      personId,
      createdAt: now,
      expiresAt: now + LINK_MINUTES * MINUTE_MS,
    });
    return code;
  }
}
