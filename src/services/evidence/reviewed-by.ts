import type { Partner } from '../../store/partners.ts';
import type { Context } from '../context.ts';
import { partnersFor, reviewedByCity } from '../roles.ts';

/** The issuers whose evidence a person reviews: their own, and for an admin those that are suspended. */
export function reviewedBy(context: Context, personId: number): readonly Partner[] {
  const own = partnersFor(context, personId, 'reviews');
  const others = reviewedByCity(context, personId);
  return [...own, ...others.filter(({ id }) => own.every((one) => one.id !== id))];
}
