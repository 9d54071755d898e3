import { keptReason } from '../../domain/alike.ts';
import type { decideMove } from '../../domain/move.ts';
import { LOST_MOVE_DAYS, moveDueAt } from '../../domain/move.ts';
import { withEither } from '../../lib/crypto.ts';
import { ok, type Refusal, type RefusalOf, type Result, refuse } from '../../lib/result.ts';
import { guessCode } from '../budgets/guess-code.ts';
import type { Context } from '../context.ts';
import { adminsOf, isAdmin } from '../roles.ts';
import type { At } from './agree-to-messages.ts';
import { mayMove, oldAddresses } from './begin-move.ts';

/** An admin is asked for an account, with the addresses that it has and is to have. */
export type MoveAsked = {
  readonly id: number;
  readonly from: number;
  readonly to: number;
  readonly tell: readonly number[];
  /** The addresses of the account: each hears of it at once, and stops it with any word. */
  readonly old: readonly number[];
};

/**
 * Somebody who has lost the code names the old number. Undefined where nobody has that number, which
 * they do not learn. Asking costs a guess, so that nobody tries many numbers.
 */
export function askMove(
  context: Context,
  at: At,
  number: string,
): Result<
  MoveAsked | undefined,
  Refusal<'guesses-wait' | 'link-locked'> | RefusalOf<typeof decideMove>
> {
  const { tx, now, keys, unproven } = context;
  const guess = guessCode(context, at.personId);
  if (!guess.ok) {
    const { code: why, params } = guess.refusal;
    return why === 'guesses-locked' ? refuse('link-locked') : refuse(why, params);
  }
  guess.value.countWrong();
  const from = withEither(keys, ({ identityLookup }) =>
    tx.identities.idOf('sms', identityLookup('sms', number)),
  );
  const personId = from === undefined ? undefined : tx.identities.get(from)?.personId;
  if (from === undefined || personId === undefined) return ok(undefined);
  const isReturned = personId === at.personId && unproven.has(personId);
  const may = mayMove(context, at, personId);
  if (!may.ok && may.refusal.code === 'move-under-way') return ok(undefined);
  if (!may.ok && !(isReturned && may.refusal.code === 'move-own')) {
    // That one decided about the other's work would tell whose number it is.
    return may.refusal.code === 'link-judged' ? ok(undefined) : may;
  }
  const id = tx.moves.add({
    ...{ personId, identityId: at.identityId, oldIdentityId: from, state: 'asked' },
    ...{ createdAt: now, dueAt: null },
  });
  const old = oldAddresses(context, personId).filter((one) => one !== at.identityId);
  return ok({ id, from, to: at.identityId, tell: adminsOf(context), old });
}

type MoveAllowed = {
  readonly days: number;
  readonly dueAt: number;
  readonly to: number;
  readonly old: readonly number[];
};

/** An admin allows a move without the code: it happens two weeks later, unless an old address speaks. */
export function allowMove(
  context: Context,
  adminId: number,
  { id, reason }: { readonly id: number; readonly reason: string },
): Result<MoveAllowed, Refusal<'not-admin' | 'move-unknown' | 'reason-wanted'>> {
  const { tx, now } = context;
  if (!isAdmin(context, adminId)) return refuse('not-admin');
  const move = tx.moves.get(id);
  const mover = move && tx.identities.get(move.identityId)?.personId;
  // Nobody decides about an account that they want, or that is theirs.
  if (move?.state !== 'asked' || mover === adminId || move.personId === adminId) {
    return refuse('move-unknown', { number: id });
  }
  if (reason.trim() === '') return refuse('reason-wanted');
  const dueAt = moveDueAt(now, 'lost');
  tx.moves.allow(id, { dueAt, allowedBy: adminId, reason: keptReason(reason) });
  const old = oldAddresses(context, move.personId).filter((one) => one !== move.identityId);
  return ok({ days: LOST_MOVE_DAYS, dueAt, to: move.identityId, old });
}
