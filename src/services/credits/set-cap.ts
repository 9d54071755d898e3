import { ok, type Refusal, type Result, refuse } from '../../lib/result.ts';
import { foldWords } from '../../lib/text.ts';
import { issuerScope } from '../../store/caps.ts';
import type { Context } from '../context.ts';
import { isAdmin } from '../partners/invite-partner.ts';
import { capsNow, openEpoch } from './epoch.ts';

/**
 * The admin sets how much an issuer may issue in the epoch under way; 0 stops it. The epoch's
 * public record says so. Refusals:
 * `not-admin`, `issuer-unknown`, `cap-invalid`, `cap-above-city` (with `city`),
 * `cap-below-issued` (with `issued`). Source: domain.md, Epochs and the issuance cap.
 */
export function setCap(
  context: Context,
  adminId: number,
  issuerName: string,
  amount: number,
): Result<
  {
    readonly name: string;
    readonly amount: number;
    readonly issued: number;
    readonly epoch: string;
  },
  Refusal
> {
  if (!isAdmin(context, adminId)) return refuse('not-admin');
  const issuer = context.tx.partners.byName('issuer', foldWords(issuerName));
  if (issuer === undefined) return refuse('issuer-unknown', { name: issuerName });
  const caps = capsNow(context, issuer.id);
  if (!Number.isSafeInteger(amount) || amount < 0) return refuse('cap-invalid');
  if (amount > caps.city.amount) return refuse('cap-above-city', { city: caps.city.amount });
  if (amount < caps.issuer.issued)
    return refuse('cap-below-issued', { issued: caps.issuer.issued });
  context.tx.caps.put(issuerScope(issuer.id), caps.epoch, amount);
  openEpoch(context);
  return ok({ name: issuer.name, amount, issued: caps.issuer.issued, epoch: caps.epoch });
}
