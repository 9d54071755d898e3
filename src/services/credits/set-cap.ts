import { capFor } from '../../domain/authority.ts';
import { type Epoch, epochAfter } from '../../domain/calendar.ts';
import { ok, type Refusal, type Result, refuse } from '../../lib/result.ts';
import { foldWords } from '../../lib/text.ts';
import { issuerScope } from '../../store/caps.ts';
import { causeRecords } from '../budgets/cause-records.ts';
import type { Context } from '../context.ts';
import { participantOf } from '../partners/change-standing.ts';
import { isAdmin } from '../roles.ts';
import { openAhead, openEpoch } from './open-epoch.ts';
import { epochNow, seeCapsOf } from './see-caps.ts';

type NewCap = {
  readonly issuer: string;
  readonly amount: number;
  /** For the next epoch instead of the one under way. */
  readonly isNext?: boolean;
};

/**
 * The admin sets how many credits an issuer, `name`, may issue in the epoch under way, or in the next;
 * 0 stops it. The epoch's public record says so. Source: domain.md, Epochs and caps.
 */
export const setCap = (context: Context, adminId: number, cap: NewCap) =>
  causeRecords(context, adminId, () => set(context, adminId, cap));

function set(
  context: Context,
  adminId: number,
  cap: NewCap,
): Result<
  {
    readonly name: string;
    readonly amount: number;
    /** What the admin named: twice as much where the issuer has half the cap. */
    readonly asked: number;
    readonly issued: number;
    readonly epoch: Epoch;
  },
  Refusal<'not-admin' | 'issuer-unknown' | 'cap-invalid' | 'cap-above-city' | 'cap-below-issued'>
> {
  if (!isAdmin(context, adminId)) return refuse('not-admin');
  const issuer = context.tx.partners.byName('issuer', foldWords(cap.issuer));
  if (issuer === undefined) return refuse('issuer-unknown', { name: cap.issuer });
  const amount = capFor(issuer.onboarding, cap.amount);
  const running = epochNow(context);
  const epoch = cap.isNext === true ? epochAfter(running, context.city.timeZone) : running;
  const { city, issuer: before } = seeCapsOf(context, issuer.id, epoch.name);
  if (!Number.isSafeInteger(cap.amount) || amount < 0) return refuse('cap-invalid');
  if (amount > city.amount) return refuse('cap-above-city', { city: city.amount });
  if (amount < before.issued) return refuse('cap-below-issued', { issued: before.issued });
  decideCap(context, { scope: issuerScope(issuer.id), epoch: epoch.name, amount }, adminId);
  openEpoch(context);
  if (cap.isNext === true) openAhead(context, epoch);
  return ok({ name: issuer.name, amount, asked: cap.amount, issued: before.issued, epoch });
}

/** One that is as it was decided before stays so; one that was carried over is decided now. */
function decideCap(
  context: Context,
  cap: { readonly scope: string; readonly epoch: string; readonly amount: number },
  adminId: number,
): void {
  const before = context.tx.caps.get(cap.scope, cap.epoch);
  if (before?.amount === cap.amount && before.carriedFrom === null) return;
  const decidedBy = participantOf(context, adminId);
  const source = { carriedFrom: null, decidedAt: context.now, decidedBy };
  context.tx.caps.put(cap.scope, cap.epoch, cap.amount, source);
}
