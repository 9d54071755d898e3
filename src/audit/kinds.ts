/** The kinds of record that a city's repository has, by the words of the design. */
import * as organization from '../lexicons/app/certified/actor/organization.defs.ts';
import * as profile from '../lexicons/app/certified/actor/profile.defs.ts';
import * as location from '../lexicons/app/certified/location.defs.ts';
import * as city from '../lexicons/org/city-sync/civic/city.defs.ts';
import * as claim from '../lexicons/org/city-sync/civic/claim.defs.ts';
import * as epoch from '../lexicons/org/city-sync/civic/epoch.defs.ts';
import * as offer from '../lexicons/org/city-sync/civic/offer.defs.ts';
import * as partner from '../lexicons/org/city-sync/civic/partner.defs.ts';
import * as redemption from '../lexicons/org/city-sync/civic/redemption.defs.ts';
import * as review from '../lexicons/org/city-sync/civic/review.defs.ts';
import * as task from '../lexicons/org/city-sync/civic/task.defs.ts';
import * as transfer from '../lexicons/org/city-sync/civic/transfer.defs.ts';
import * as activity from '../lexicons/org/hypercerts/claim/activity.defs.ts';
import * as collection from '../lexicons/org/hypercerts/collection.defs.ts';
import * as attachment from '../lexicons/org/hypercerts/context/attachment.defs.ts';
import * as evaluation from '../lexicons/org/hypercerts/context/evaluation.defs.ts';
import * as measurement from '../lexicons/org/hypercerts/context/measurement.defs.ts';

/** The lexicon of each kind, in the order in which they are looked at: first what others rest on. */
export const LEXICONS = {
  city,
  epoch,
  partner,
  location,
  task,
  offer,
  claim,
  evidence: attachment,
  review,
  evaluation,
  transfer,
  redemption,
  activity,
  collection,
  measurement,
  profile,
  organization,
} as const;

export type Kind = keyof typeof LEXICONS;

export const KINDS = Object.keys(LEXICONS) as readonly Kind[];

/** The shape of a valid record of each kind. */
export type Values = {
  readonly city: city.Main;
  readonly epoch: epoch.Main;
  readonly partner: partner.Main;
  readonly location: location.Main;
  readonly task: task.Main;
  readonly offer: offer.Main;
  readonly claim: claim.Main;
  readonly evidence: attachment.Main;
  readonly evaluation: evaluation.Main;
  readonly review: review.Main;
  readonly transfer: transfer.Main;
  readonly redemption: redemption.Main;
  readonly activity: activity.Main;
  readonly collection: collection.Main;
  readonly measurement: measurement.Main;
  readonly profile: profile.Main;
  readonly organization: organization.Main;
};

/** The collection of a kind. */
export const nsidOf = (kind: Kind): string => LEXICONS[kind].$nsid;

/** The kinds that are the city's alone: a repository with one of these is a city's, or meant to be. */
export const CIVIC = KINDS.filter((kind) => nsidOf(kind).startsWith('org.city-sync.civic.'));

/** Never replaced once written. */
export const LASTING: readonly Kind[] = ['transfer', 'review', 'redemption', 'location'];

/**
 * Replaced in place, and without a field that says when: only that it is there can be proved.
 * Evaluations that decided about evidence, before reviews had a record of their own, are never
 * replaced all the same.
 */
export const TIMELESS: readonly Kind[] = [
  'activity',
  'collection',
  'measurement',
  'evidence',
  'evaluation',
  'profile',
  'organization',
];
