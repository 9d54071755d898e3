import { RECOVERY_SYMBOLS, recoveryCodeFrom } from '../../domain/move.ts';
import { ok, type Refusal, type Result } from '../../lib/result.ts';
import type { Context } from '../context.ts';
import { isProven } from './must-prove.ts';

/**
 * A person's recovery code, the first time that it is asked for; undefined once they have one. It is
 * told once: only its HMAC is kept. Source: domain.md, Phone lost, changed or recycled.
 */
export function giveRecoveryCode(context: Context, personId: number): string | undefined {
  return context.tx.accounts.recoveryOf(personId) === undefined
    ? writeRecoveryCode(context, personId)
    : undefined;
}

/** Another recovery code in the place of the one before. */
export function renewRecoveryCode(
  context: Context,
  personId: number,
): Result<string, Refusal<'number-returned'>> {
  const proven = isProven(context, personId);
  return proven.ok ? ok(writeRecoveryCode(context, personId)) : proven;
}

/** As `renewRecoveryCode`, for who has just shown who they are. */
export function writeRecoveryCode({ tx, now, keys, random }: Context, personId: number): string {
  const code = recoveryCodeFrom(random.bytes(RECOVERY_SYMBOLS));
  tx.accounts.putRecovery({
    ...{ personId, createdAt: now },
    lookup: keys.secretLookup('recovery', code),
  });
  return code;
}
