import { CITY_CREDITS } from '../../domain/city.ts';
import { personAccount, redeemedAccount } from '../../domain/ledger.ts';
import { decideUndo, UNDO_MS_MAX } from '../../domain/undo.ts';
import { HOUR_MS, US_PER_MS } from '../../lib/clock.ts';
import { ok, type RefusalOf, type Result } from '../../lib/result.ts';
import type { Partner } from '../../store/partners.ts';
import type { Context } from '../context.ts';
import { nameInAnswer, partnersFor } from '../roles.ts';
import { requireOpenBooks } from './books-open.ts';
import { burnOf } from './burn-of.ts';
import { giveToHolder, takeFromRedeemer } from './move-back.ts';
import { nextTransferMs, transferRef } from './transfer-credits.ts';

/** A confirmation that can be undone. */
export type Undoable = {
  readonly redemption: number;
  readonly title: string;
  readonly credits: number;
  /** When it was confirmed, and until when it can be undone (ms). */
  readonly honoredAt: number;
  readonly undoUntil: number;
  readonly personId: number;
};

type Refused = RefusalOf<typeof requireOpenBooks> | RefusalOf<typeof decideUndo>;

type Operator = { readonly id: number; readonly participantId: string };

/**
 * What an operator confirmed last, if they can undo it. Source: domain.md, Offers and redemption.
 */
export function seeUndoable(context: Context, operatorId: number): Result<Undoable, Refused> {
  const found = findUndoable(context, operatorId);
  return found.ok ? ok(shown(found.value)) : found;
}

/**
 * Undoes a confirmation, once, by the operator who made it: the credits leave the redeemer and go back
 * to their holder, by two corrections that name the burn. The day's capacity is free again; the code
 * stays used. `undo-none` where the operator has confirmed something else since, or undid it before.
 */
export function undoConfirm(
  context: Context,
  operator: Operator,
  redemptionId: number,
): Result<Undoable, Refused> {
  const { tx } = context;
  const found = findUndoable(context, operator.id, redemptionId);
  if (!found.ok) return found;
  const { redemption, offer, redeemer, burn } = found.value;
  const person = tx.people.get(redemption.personId);
  if (person === undefined) throw new Error('undoConfirm: credits of nobody');
  const burned = {
    burn: transferRef(context, burn),
    amount: redemption.credits,
    undoneBy: operator.participantId,
  };
  takeFromRedeemer(context, burned, redeemedAccount(redeemer.rkey));
  giveToHolder(context, burned, personAccount(person.participantId));
  if (!tx.redemptions.undo(redemption.id)) throw new Error('undoConfirm: undone before');
  if (offer.perDay !== null) tx.offers.giveBackDay(offer.id, redemption.day, offer.perDay);
  nameInAnswer(context, operator.id, redeemer.name);
  return ok(shown(found.value));
}

/** What an operator confirmed last, of all the partners that they confirm codes for. */
function lastConfirmed(context: Context, operatorId: number) {
  const since = context.now - HOUR_MS;
  const all = partnersFor(context, operatorId, 'codes').flatMap((redeemer) => {
    const last = context.tx.redemptions.lastHonoredBy(redeemer.id, operatorId, since);
    return last === undefined ? [] : [{ ...last, redeemer }];
  });
  const at = ({ redemption }: (typeof all)[number]): number => redemption.resolvedAt ?? 0;
  return all.toSorted((one, other) => at(other) - at(one))[0];
}

type Found = NonNullable<ReturnType<typeof lastConfirmed>> & {
  readonly redeemer: Partner;
  readonly burn: ReturnType<typeof burnOf>;
};

/** `redemptionId` is the one that it has to be. */
function findUndoable(
  context: Context,
  operatorId: number,
  redemptionId?: number,
): Result<Found, Refused> {
  const open = requireOpenBooks(context);
  if (!open.ok) return open;
  const last = lastConfirmed(context, operatorId);
  const isIt = redemptionId === undefined || last?.redemption.id === redemptionId;
  const burn = last === undefined ? undefined : burnOf(context, last.redemption);
  const decision = decideUndo({
    confirmed: last === undefined || !isIt ? undefined : { isHonored: true },
    burnedAt: burn === undefined ? 0 : Math.floor(burn.timeUs / US_PER_MS),
    undoesAt: nextTransferMs(context),
    isCorrected: last !== undefined && burn !== undefined && isCorrected(context, last, burn),
  });
  if (!decision.ok) return decision;
  if (last === undefined || burn === undefined) throw new Error('undoConfirm: decided on nothing');
  return ok({ ...last, burn });
}

/** Whether admins gave credits of this burn back already: nothing is given twice. */
function isCorrected(
  context: Context,
  { redemption }: Pick<Found, 'redemption'>,
  burn: Found['burn'],
): boolean {
  const { people, ledger, corrections } = context.tx;
  const person = people.get(redemption.personId);
  const account = person && ledger.account(personAccount(person.participantId).name, CITY_CREDITS);
  const { uri } = transferRef(context, burn);
  return (
    account !== undefined &&
    corrections.ofAccount(account.id).some(({ reference }) => reference === uri)
  );
}

function shown({ redemption, offer, burn }: Found): Undoable {
  const { id, credits, personId } = redemption;
  const burnedAt = Math.floor(burn.timeUs / US_PER_MS);
  return {
    ...{ redemption: id, title: offer.title, credits, personId },
    honoredAt: redemption.resolvedAt ?? burnedAt,
    undoUntil: burnedAt + UNDO_MS_MAX,
  };
}
