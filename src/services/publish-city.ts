import { epochOf } from '../domain/calendar.ts';
import { CITY_CREDITS } from '../domain/city.ts';
import { CITY_KEY, COLLECTIONS } from '../records/collections.ts';
import { cityRecord } from '../records/describe/city.ts';
import { CITY_SCOPE } from '../store/caps.ts';
import type { Context } from './context.ts';

/** Brings the city's cap of the epoch under way up to its policy, never below what was issued. */
export function keepCityCap(context: Context): void {
  const { tx, now, city } = context;
  const epoch = epochOf(now, city.timeZone);
  const issued = tx.caps.cap(CITY_SCOPE, epoch)?.issued ?? 0;
  tx.caps.putCap(CITY_SCOPE, epoch, Math.max(city.policies.cityCap, issued));
}

/** A record as stored, without the times of its versions. */
const contentOf = (json: string): string => {
  const { createdAt: _created, updatedAt: _updated, ...content } = JSON.parse(json);
  return JSON.stringify(content);
};

/**
 * Writes down in public who runs the city and by which policies, when that is new or changed since
 * it was last written; whether it was.
 */
export function publishCity(context: Context): boolean {
  const { tx, now, city } = context;
  const before = tx.records.record(COLLECTIONS.city, CITY_KEY);
  const facts = {
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
  };
  if (before === undefined) {
    const record = cityRecord({ ...facts, createdAt: now });
    context.stage(tx, 'create', COLLECTIONS.city, CITY_KEY, record);
    return true;
  }
  const createdAt = Date.parse((JSON.parse(before.value) as { createdAt: string }).createdAt);
  const record = cityRecord({ ...facts, createdAt, updatedAt: now });
  if (contentOf(JSON.stringify(record)) === contentOf(before.value)) return false;
  context.stage(tx, 'update', COLLECTIONS.city, CITY_KEY, record);
  return true;
}
