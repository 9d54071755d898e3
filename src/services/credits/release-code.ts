import { ok, type Refusal, type RefusalOf, type Result, refuse } from '../../lib/result.ts';
import { countRecords } from '../budgets/cause-records.ts';
import type { Context } from '../context.ts';
import { requireOpenBooks } from './books-open.ts';
import { endHold } from './end-hold.ts';
import { findByCode } from './live-code.ts';

/**
 * The holder gives a code back and has the credits again. Every code that is not a live one of this
 * person is refused alike.
 */
export const releaseCode = (context: Context, personId: number, code: string) =>
  countRecords(context, personId, () => release(context, personId, code));

function release(
  context: Context,
  personId: number,
  code: string,
): Result<
  { readonly credits: number; readonly title: string },
  RefusalOf<typeof requireOpenBooks> | Refusal<'release-unknown'>
> {
  const open = requireOpenBooks(context);
  if (!open.ok) return open;
  const found = findByCode(context, code);
  if (found?.redemption.personId !== personId || found.redemption.state !== 'held') {
    return refuse('release-unknown');
  }
  endHold(context, found, 'released');
  return ok({ credits: found.redemption.credits, title: found.offer.title });
}
