/** Puts the records of all collections into one order: by time, and never before what they refer to. */
import { US_PER_MS } from '../lib/clock.ts';
import { timeOfTid } from '../lib/ids.ts';
import { COLLECTIONS } from '../records/kinds/index.ts';
import { fieldsOf, rkeyOf, type SourceRecord } from './fields.ts';
import type { RebuildSource } from './filler.ts';

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
];

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
export function* inTime({
  did,
  records,
}: RebuildSource): Generator<{ readonly record: SourceRecord; readonly at: number }> {
  const lines = IN_ORDER_OF_REFERENCE.map((collection) => {
    const rest = records(collection)[Symbol.iterator]();
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
