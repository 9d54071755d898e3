import { CITY_CREDITS } from '../../domain/city.ts';
import {
  CORRECTED_MAX,
  CORRECTION_LIFE_MS,
  CORRECTION_REASON_MAX,
  decideAgree,
  decideAsk,
  planCorrection,
} from '../../domain/correction.ts';
import { ADJUSTMENT, personAccount } from '../../domain/ledger.ts';
import { publicWords } from '../../domain/public-words.ts';
import { ok, type Refusal, type RefusalOf, type Result, refuse } from '../../lib/result.ts';
import { isOfLastMinute } from '../../lib/sent-twice.ts';
import type { TransferRow } from '../../store/ledger.ts';
import { causeRecords } from '../budgets/cause-records.ts';
import type { Context } from '../context.ts';
import { adminsOf, isAdmin } from '../roles.ts';
import { requireOpenBooks } from './books-open.ts';
import { seeBalance } from './see-balance.ts';
import { transferCredits, transferRef } from './transfer-credits.ts';

type Admin = { readonly id: number; readonly participantId: string };

/** Of the newest transfers of a person so many are looked through for what can be corrected. */
const TRANSFERS_MAX = 200;

type CorrectionAsked = {
  readonly correction: number;
  readonly participantId: string;
  /** What the person could use before it and after it. */
  readonly was: number;
  readonly is: number;
  readonly reason: string;
  /** The persons who can agree. */
  readonly others: readonly number[];
};

/**
 * An admin asks to give or take credits, with a reason; nothing moves until another one agrees. Asked
 * again within a minute it is the same correction.
 */
export function askCorrection(
  context: Context,
  admin: Admin,
  asked: { readonly participantId: string; readonly amount: number; readonly reason: string },
): Result<
  CorrectionAsked,
  | Refusal<'not-admin' | 'correction-person'>
  | RefusalOf<typeof requireOpenBooks>
  | RefusalOf<typeof decideAsk>
> {
  const { tx, now } = context;
  const { participantId, amount } = asked;
  if (!isAdmin(context, admin.id)) return refuse('not-admin');
  const open = requireOpenBooks(context);
  if (!open.ok) return open;
  const person = tx.corrections.holder(participantId);
  if (person === undefined) return refuse('correction-person', { participantId });
  const reason = publicWords(asked.reason, CORRECTION_REASON_MAX).replace(/[\s.]+$/u, '');
  if (tx.accounts.areClose(admin.id, person.id)) return refuse('correction-own');
  const others = adminsOf(context).filter(
    (id) =>
      id !== admin.id && id !== person.id && !isCloseToAny(context, id, [admin.id, person.id]),
  );
  const was = seeBalance(context, participantId).available;
  const decision = decideAsk(
    { participantId, amount, reason },
    {
      asker: admin.participantId,
      others: others.flatMap((id) => tx.people.get(id)?.participantId ?? []),
    },
    { available: was, room: roomOf(correctableOf(context, asked)) },
  );
  if (!decision.ok) return decision;
  const answer = { participantId, was, is: was + amount, reason };
  const last = tx.corrections.newestOf(admin.participantId);
  const isSaidTwice =
    last !== undefined &&
    isOfLastMinute(last.askedAt, now) &&
    last.agreedAt === null &&
    last.participantId === participantId &&
    last.amount === amount &&
    last.reason === reason;
  // The others were told the first time.
  if (isSaidTwice) return ok({ ...answer, correction: last.id, others: [] });
  const correction = tx.corrections.add({
    ...{ participantId, amount, reason },
    askedBy: admin.participantId,
    askedAt: now,
    expiresAt: now + CORRECTION_LIFE_MS,
  });
  return ok({ ...answer, correction, others });
}

/** Accounts of one person, or of two on one phone, are no two who answer for a correction. */
const isCloseToAny = ({ tx }: Context, one: number, others: readonly number[]): boolean =>
  others.some((other) => tx.accounts.areClose(one, other));

export type Corrected = Pick<CorrectionAsked, 'participantId' | 'was' | 'is' | 'reason'> & {
  readonly personId: number;
  readonly askedBy: number | undefined;
};

