/** All the work in the city that was approved, and who did it, in the order of approval. */
import { and, asc, eq, gt, sql } from 'drizzle-orm';
import type { Database } from './database.ts';
import { claims, evidence, persons, reviews } from './schema/index.ts';
import { COUNT, count, given, list, p, value } from './statements.ts';

/** No review is ever changed, so that what is new has a higher id. */
const isNew = and(gt(reviews.id, given('after')), sql`${reviews.decision} = 'approved'`);

// The claim's states are in the words of a partial index: else SQLite would not use it.
const isFirstOfPerson = sql`not exists (select 1 from claims as former
  join evidence as shown on shown.claim_id = former.id
  join reviews as earlier on earlier.evidence_id = shown.id
  where former.person_id = ${claims.personId} and former.state not in ('left', 'lapsed', 'closed', 'called-off')
    and earlier.decision = 'approved' and earlier.id < ${reviews.id})`;

const newcomersIn = (db: Database) =>
  db
    .select({ value: persons.participantId })
    .from(reviews)
    .innerJoin(evidence, eq(evidence.id, reviews.evidenceId))
    .innerJoin(claims, eq(claims.id, evidence.claimId))
    .innerJoin(persons, eq(persons.id, claims.personId))
    .where(and(isNew, isFirstOfPerson));

/** The work in the city, read. */
export function cityWorkReads(db: Database) {
  const after = (review: number) => ({ after: review });
  return {
    /** The id of the last review; undefined before the first. */
    lastReview: value(db.select({ value: sql<number | null>`max(${reviews.id})` }).from(reviews)),
    /** How many pieces of work were approved after a review. */
    pieces: count(db.select(COUNT).from(reviews).where(isNew), after),
    /** How many people were approved for the first time after a review. */
    newcomers: count(db.select(COUNT).from(newcomersIn(db).as('newcomers')), after),
    /** The participant ids of the first of them, in the order of approval. */
    namesOfNewcomers: list(
      newcomersIn(db).orderBy(asc(reviews.id)).limit(p('limit')),
      (review: number, limit: number) => ({ after: review, limit }),
    ),
  };
}
