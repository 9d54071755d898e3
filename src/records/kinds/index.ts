/** The table of the kinds of record that a city writes; a file beside this one describes each. */
import { activity } from './activity.ts';
import { city } from './city.ts';
import { cityWork } from './city-work.ts';
import { claim } from './claim.ts';
import { epoch } from './epoch.ts';
import { evaluation } from './evaluation.ts';
import { evidence } from './evidence.ts';
import { location } from './location.ts';
import { offer } from './offer.ts';
import { organization } from './organization.ts';
import { partner } from './partner.ts';
import { profile } from './profile.ts';
import { project } from './project.ts';
import { redemption } from './redemption.ts';
import { review } from './review.ts';
import { task } from './task.ts';
import { transfer } from './transfer.ts';
import { update } from './update.ts';

const TABLE = {
  city,
  partner,
  epoch,
  location,
  task,
  claim,
  evidence,
  update,
  review,
  transfer,
  offer,
  redemption,
  activity,
  evaluation,
  cityWork,
  project,
  profile,
  organization,
} as const;

type Kinds = typeof TABLE;

/** A kind of record, by the word of the design. */
export type Kind = keyof Kinds;

/** The facts that a record of each kind is built from. */
export type Facts = { readonly [K in Kind]: Parameters<Kinds[K]['build']>[0] };

/** A record of each kind, as it is published. */
export type Values = { readonly [K in Kind]: ReturnType<Kinds[K]['build']> };

/** A record of each collection. */
export type RecordValues = { readonly [K in Kind as Kinds[K]['lexicon']['$nsid']]: Values[K] };

export type Collection = keyof RecordValues;

/** A kind of record: how its records are checked, built and told in one line. */
export type RecordKind<K extends Kind> = {
  readonly lexicon: Pick<Kinds[K]['lexicon'], '$nsid' | 'main'>;
  /**
   * Whatever facts `build` takes, what it makes fits the lexicon; `test/records/sound.property.test.ts`
   * holds it to that. So it is with kinds that are ids, numbers and times of ours.
   */
  readonly isSound?: true;
  build(facts: Facts[K]): Values[K];
  summarize(record: Values[K]): string;
};

/** Every kind by its word. */
export const KINDS: { readonly [K in Kind]: RecordKind<K> } = TABLE;

/** The collection of each kind. */
export const COLLECTIONS = Object.fromEntries(
  Object.entries(KINDS).map(([kind, { lexicon }]) => [kind, lexicon.$nsid]),
) as { readonly [K in Kind]: Kinds[K]['lexicon']['$nsid'] };

/** Every collection that a city writes; some hold records of two kinds. */
export const COLLECTION_NAMES: readonly Collection[] = [...new Set(Object.values(COLLECTIONS))];

/**
 * The kind of a collection's records: where it holds two, the first, which checks and tells the other
 * as well. Throws for a collection that the city does not write.
 */
export function kindOf(collection: string): RecordKind<Kind> {
  const kinds = Object.values<RecordKind<Kind>>(KINDS);
  const kind = kinds.find(({ lexicon }) => lexicon.$nsid === collection);
  if (kind === undefined) throw new Error(`kindOf: ${collection} is no collection of a city`);
  return kind;
}
