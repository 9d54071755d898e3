import { LINK_CODE_BYTES, linkCodeFrom, linkCodeName } from '../../domain/link.ts';
import { MINUTE_MS } from '../../lib/clock.ts';
import { ok, type Refusal, type Result } from '../../lib/result.ts';
import type { Context } from '../context.ts';
import type { At } from './agree-to-messages.ts';
import { isProven } from './must-prove.ts';

export const LINK_MINUTES = 10;
/** So many codes are drawn until one has a name that no other has; then the last one replaces it. */
const DRAWN_MAX = 50;

/**
 * Gives out a code that joins this person with the one who says it on another channel; the code
 * before it is void.
 */
export function beginLink(
  context: Context,
  { personId, identityId }: At,
): Result<string, Refusal<'number-returned'>> {
  const { tx, now, keys, random } = context;
  const may = isProven(context, personId);
  if (!may.ok) return may;
  tx.linkCodes.remove(personId);
  tx.linkCodes.forget(now);
  for (let drawn = 1; ; drawn += 1) {
    const code = linkCodeFrom(random.bytes(LINK_CODE_BYTES));
    const name = linkCodeName(code);
    const taken = tx.linkCodes.named(name);
    const lookup = keys.secretLookup('link', code);
    if (taken !== undefined) {
      if (drawn < DRAWN_MAX) continue;
      tx.linkCodes.end(taken.lookup);
    } else if (tx.linkCodes.get(lookup) !== undefined) continue;
    tx.linkCodes.add({
      ...{ lookup, name, personId, identityId, askerId: null, step: null, createdAt: now },
      expiresAt: now + LINK_MINUTES * MINUTE_MS,
    });
    return ok(code);
  }
}
