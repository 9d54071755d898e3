import { and, eq, sql } from 'drizzle-orm';
import type { Database } from './database.ts';
import { claims, identities, persons, tasks } from './schema/index.ts';
import {
  all,
  COUNT,
  changes,
  count,
  get,
  given,
  insert,
  list,
  p,
  placeholders,
  run,
} from './statements.ts';

export type Claim = typeof claims.$inferSelect;

const isThis = eq(claims.id, given('id'));
const isOnTask = eq(claims.taskId, given('taskId'));
const isOfPerson = eq(claims.personId, given('personId'));
// In the words of the partial index: else SQLite would not use it.
const isKept = sql`${claims.state} not in ('dropped', 'closed')`;

/** Claims on tasks, read. */
export function claimsReads(db: Database) {
  return {
    get: get(db.select().from(claims).where(isThis), (id: number) => ({ id })),
    /** The person's claim on a task unless they left it. */
    on: get(
      db
        .select()
        .from(claims)
        .where(and(isOfPerson, isOnTask, isKept)),
      (personId: number, taskId: number) => ({ personId, taskId }),
    ),
    /** A person's claims with their tasks, oldest first, without those they left. */
    of: all(
      db
        .select({ claim: claims, task: tasks })
        .from(claims)
        .innerJoin(tasks, eq(tasks.id, claims.taskId))
        .where(and(isOfPerson, isKept))
        .orderBy(claims.id),
      (personId: number) => ({ personId }),
    ),
    /** The open tasks of an issuer with those who joined, stand by, or wait for a review. */
    openWith: all(
      db
        .select({ personId: claims.personId, taskId: tasks.id, title: tasks.title })
        .from(claims)
        .innerJoin(tasks, eq(tasks.id, claims.taskId))
        .where(
          and(
            eq(tasks.partnerId, given('partnerId')),
            sql`${tasks.state} = 'open'`,
            sql`${claims.state} in ('active', 'standby', 'submitted')`,
          ),
        )
        .orderBy(claims.id),
      (partnerId: number) => ({ partnerId }),
    ),
    ...onTaskReads(db),
  };
}

/** The claims on one task. */
function onTaskReads(db: Database) {
  return {
    /** The claims on a task, oldest first, without those that people left. */
    roster: all(
      db
        .select({ claim: claims, participantId: persons.participantId })
        .from(claims)
        .innerJoin(persons, eq(persons.id, claims.personId))
        .where(and(isOnTask, isKept))
        .orderBy(claims.id),
      (taskId: number) => ({ taskId }),
    ),
    /**
     * The next claims on a task on which no evidence was sent, those who joined before those who stand
     * by, the oldest first.
     */
    unreleased: all(
      db
        .select({ claim: claims, participantId: persons.participantId })
        .from(claims)
        .innerJoin(persons, eq(persons.id, claims.personId))
        .where(and(isOnTask, sql`${claims.state} in ('active', 'standby')`))
        .orderBy(claims.state, claims.id)
        .limit(p('limit')),
      (taskId: number, limit: number) => ({ taskId, limit }),
    ),
    /** How many claims on a task there are of each state. */
    countsOn: all(
      db
        .select({ state: claims.state, count: COUNT.value })
        .from(claims)
        .where(isOnTask)
        .groupBy(claims.state),
      (taskId: number) => ({ taskId }),
    ),
    /** The persons with a claim on a task who have no address that can be reached now. */
    outOfReach: list(
      db
        .select({ value: claims.personId })
        .from(claims)
        .where(
          and(
            isOnTask,
            isKept,
            sql`not exists (select 1 from ${identities}
              where ${identities.personId} = ${claims.personId}
                and ${identities.stoppedAt} is null and ${identities.unreachableAt} is null)`,
          ),
        ),
      (taskId: number) => ({ taskId }),
    ),
    nextStandby: get(
      db
        .select()
        .from(claims)
        .where(and(isOnTask, sql`${claims.state} = 'standby'`))
        .orderBy(claims.id)
        .limit(1),
      (taskId: number) => ({ taskId }),
    ),
    /** A standby claim's place in the queue, from 1. */
    standbyPlace: count(
      db
        .select(COUNT)
        .from(claims)
        .where(
          and(isOnTask, sql`${claims.state} = 'standby'`, sql`${claims.id} <= ${given('claimId')}`),
        ),
      (taskId: number, claimId: number) => ({ taskId, claimId }),
    ),
  };
}

/** Claims on tasks, written. */
export function claimsWrites(db: Database) {
  return {
    add: insert(
      db
        .insert(claims)
        .values(placeholders('taskId', 'personId', 'state', 'createdAt', 'rkey', 'cid'))
        .returning({ id: claims.id }),
      (claim: Omit<Claim, 'id'>) => claim,
    ),
    setState: run(
      db.update(claims).set(changes('state')).where(isThis),
      (id: number, state: Claim['state']) => ({ id, state }),
    ),
    /** Sets the state together with the new version of the public record. */
    set: run(
      db.update(claims).set(changes('state', 'cid')).where(isThis),
      (id: number, state: Claim['state'], cid: string) => ({ id, state, cid }),
    ),
  };
}
