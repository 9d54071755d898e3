import { and, desc, eq, sql } from 'drizzle-orm';
import type { ClaimState } from '../domain/claim.ts';
import type { Database } from './database.ts';
import { claims, identities, persons, tasks } from './schema/index.ts';
import {
  all,
  COUNT,
  changes,
  count,
  exists,
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
/** Nobody gave it up. In the words of the partial index: else SQLite would not use it. */
export const isKept = sql`${claims.state} not in ('left', 'lapsed', 'closed', 'called-off')`;
/** Those whose work is yet to be done. */
const isAhead = sql`${claims.state} in ('joined', 'confirmed', 'standby', 'offered', 'checked-in')`;

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
    /** The person's newest claim on a task, also one that is over. */
    newestOn: get(
      db.select().from(claims).where(and(isOfPerson, isOnTask)).orderBy(desc(claims.id)).limit(1),
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
            sql`${claims.state} in ('joined', 'confirmed', 'standby', 'offered', 'checked-in', 'submitted')`,
          ),
        )
        .orderBy(claims.id),
      (partnerId: number) => ({ partnerId }),
    ),
    /** Claims whose offered slot was kept until `now` (ms) or less, the earliest first. */
    offersOver: all(
      db
        .select()
        .from(claims)
        .where(
          sql`${claims.offeredUntil} is not null and ${claims.offeredUntil} <= ${given('now')}`,
        )
        .orderBy(claims.offeredUntil, claims.id)
        .limit(p('limit')),
      (now: number, limit: number) => ({ now, limit }),
    ),
    /** Claims whose record is yet to tell its steps, the newest first. */
    stepless: all(
      db
        .select()
        .from(claims)
        .where(sql`${claims.steps} = '[]'`)
        .orderBy(desc(claims.id))
        .limit(p('limit')),
      (limit: number) => ({ limit }),
    ),
    ...onTaskReads(db),
    ...dayReads(db),
  };
}

/** The claims on one task. */
function onTaskReads(db: Database) {
  return {
    /** Every claim on a task, oldest first: its place among them is the number that organizers say. */
    roster: all(
      db
        .select({ claim: claims, participantId: persons.participantId })
        .from(claims)
        .innerJoin(persons, eq(persons.id, claims.personId))
        .where(isOnTask)
        .orderBy(claims.id),
      (taskId: number) => ({ taskId }),
    ),
    /** The next claims on a task on which no evidence was sent, the oldest first. */
    unreleased: all(
      db
        .select({ claim: claims, participantId: persons.participantId })
        .from(claims)
        .innerJoin(persons, eq(persons.id, claims.personId))
        .where(and(isOnTask, isAhead))
        .orderBy(claims.id)
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
    /** The claims of one state on a task, oldest first, each with the participant id of its person. */
    inState: all(
      db
        .select({ claim: claims, participantId: persons.participantId })
        .from(claims)
        .innerJoin(persons, eq(persons.id, claims.personId))
        .where(and(isOnTask, eq(claims.state, given('state'))))
        .orderBy(claims.id)
        .limit(p('limit')),
      (taskId: number, state: ClaimState, limit: number) => ({ taskId, state, limit }),
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

/** What the day of a task asks of its claims. */
const dayReads = (db: Database) => ({
  /** People who are to come to a task and have had fewer reminders than `count`. */
  unreminded: all(
    db
      .select()
      .from(claims)
      .where(
        and(
          isOnTask,
          sql`${claims.state} in ('joined', 'confirmed')`,
          sql`${claims.reminded} < ${given('count')}`,
        ),
      )
      .orderBy(claims.id)
      .limit(p('limit')),
    (taskId: number, count: number, limit: number) => ({ taskId, count, limit }),
  ),
  /** Whether anybody was checked in at a task, or sent evidence. */
  isAnybodyThere: exists(
    db
      .select({ one: sql`1` })
      .from(claims)
      .where(
        and(
          isOnTask,
          sql`${claims.state} in ('checked-in', 'submitted', 'verified', 'rejected')`,
          sql`${claims.steps} like '%"checked-in"%'`,
        ),
      ),
    (taskId: number) => ({ taskId }),
  ),
});

/** Claims on tasks, written. */
export function claimsWrites(db: Database) {
  return {
    add: insert(
      db
        .insert(claims)
        .values({
          ...placeholders('taskId', 'personId', 'state', 'createdAt', 'rkey', 'cid'),
          ...placeholders('steps', 'guests', 'reminded'),
        })
        .returning({ id: claims.id }),
      (claim: Omit<Claim, 'id' | 'offeredUntil'>) => claim,
    ),
    /** Sets what a step changes, together with the new version of the public record. */
    set: run(
      db
        .update(claims)
        .set(changes('state', 'steps', 'guests', 'offeredUntil', 'cid'))
        .where(isThis),
      (id: number, step: Pick<Claim, 'state' | 'steps' | 'guests' | 'offeredUntil' | 'cid'>) => ({
        ...step,
        steps: JSON.stringify(step.steps),
        id,
      }),
    ),
    /** A claim is another person's from now on. */
    setPerson: run(
      db.update(claims).set(changes('personId')).where(isThis),
      (id: number, personId: number) => ({ id, personId }),
    ),
    setReminded: run(
      db.update(claims).set(changes('reminded')).where(isThis),
      (id: number, reminded: number) => ({ id, reminded }),
    ),
    /** Everybody who is to come to a task is reminded again: its time has changed. */
    remindAgain: run(
      db.update(claims).set(changes('reminded')).where(isOnTask),
      (taskId: number, reminded: number) => ({ taskId, reminded }),
    ),
  };
}
