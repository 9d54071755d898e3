import type { Context } from '../context.ts';
import { recordPartner } from '../partners/record-partner.ts';
import { publishAdmins } from './publish-city.ts';

/** Writes down in public who may act for a partner, or with null for the city, once that has changed. */
export function recordDelegations(context: Context, partnerId: number | null): void {
  if (partnerId === null) publishAdmins(context);
  else recordPartner(context, partnerId);
}
