import { capFor } from '../../domain/authority.ts';
import { ok, type Refusal, type Result, refuse } from '../../lib/result.ts';
import { foldWords } from '../../lib/text.ts';
import { issuerScope } from '../../store/caps.ts';
import { causeRecords } from '../budgets/cause-records.ts';
import type { Context } from '../context.ts';
import { isAdmin } from '../roles.ts';
import { openEpoch } from './open-epoch.ts';
import { seeCaps } from './see-caps.ts';

type NewCap = { readonly issuer: string; readonly amount: number };

/**
 * The admin sets how many credits an issuer, `name`, may issue in the epoch under way; 0 stops it. The
 * epoch's public record says so. Source: domain.md, Epochs and the issuance cap.
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
    readonly epoch: string;
  },
  Refusal<'not-admin' | 'issuer-unknown' | 'cap-invalid' | 'cap-above-city' | 'cap-below-issued'>
> {
  if (!isAdmin(context, adminId)) return refuse('not-admin');
  const issuer = context.tx.partners.byName('issuer', foldWords(cap.issuer));
  if (issuer === undefined) return refuse('issuer-unknown', { name: cap.issuer });
  const amount = capFor(issuer.onboarding, cap.amount);
  const { epoch, city, issuer: before } = seeCaps(context, issuer.id);
  if (!Number.isSafeInteger(cap.amount) || amount < 0) return refuse('cap-invalid');
  if (amount > city.amount) return refuse('cap-above-city', { city: city.amount });
  if (amount < before.issued) return refuse('cap-below-issued', { issued: before.issued });
  context.tx.caps.put(issuerScope(issuer.id), epoch, amount);
  openEpoch(context);
  return ok({ name: issuer.name, amount, asked: cap.amount, issued: before.issued, epoch });
}