/** Another admin agrees to a correction: the credits move, and the public record says why. */
export const agreeToCorrection = (context: Context, admin: Admin, correction: number) =>
  causeRecords(context, admin.id, () => agree(context, admin, correction));

function agree(
  context: Context,
  admin: Admin,
  id: number,
): Result<
  Corrected,
  | Refusal<'not-admin'>
  | RefusalOf<typeof requireOpenBooks>
  | RefusalOf<typeof decideAgree>
  | RefusalOf<typeof transferCredits>
> {
  const { tx, now } = context;
  if (!isAdmin(context, admin.id)) return refuse('not-admin');
  const open = requireOpenBooks(context);
  if (!open.ok) return open;
  const found = tx.corrections.get(id);
  const person = found && tx.corrections.holder(found.participantId);
  const asker = found && tx.corrections.holder(found.askedBy);
  const isOneOfThem = person !== undefined && isCloseToAny(context, admin.id, [person.id]);
  if (isOneOfThem) return refuse('correction-own', { correction: id });
  if (asker !== undefined && isCloseToAny(context, admin.id, [asker.id])) {
    return refuse('correction-asked', { correction: id });
  }
  const isAskerAdmin = asker !== undefined && isAdmin(context, asker.id);
  const correctable = found === undefined ? [] : correctableOf(context, found);
  const was = found === undefined ? 0 : seeBalance(context, found.participantId).available;
  const decision = decideAgree(
    isAskerAdmin && person !== undefined ? found : undefined,
    { agrees: admin.participantId, now },
    { available: was, room: roomOf(correctable) },
  );
  if (!decision.ok) {
    return refuse(decision.refusal.code, { correction: id, ...decision.refusal.params });
  }
  if (found === undefined || person === undefined) throw new Error('agree: correction of nobody');
  const { participantId, amount, reason, askedBy } = found;
  if (!tx.corrections.agree(id, admin.participantId, now)) throw new Error('agree: done before');
  const account = personAccount(participantId);
  const [debit, credit] = amount > 0 ? [ADJUSTMENT, account] : [account, ADJUSTMENT];
  for (const part of planCorrection(Math.abs(amount), correctable)) {
    const moved = transferCredits(context, {
      // A database made anew names them so, too, and counts corrections from 1 again.
      id: `adjust:${(tx.ledger.head()?.position ?? 0) + 1}`,
      ...{ kind: 'posted', code: 'adjust', debit, credit, amount: part.amount },
      reference: transferRef(context, part.transfer),
      correction: { reason, askedBy, agreedBy: admin.participantId },
    });
    if (!moved.ok) throw new Error(`agreeToCorrection: ${moved.refusal.code}`);
  }
  const facts = { participantId, was, is: was + amount, reason };
  return ok({ ...facts, personId: person.id, askedBy: asker?.id });
}

/**
 * The newest transfers that moved credits of a person, with how much of each has not yet been given
 * again (for a correction that gives) or taken back: nothing is corrected twice. Only what was given
 * can be taken back.
 */
function correctableOf(
  context: Context,
  { participantId, amount }: { readonly participantId: string; readonly amount: number },
) {
  const { ledger, corrections } = context.tx;
  const account = ledger.account(personAccount(participantId).name, CITY_CREDITS);
  if (account === undefined) return [];
  const gives = (one: TransferRow): boolean => one.creditAccountId === account.id;
  const done = new Map<string, number>();
  for (const one of corrections.ofAccount(account.id)) {
    const { reference, amount: credits } = one;
    if (reference !== null && gives(one) === amount > 0)
      done.set(reference, (done.get(reference) ?? 0) + credits);
  }
  return ledger
    .history(account.id, TRANSFERS_MAX)
    .filter(({ kind, code }) => (kind === 'posted' || kind === 'post') && code !== 'adjust')
    .filter((transfer) => amount > 0 || gives(transfer))
    .map((transfer) => {
      const { uri } = transferRef(context, transfer);
      return { transfer, room: Math.max(0, transfer.amount - (done.get(uri) ?? 0)) };
    })
    .filter(({ room }) => room > 0)
    .slice(0, CORRECTED_MAX);
}

const roomOf = (correctable: readonly { readonly room: number }[]): number =>
  correctable.reduce((sum, { room }) => sum + room, 0);
