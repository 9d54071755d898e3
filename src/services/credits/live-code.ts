import { codeFrom } from '../../domain/code.ts';
import { type Keys, withEither } from '../../lib/crypto.ts';
import type { Redemption } from '../../store/redemptions.ts';
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

const derived = ({ derive }: Keys, seed: string): string =>
  codeFrom(derive('redemption-code', seed));

/** The code of a redemption, derived again from its seed: it is stored nowhere. */
export const codeOf = (
  { keys }: Pick<Context, 'keys'>,
  { codeSeed, codeLookup }: Pick<Redemption, 'codeSeed' | 'codeLookup'>,
): string =>
  withEither(keys, (those) => {
    const code = derived(those, codeSeed);
    return those.secretLookup('code', code) === codeLookup ? code : undefined;
  }) ?? derived(keys, codeSeed);

/** The redemption of a code that somebody says; undefined for a code that nobody has. */
export const findByCode = ({ keys, tx }: Pick<Context, 'keys' | 'tx'>, code: string) =>
  withEither(keys, ({ secretLookup }) => tx.redemptions.byCode(secretLookup('code', code)));

/** A seed with its code; that nobody else has it is left to chance, and to the database. */
export function newCode({ keys, random }: Context): { seed: string; code: string; lookup: string } {
  const seed = hex(random.bytes(SEED_BYTES));
  const code = derived(keys, seed);
  return { seed, code, lookup: keys.secretLookup('code', code) };
}
