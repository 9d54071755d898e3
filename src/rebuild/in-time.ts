/** Puts the records of all collections into one order: by time, and never before what they refer to. */
import { US_PER_MS } from '../lib/clock.ts';
import { timeOfTid } from '../lib/ids.ts';
import { COLLECTIONS } from '../records/kinds/index.ts';
import { fieldsOf, rkeyOf, type SourceRecord } from './fields.ts';
import type { RebuildSource } from './filler.ts';
import { isEvidence, isFormerReview } from './rows.ts';

/** A record refers only to those of collections that stand before its own. */
export const IN_ORDER_OF_REFERENCE: readonly string[] = [
  COLLECTIONS.city,
  COLLECTIONS.partner,
  COLLECTIONS.location,
  COLLECTIONS.task,
  COLLECTIONS.offer,
  COLLECTIONS.claim,
  COLLECTIONS.activity,
  COLLECTIONS.evidence,
  COLLECTIONS.epoch,
  COLLECTIONS.evaluation,
  COLLECTIONS.review,
  COLLECTIONS.transfer,
  COLLECTIONS.redemption,
  COLLECTIONS.project,
  COLLECTIONS.profile,
  COLLECTIONS.organization,
];

/** Records that have the key of a task, of a month or of another moment than their own. */
const isKeyedOtherwise = (record: SourceRecord): boolean => {
  if (record.collection === COLLECTIONS.evaluation) return !isFormerReview(record);
  if (record.collection === COLLECTIONS.evidence) return !isEvidence(record);
  return record.collection === COLLECTIONS.activity;
};

/**
 * The records in lines, each in the order of time. That is the order of most keys; the few records
 * that are keyed otherwise are put in order here. Those that sum up or tell of others come last.
 */
function* linesOf({ did, records }: RebuildSource): Generator<Iterable<SourceRecord>> {
  const sorted = (collection: string): readonly SourceRecord[] =>
    [...only(isKeyedOtherwise, records(collection))].sort(
      (one, other) => timeOf(did, one) - timeOf(did, other),
    );
  for (const collection of IN_ORDER_OF_REFERENCE) {
    if (collection === COLLECTIONS.activity) yield sorted(collection);
    else yield without(isKeyedOtherwise, records(collection));
  }
  yield sorted(COLLECTIONS.evaluation);
  yield sorted(COLLECTIONS.evidence);
}

const only = (
  isWanted: (record: SourceRecord) => boolean,
  records: Iterable<SourceRecord>,
): Iterable<SourceRecord> => without((record) => !isWanted(record), records);

function* without(
  isLeftOut: (record: SourceRecord) => boolean,
  records: Iterable<SourceRecord>,
): Generator<SourceRecord> {
  for (const record of records) if (!isLeftOut(record)) yield record;
}

/** When a record came to say what others refer to (ms). */
function timeOf(did: string, record: SourceRecord): number {
  const { time, maybe, ref } = fieldsOf(did, record);
  const createdAt = time('createdAt');
  // A burn may be a few milliseconds later than the decision that its redemption tells of.
  if (record.collection === COLLECTIONS.redemption) {
    const burnedUs = timeOfTid(rkeyOf(ref('burn'))) ?? 0;
    return Math.max(createdAt, Math.floor(burnedUs / US_PER_MS));
  }
  // The caps of an epoch name issuers that came after its beginning.
  if (record.collection === COLLECTIONS.epoch) return maybe(time, 'updatedAt') ?? createdAt;
  return createdAt;
}

/** Gives each record with its time (ms). */
export function* inTime(
  source: RebuildSource,
): Generator<{ readonly record: SourceRecord; readonly at: number }> {
  const { did } = source;
  const lines = [...linesOf(source)].map((records) => {
    const rest = records[Symbol.iterator]();
    const next = () => {
      const { value, done } = rest.next();
      return done === true ? undefined : { record: value, at: timeOf(did, value) };
    };
    return { next, head: next() };
  });
  for (;;) {
    let first: (typeof lines)[number] | undefined;
    for (const line of lines) {
      if (line.head === undefined) continue;
      if (first?.head === undefined || line.head.at < first.head.at) first = line;
    }
    if (first?.head === undefined) return;
    yield first.head;
    first.head = first.next();
  }
}
