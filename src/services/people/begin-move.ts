import { decideMove, moveDueAt } from '../../domain/move.ts';
import { ok, type Refusal, type RefusalOf, type Result, refuse } from '../../lib/result.ts';
import { guessCode } from '../budgets/guess-code.ts';
import type { Context } from '../context.ts';
import { adminsOf } from '../roles.ts';
import type { At } from './agree-to-messages.ts';
import { seeTies } from './see-ties.ts';

type Guessed = Refusal<
  'guesses-wait' | 'link-locked' | 'recovery-unknown' | 'recovery-public' | 'move-unheard'
>;
export type MoveRefusal = Guessed | RefusalOf<typeof decideMove>;

type MoveBegun =
  /** It was their own account: the number is shown to be theirs. */
  | { readonly kind: 'proven' }
  | {
      readonly kind: 'waiting';
      readonly move: number;
      readonly dueAt: number;
      /** The addresses that are told, and can stop it. */
      readonly old: readonly number[];
      /** The admins, where somebody acts for the city or a partner by this account. */
      readonly tell: readonly number[];
      readonly participantId: string;
      /** The account acts for the city or a partner. */
      readonly acts: boolean;
    };

/**
 * Somebody gives a recovery code at another address: the account moves there after 72 hours, unless
 * one of its addresses says anything. A wrong code costs a guess. One that others could read is void.
 * After a restore nobody hears anything until they write, and the code may be an old one: then it moves
 * nothing.
 * Source: domain.md, Phone lost, changed or recycled.
 */
export function beginMove(
  context: Context,
  at: At,
  { code, isPublic }: { readonly code: string; readonly isPublic: boolean },
): Result<MoveBegun, MoveRefusal> {
  const { tx, now, keys } = context;
  const guess = guessCode(context, at.personId);
  if (!guess.ok) {
    const { code: why, params } = guess.refusal;
    return why === 'guesses-locked' ? refuse('link-locked') : refuse(why, params);
  }
  const personId = tx.accounts.recoveryOwner(keys.secretLookup('recovery', code));
  if (personId === undefined) {
    guess.value.countWrong();
    return refuse('recovery-unknown');
  }
  if (isPublic) {
    tx.accounts.removeRecovery(personId);
    return refuse('recovery-public');
  }
  if (personId === at.personId && context.unproven.has(personId)) {
    tx.identities.setProven(at.identityId);
    context.unproven.delete(personId);
    return ok({ kind: 'proven' });
  }
  if (tx.people.get(personId)?.joinedAt == null) return refuse('move-unheard');
  // Who has the code comes before who has lost it.
  const open = tx.moves.openOf(personId);
  if (open !== undefined && open.oldIdentityId !== null) tx.moves.end(open.id, 'stopped');
  const may = mayMove(context, at, personId);
  if (!may.ok) return may;
  const dueAt = moveDueAt(now, 'code');
  const { identityId } = at;
  const acts = tx.linkCodes.tiesOf(personId, now).delegations > 0;
  const move = tx.moves.add({
    ...{ personId, identityId, oldIdentityId: null, state: 'waiting', createdAt: now, dueAt },
  });
  return ok({
    ...{ kind: 'waiting', move, dueAt, old: oldAddresses(context, personId) },
    ...{ acts, tell: acts ? adminsOf(context) : [] },
    participantId: tx.people.get(personId)?.participantId ?? '',
  });
}

/** The addresses of an account, oldest first. */
export const oldAddresses = ({ tx }: Context, personId: number): readonly number[] =>
  tx.identities.of(personId).map(({ id }) => id);

/** May the account of a person move to an address, as things are now? */
export function mayMove(
  context: Context,
  at: At,
  personId: number,
): Result<true, RefusalOf<typeof decideMove>> {
  const { tx } = context;
  const mover = tx.people.get(at.personId);
  if (mover === undefined) throw new Error('mayMove: nobody');
  const ties = seeTies(context, mover);
  const isUnderWay =
    tx.moves.openOf(personId) !== undefined || tx.moves.openFrom(at.identityId) !== undefined;
  return decideMove({
    isOwn: at.personId === personId,
    isUnderWay,
    mover: ties,
    isOnlyAddress: tx.identities.of(at.personId).length === 1,
    haveJudged: tx.linkCodes.haveJudged(at.personId, personId),
  });
}
