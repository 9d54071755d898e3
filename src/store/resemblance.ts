/** What two accounts have in common: the times at which they joined, the places of their evidence. */
import { sql } from 'drizzle-orm';
import type { Database } from './database.ts';
import { claims, evidence, persons, tasks } from './schema/index.ts';
import { all, given, p, value } from './statements.ts';

/** Accounts that resemble each other, read. */
export function resemblanceReads(db: Database) {
  return {
    /** Evidence with a number above `after`, in its order, with whose it is. */
    evidenceAfter: all(
      db
        .select({ id: evidence.id, personId: claims.personId })
        .from(evidence)
        .innerJoin(claims, sql`${claims.id} = ${evidence.claimId}`)
        .where(sql`${evidence.id} > ${given('after')}`)
        .orderBy(evidence.id)
        .limit(p('limit')),
      (after: number, limit: number) => ({ after, limit }),
    ),
    /** Others who joined as many of the tasks of a person as that, each time within some time (ms). */
    joinedTogether: all(
      db
        .select({ otherId: sql<number>`theirs.person_id`, times: sql<number>`count(*)` })
        .from(sql`claims as own join claims as theirs on theirs.task_id = own.task_id`)
        .where(
          sql`own.person_id = ${given('personId')} and theirs.person_id <> own.person_id
            and abs(theirs.created_at - own.created_at) <= ${given('withinMs')}`,
        )
        .groupBy(sql`theirs.person_id`)
        .having(sql`count(*) >= ${given('min')}`),
      (personId: number, withinMs: number, min: number) => ({ personId, withinMs, min }),
    ),
    /** Others whose evidence came from as many of the same places, each time within some time (ms). */
    samePlaces: all(
      db
        .select({
          otherId: sql<number>`theirs.person_id`,
          times: sql<number>`count(distinct tasks.place)`,
        })
        .from(
          sql`claims as own join evidence as own_evidence on own_evidence.claim_id = own.id
            join claims as theirs on theirs.task_id = own.task_id
            join evidence as their_evidence on their_evidence.claim_id = theirs.id
            join ${tasks} on tasks.id = own.task_id`,
        )
        .where(
          sql`own.person_id = ${given('personId')} and theirs.person_id <> own.person_id
            and abs(their_evidence.submitted_at - own_evidence.submitted_at)
              <= ${given('withinMs')}`,
        )
        .groupBy(sql`theirs.person_id`)
        .having(sql`count(distinct tasks.place) >= ${given('min')}`),
      (personId: number, withinMs: number, min: number) => ({ personId, withinMs, min }),
    ),
    /** The person of a participant id. */
    personOf: value(
      db
        .select({ value: persons.id })
        .from(persons)
        .where(sql`${persons.participantId} = ${given('participantId')}`),
      (participantId: string) => ({ participantId }),
    ),
  };
}
