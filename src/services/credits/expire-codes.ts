import type { Context } from '../context.ts';
import { endHold } from './end-hold.ts';

/** Gives back the credits of codes that nobody used in time; who got how many back for what. */
export function expireCodes(context: Context, limit: number) {
  return context.tx.redemptions.overdue(context.now, limit).map((found) => {
    endHold(context, found, 'expired');
    const { personId, credits } = found.redemption;
    return { personId, credits, title: found.offer.title };
  });
}
