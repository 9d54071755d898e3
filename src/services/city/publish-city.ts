import { CITY_CREDITS } from '../../domain/city.ts';
import { CITY_KEY } from '../../records/kinds/city.ts';
import type { Context } from '../context.ts';
import { delegationFacts } from '../partners/record-partner.ts';

/**
 * Writes down in public who runs the city, who may act for it and by which policies, when that is new or changed since
 * it was last written; whether it was.
 */
export function publishCity(context: Context): boolean {
  const { city, records } = context;
  const admins = delegationFacts(context, null);
  return records.put('city', CITY_KEY, (times) => ({
    name: city.name,
    timeZone: city.timeZone,
    languages: city.languages,
    creditKinds: [{ kind: CITY_CREDITS, name: city.currencyWord }],
    operator: { name: city.operator, contact: city.contact },
    policies: {
      rejectionPolicy: city.policies.rejectionPolicy,
      reviewDeadlineHours: city.policies.reviewDeadlineHours,
      codeLifeMinutes: city.policies.codeMinutes,
    },
    admins,
    ...times,
  }));
}

/** Writes down who may act for the city; one that is not on the record yet is written at its start. */
export function publishAdmins(context: Context): void {
  if (context.records.get('city', CITY_KEY) !== undefined) publishCity(context);
}
