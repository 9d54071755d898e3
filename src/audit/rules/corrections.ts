/** Checks what a city does to credits on its own account: corrections, and expiry. */
import type { Ref } from '../inspect.ts';
import { NOWHERE } from '../repository.ts';
import type { Authority } from './authority.ts';
import { type Context, isParticipant, keysOf, type Looked } from './context.ts';
import { follow } from './follow.ts';

type Transfer = Looked<'transfer'>;

const DORMANT_DAYS = 365;
const US_PER_DAY = 86_400_000_000;

/** A correction says why, and two admins answer for it, neither of whom has the credits. */
function unsignedFault(value: Transfer['value'], account: string): string | undefined {
  const { reason, askedBy, agreedBy } = value;
  if (reason === undefined || reason.trim() === '') return 'It corrects without a reason.';
  if (askedBy === undefined || agreedBy === undefined) {
    return 'It does not say who asked for the correction and who agreed to it.';
  }
  if (!isParticipant(askedBy) || !isParticipant(agreedBy)) {
    return 'It names an admin by something else than a participant id.';
  }
  if (askedBy === agreedBy) return `${askedBy} asked for the correction and agreed to it alone.`;
  const own = [askedBy, agreedBy].find((admin) => account === `person:${admin}`);
  return own === undefined ? undefined : `${own} had a part in a correction of their own credits.`;
}

/** What an operator undoes is no correction of admins. */
function signedFault({ undoneBy, askedBy, agreedBy }: Transfer['value']): string | undefined {
  if (!isParticipant(undoneBy ?? '')) {
    return 'It names an operator by something else than a participant id.';
  }
  const isSigned = askedBy !== undefined || agreedBy !== undefined;
  return isSigned ? 'It says both that admins corrected and that a counter undid it.' : undefined;
}

export type Corrections = ReturnType<typeof createCorrections>;

export function createCorrections(context: Context, wasAdmin: Authority['wasAdmin']) {
  const keys = keysOf(context, 'transfer');
  /** By place, what can be corrected: nothing of a correction, and nothing of what moved nothing. */
  const amounts = new Float64Array(keys.rkeys.length);
  const taken = new Map<number, number>();
  const given = new Map<number, number>();
  /** When the person of an account last earned or redeemed (µs). */
  const lastActive = new Map<string, number>();

  /** To be told of each transfer that moved credits, in the order of the chain. */
  const moved = ({ value, at }: Transfer): void => {
    const { code, amount, timeUs } = value;
    if (code !== 'adjust') amounts[at] = amount;
    if (code === 'issue') lastActive.set(value.credit, timeUs);
    if (code === 'burn') lastActive.set(value.debit, timeUs);
  };

  /**
   * An `adjust` takes back or gives again at most what one earlier transfer moved, whose place is
   * answered. The operator of a counter who undoes a confirmation needs no two admins.
   */
  const checkAdjust = ({ value, at, uri, fail }: Transfer): number => {
    const isGiven = value.debit === 'adjustment';
    const account = isGiven ? value.credit : value.debit;
    const time = Date.parse(value.createdAt);
    const isUndo = value.undoneBy !== undefined;
    const unsigned = isUndo ? signedFault(value) : unsignedFault(value, account);
    if (unsigned !== undefined) fail('transfer-kind', unsigned);
    else if (!isUndo) {
      for (const who of [value.askedBy, value.agreedBy]) {
        if (!wasAdmin(who, time)) fail('act-unauthorized', `${who} was no admin then.`);
      }
    }
    const { uri: corrected } = value.reference as Ref;
    const change = isGiven ? `gives ${value.amount} to` : `takes ${value.amount} from`;
    if (!isUndo)
      context.note('adjusted', uri, `A correction of ${corrected} ${change} ${account}.`);

    const target = follow(context, value.reference as Ref, { kind: 'transfer', from: uri, time });
    if (target === NOWHERE) return NOWHERE;
    const amount = amounts[target] as number;
    if (target >= at || amount === 0) {
      fail(
        'transfer-kind',
        `It corrects ${corrected}, which is no earlier one that moved credits.`,
      );
      return NOWHERE;
    }
    const { debit, credit, creditKind } = context.repository.value(keys, target) ?? {};
    if ((account !== debit && account !== credit) || creditKind !== value.creditKind) {
      fail('transfer-kind', `It corrects ${corrected}, which is of another account or credits.`);
    }
    const sums = isGiven ? given : taken;
    const sum = (sums.get(target) ?? 0) + value.amount;
    sums.set(target, sum);
    if (sum <= amount) return target;
    const what = isGiven ? 'given again' : 'taken back';
    fail('transfer-kind', `With it ${sum} were ${what} of the ${amount} of ${corrected}.`);
    return target;
  };

  /** Only credits expire whose holder neither earned nor redeemed anything for 365 days. */
  const checkExpire = ({ value, fail }: Transfer): void => {
    const last = lastActive.get(value.debit);
    if (last === undefined || value.timeUs - last >= DORMANT_DAYS * US_PER_DAY) return;
    const days = Math.floor((value.timeUs - last) / US_PER_DAY);
    const sentence = `${value.debit} earned or redeemed ${days} days before; credits expire after ${DORMANT_DAYS}.`;
    fail('transfer-kind', sentence);
  };

  return { moved, checkAdjust, checkExpire };
}
