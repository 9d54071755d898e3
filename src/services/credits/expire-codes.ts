import type { Context } from '../context.ts';
import { requireOpenBooks } from './books-open.ts';
import { endHold } from './end-hold.ts';

/**
 * Gives back the credits of codes that ended before a time (ms) and that nobody used; who got how
 * many back for what. They wait while the books do not agree.
 */
export function expireCodes(context: Context, limit: number, before: number = context.now) {
  if (!requireOpenBooks(context).ok) return [];
  return context.tx.redemptions.overdue(Math.min(before, context.now), limit).map((found) => {
    endHold(context, found, 'expired');
    // A code that is over must not be told any more.
    context.tx.outbox.dropCode(found.redemption.id);
    const { personId, credits } = found.redemption;
    return { personId, credits, title: found.offer.title };
  });
}
