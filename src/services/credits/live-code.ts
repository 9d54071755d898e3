import { codeFrom } from '../../domain/code.ts';
import type { Context } from '../context.ts';

/** A code that can still be honored. */
export type LiveCode = {
  /** The number of the redemption. */
  readonly redemption: number;
  readonly code: string;
  readonly title: string;
  readonly credits: number;
  readonly redeemer: string;
  /** In ms. */
  readonly expiresAt: number;
};

const SEED_BYTES = 16;

const hex = (bytes: Uint8Array): string =>
  Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');

/** The code of a redemption, derived again from its seed: it is stored nowhere. */
export const codeOf = (context: Context, seed: string): string =>
  codeFrom(context.keys.derive('redemption-code', seed));

/** A seed whose code nobody has, with that code. */
export function newCode(context: Context): { seed: string; code: string; lookup: string } {
  for (;;) {
    const seed = hex(context.random.bytes(SEED_BYTES));
    const code = codeOf(context, seed);
    const lookup = context.keys.secretLookup('code', code);
    if (!context.tx.redemptions.isCodeTaken(lookup)) return { seed, code, lookup };
  }
}
