import type { Move } from '../../store/moves.ts';
import type { Context } from '../context.ts';
import { forgetRoles } from '../roles.ts';
import { mayMove } from './begin-move.ts';
import { joinPeople } from './join-people.ts';
import { partAddress } from './part-address.ts';
import { writeRecoveryCode } from './recovery-code.ts';

export type Moved =
  | { readonly ok: false; readonly to: number }
  | {
      readonly ok: true;
      readonly to: number;
      /** The code for the next time, for the new address. */
      readonly code: string;
    };

type Told = {
  /** An address that agreed stays, beside the new one. */
  readonly agreed?: number;
  /** Is called for each address that the account leaves, before it does. */
  readonly leaving: (identityId: number) => void;
};

/**
 * Moves an account to the new address. The old ones are nobody's then who is known: a number may be
 * somebody else's by now. It is refused where the person at the new address has come to something
 * that would be lost.
 */
export function carryOutMove(context: Context, move: Move, { agreed, leaving }: Told): Moved {
  const { tx } = context;
  const { id, personId, identityId: to } = move;
  const mover = tx.identities.get(to)?.personId;
  if (mover === undefined) throw new Error('carryOutMove: an address of nobody');
  tx.moves.end(id, 'stopped');
  if (mover !== personId) {
    if (!mayMove(context, { identityId: to, personId: mover }, personId).ok) {
      return { ok: false, to };
    }
    takeAddress(context, { from: mover, to: personId, identityId: to });
  }
  for (const { id: old } of tx.identities.of(personId)) {
    if (old === to || old === agreed || mover === personId) continue;
    leaving(old);
    partAddress(context, { personId, identityId: old }, { isStillTheirs: false });
  }
  tx.identities.setProven(to);
  tx.linkCodes.remove(personId);
  tx.moves.end(id, 'done');
  forgetRoles(context);
  return { ok: true, to, code: writeRecoveryCode(context, personId) };
}

/** An old address says that the account may move at once; undefined where there is no such move. */
export function agreeToMove(
  context: Context,
  identityId: number,
  { moveId, leaving }: Pick<Told, 'leaving'> & { readonly moveId: number },
): Moved | undefined {
  const { tx } = context;
  const move = tx.moves.get(moveId);
  const isOld = move && tx.identities.of(move.personId).some(({ id }) => id === identityId);
  if (move?.state !== 'waiting' || isOld !== true || move.identityId === identityId) {
    return undefined;
  }
  return carryOutMove(context, move, { agreed: identityId, leaving });
}

/** Gives an address to the one whose account moves there; whoever has others keeps those. */
function takeAddress(
  context: Context,
  { from, to, identityId }: { readonly from: number; readonly to: number; identityId: number },
): void {
  const { tx } = context;
  if (tx.identities.of(from).length > 1) {
    tx.sessions.end(identityId);
    tx.accounts.setPerson(identityId, to);
    tx.accounts.setTurnPerson(identityId, from, to);
    return;
  }
  const [stays, goes] = [tx.people.get(to), tx.people.get(from)];
  if (stays === undefined || goes === undefined) throw new Error('takeAddress: nobody');
  joinPeople(context, stays, goes);
}
