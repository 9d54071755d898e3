/** Every kind of record that a city writes, by its collection. */
import * as location from '../lexicons/app/certified/location.defs.ts';
import * as city from '../lexicons/org/city-sync/civic/city.defs.ts';
import * as claim from '../lexicons/org/city-sync/civic/claim.defs.ts';
import * as epoch from '../lexicons/org/city-sync/civic/epoch.defs.ts';
import * as offer from '../lexicons/org/city-sync/civic/offer.defs.ts';
import * as partner from '../lexicons/org/city-sync/civic/partner.defs.ts';
import * as redemption from '../lexicons/org/city-sync/civic/redemption.defs.ts';
import * as task from '../lexicons/org/city-sync/civic/task.defs.ts';
import * as transfer from '../lexicons/org/city-sync/civic/transfer.defs.ts';
import * as activity from '../lexicons/org/hypercerts/claim/activity.defs.ts';
import * as attachment from '../lexicons/org/hypercerts/context/attachment.defs.ts';
import * as evaluation from '../lexicons/org/hypercerts/context/evaluation.defs.ts';

/** The NSIDs by the words of the design. */
export const COLLECTIONS = {
  city: city.$nsid,
  partner: partner.$nsid,
  epoch: epoch.$nsid,
  location: location.$nsid,
  task: task.$nsid,
  claim: claim.$nsid,
  evidence: attachment.$nsid,
  review: evaluation.$nsid,
  transfer: transfer.$nsid,
  offer: offer.$nsid,
  redemption: redemption.$nsid,
  activity: activity.$nsid,
} as const;

/** The key of the one city record of a repository. */
export const CITY_KEY = 'self';

/** The schemas that records are held to before they are stored. */
export const SCHEMAS = {
  [city.$nsid]: city.main,
  [partner.$nsid]: partner.main,
  [epoch.$nsid]: epoch.main,
  [location.$nsid]: location.main,
  [task.$nsid]: task.main,
  [claim.$nsid]: claim.main,
  [attachment.$nsid]: attachment.main,
  [evaluation.$nsid]: evaluation.main,
  [transfer.$nsid]: transfer.main,
  [offer.$nsid]: offer.main,
  [redemption.$nsid]: redemption.main,
  [activity.$nsid]: activity.main,
} as const;

/** What a record of each collection looks like. */
export type RecordValues = {
  readonly [city.$nsid]: city.Main;
  readonly [partner.$nsid]: partner.Main;
  readonly [epoch.$nsid]: epoch.Main;
  readonly [location.$nsid]: location.Main;
  readonly [task.$nsid]: task.Main;
  readonly [claim.$nsid]: claim.Main;
  readonly [attachment.$nsid]: attachment.Main;
  readonly [evaluation.$nsid]: evaluation.Main;
  readonly [transfer.$nsid]: transfer.Main;
  readonly [offer.$nsid]: offer.Main;
  readonly [redemption.$nsid]: redemption.Main;
  readonly [activity.$nsid]: activity.Main;
};

export type Collection = keyof RecordValues;
