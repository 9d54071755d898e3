/** Checks that kind, code, accounts and references of a transfer go together. */
import type { Values } from '../kinds.ts';
import type { Account } from './accounts.ts';

/** Each code goes with these kinds of transfer, and with these accounts debited and credited. */
const SHAPES = {
  issue: { kinds: ['posted'], debit: ['issuance'], credit: ['person'] },
  hold: { kinds: ['pending'], debit: ['person'], credit: ['redeemed'] },
  burn: { kinds: ['post', 'posted'], debit: ['person'], credit: ['redeemed'] },
  release: { kinds: ['void'], debit: ['person'], credit: ['redeemed'] },
  expire: { kinds: ['posted', 'void'], debit: ['person'], credit: ['expired', 'redeemed'] },
  adjust: { kinds: ['posted'], debit: undefined, credit: undefined },
} as const;

type Code = keyof typeof SHAPES;

export type Accounts = { readonly from: Account; readonly to: Account };

/** A transfer of these codes rests on a record; a rule of its own follows the reference. */
export const FOUNDED: readonly string[] = ['issue', 'hold', 'adjust'];

/** Says in a sentence what does not go together in a transfer; undefined when all does. */
export function shapeFault(value: Values['transfer'], { from, to }: Accounts): string | undefined {
  const shape = Object.hasOwn(SHAPES, value.code) ? SHAPES[value.code as Code] : undefined;
  if (shape === undefined) return `"${value.code}" is not a code of the ledger.`;
  const { code, kind } = value;
  if (!(shape.kinds as readonly string[]).includes(kind)) return `${code} cannot be ${kind}.`;
  const isResolving = kind === 'post' || kind === 'void';
  if (isResolving !== (value.resolves !== undefined)) {
    return isResolving ? 'It names no transfer to resolve.' : `${code} resolves nothing.`;
  }
  if (FOUNDED.includes(code) && value.reference === undefined) {
    return `${code} rests on nothing.`;
  }
  // A burn that resolves no hold stands in for one that has ended.
  if (code === 'burn' && kind === 'posted' && value.reference === undefined) {
    return 'burn rests on nothing.';
  }
  if (code === 'adjust') {
    const isCorrection = from.kind === 'adjustment' || to.kind === 'adjustment';
    return isCorrection ? undefined : 'adjust is not to or from the account of adjustments.';
  }
  if (code === 'expire' && (kind === 'posted') !== (to.kind === 'expired')) {
    return `expire that is ${kind} cannot go to ${value.credit}.`;
  }
  const isFrom = (shape.debit as readonly string[] | undefined)?.includes(from.kind) ?? true;
  const isTo = (shape.credit as readonly string[] | undefined)?.includes(to.kind) ?? true;
  return isFrom && isTo ? undefined : `${code} cannot go from ${value.debit} to ${value.credit}.`;
}
