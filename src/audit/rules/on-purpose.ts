import type { Kind } from '../kinds.ts';

/** What a city says of itself for everybody to find it by, and to reach whoever runs it. */
const ON_PURPOSE: Partial<Record<Kind, readonly string[]>> = {
  profile: ['description', 'website'],
  organization: ['urls'],
};

/** Whether a property of a kind may tell how to reach somebody. */
export const isOnPurpose = (kind: Kind, property: string): boolean =>
  ON_PURPOSE[kind]?.includes(property) === true;
