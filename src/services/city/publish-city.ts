import { CITY_CREDITS } from '../../domain/city.ts';
import { CITY_KEY } from '../../records/kinds/city.ts';
import { COLLECTIONS, KINDS } from '../../records/kinds/index.ts';
import type { Context } from '../context.ts';
import { stageChanges } from '../stage-changes.ts';

/**
 * Writes down in public who runs the city and by which policies, when that is new or changed since
 * it was last written; whether it was.
 */
export const publishCity = (context: Context): boolean =>
  stageChanges(context, COLLECTIONS.city, CITY_KEY, (times) => {
    const { city } = context;
    return KINDS.city.build({
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
      ...times,
    });
  });
