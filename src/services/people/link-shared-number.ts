import { bytesToHex } from '@noble/hashes/utils.js';
import { ok, type Refusal, type Result, refuse } from '../../lib/result.ts';
import type { Context } from '../context.ts';
import type { LinkAsk } from './agree-to-link.ts';
import type { At } from './agree-to-messages.ts';
import { isProven } from './must-prove.ts';
import { askedUntil, decideLinkOf, type LinkRefusal } from './say-link-code.ts';

const NAME_BYTES = 16;

/**
 * Somebody showed the number of their own phone: whoever has it here is asked at that phone. That
 * they shared it is their own agreement.
 */
export function linkSharedNumber(
  context: Context,
  asker: At,
  sharedId: number | null,
): Result<LinkAsk, LinkRefusal | Refusal<'link-no-phone'>> {
  const { tx, now, keys, random } = context;
  const proven = isProven(context, asker.personId);
  if (!proven.ok) return proven;
  const personId = sharedId === null ? undefined : tx.identities.get(sharedId)?.personId;
  if (sharedId === null || personId === undefined || personId === asker.personId) {
    return refuse('link-no-phone');
  }
  const decision = decideLinkOf(context, asker.personId, personId);
  if (!decision.ok) return decision;
  const lookup = keys.secretLookup('link', bytesToHex(random.bytes(NAME_BYTES)));
  tx.linkCodes.add({
    ...{ lookup, name: null, personId, identityId: sharedId, askerId: asker.identityId },
    ...{ step: 'owner', createdAt: now, expiresAt: askedUntil(context) },
  });
  return ok({ lookup, step: 'owner', asked: sharedId, other: asker.identityId });
}
