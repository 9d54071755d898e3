import { and, asc, eq, gt, sql } from 'drizzle-orm';
import type { Database } from './database.ts';
import { activities, claims, partners, tasks } from './schema/index.ts';
import {
  all,
  changes,
  count,
  get,
  given,
  knowable,
  list,
  p,
  placeholders,
  run,
} from './statements.ts';

export type Task = typeof tasks.$inferSelect;

const isThis = eq(tasks.id, given('id'));
// In the words of the partial index: else SQLite would not use it.
const isKeptClaim = sql`${claims.state} not in ('dropped', 'closed')`;

/** Tasks, read. */
export function tasksReads(db: Database) {
  const one = knowable(db.select().from(tasks).where(isThis), (id: number) => ({ id }));
  const withIssuer = knowable(
    db
      .select({ task: tasks, issuer: partners })
      .from(tasks)
      .innerJoin(partners, eq(partners.id, tasks.partnerId))
      .where(isThis),
    (id: number) => ({ id }),
  );
  const withClaim = get(
    db
      .select({ task: tasks, issuer: partners, claim: claims, work: activities })
      .from(tasks)
      .innerJoin(partners, eq(partners.id, tasks.partnerId))
      .leftJoin(
        claims,
        and(eq(claims.taskId, tasks.id), eq(claims.personId, given('personId')), isKeptClaim),
      )
      .leftJoin(activities, and(eq(activities.taskId, tasks.id), sql`${activities.part} = 1`))
      .where(isThis),
    (id: number, personId: number) => ({ id, personId }),
  );
  return {
    get: one.find,
    /**
     * A task with its issuer, the person's claim on it unless they left it, and the first record of the
     * work on it.
     */
    withClaim: (id: number, personId: number) => {
      const found = withClaim(id, personId);
      if (found === undefined) return undefined;
      // The same row answers who asks for less.
      const { task, issuer } = found;
      one.know(task, id);
      withIssuer.know({ task, issuer }, id);
      return found;
    },
    withIssuer: withIssuer.find,
    /**
     * Open tasks of approved issuers that are not over at `now` (ms), soonest first. A task without
     * an end lasts `lastsMs`.
     */
    open: all(
      db
        .select({ task: tasks, issuer: partners.name })
        .from(tasks)
        .innerJoin(partners, eq(partners.id, tasks.partnerId))
        .where(
          and(
            sql`${tasks.state} = 'open'`,
            // All tasks do; it makes SQLite use the index on the beginning.
            gt(tasks.startsAt, given('startsAfter')),
            sql`coalesce(${tasks.endsAt}, ${tasks.startsAt} + ${given('lastsMs')}) > ${given('now')}`,
            sql`${partners.state} = 'approved'`,
          ),
        )
        .orderBy(asc(tasks.startsAt))
        .limit(p('limit')),
      (now: number, lastsMs: number, limit: number) => ({ now, lastsMs, startsAfter: 0, limit }),
    ),
    /** Credits that an issuer's open tasks may still ask for. */
    promisedCredits: count(
      db
        .select({
          value: sql<number | null>`sum(${tasks.credits} * (${tasks.slots} - (
            select count(*) from ${claims} where ${claims.taskId} = ${tasks.id}
              and ${claims.state} in ('verified', 'rejected'))))`,
        })
        .from(tasks)
        .where(and(eq(tasks.partnerId, given('partnerId')), sql`${tasks.state} = 'open'`)),
      (partnerId: number) => ({ partnerId }),
    ),
    /** Closed tasks with claims that are not at their end; it looks at every closed task. */
    toRelease: list(
      db
        .select({ value: tasks.id })
        .from(tasks)
        .where(
          sql`${tasks.state} = 'closed' and exists (select 1 from ${claims}
            where ${claims.taskId} = ${tasks.id} and ${claims.state} in ('active', 'standby'))`,
        )
        .orderBy(tasks.id),
    ),
    /** The number that the next task gets. */
    nextId: count(db.select({ value: sql<number>`coalesce(max(${tasks.id}), 0) + 1` }).from(tasks)),
  };
}

type NewTask = Omit<
  Task,
  | 'taken'
  | 'state'
  | 'closedAt'
  | 'verified'
  | 'recorded'
  | 'reviewed'
  | 'evaluated'
  | 'postUri'
  | 'postCid'
>;

/** Tasks, written. */
export function tasksWrites(db: Database) {
  return {
    add: run(
      db.insert(tasks).values({
        ...placeholders('id', 'partnerId', 'title', 'place', 'placeId', 'credits', 'slots'),
        ...placeholders('startsAt', 'endsAt', 'createdBy', 'createdAt', 'rkey', 'cid'),
        state: 'open',
      }),
      (task: NewTask) => task,
    ),
    close: run(
      db
        .update(tasks)
        .set({ ...changes('closedAt', 'placeId', 'cid'), state: 'closed' })
        .where(and(isThis, sql`${tasks.state} = 'open'`)),
      (id: number, change: Pick<NewTask, 'placeId' | 'cid'> & { readonly closedAt: number }) => ({
        ...change,
        id,
      }),
    ),
    /** Takes slots, or frees them where `change` is negative; the database refuses more than there are. */
    addTaken: run(
      db
        .update(tasks)
        .set({ taken: sql`${tasks.taken} + ${p('change')}` })
        .where(isThis),
      (id: number, change: number) => ({ id, change }),
    ),
    /** Sets the post that announces a task, with the new version of the task's record. */
    setPost: run(
      db
        .update(tasks)
        .set(changes('postUri', 'postCid', 'cid'))
        .where(isThis),
      (id: number, post: { readonly uri: string; readonly cid: string }, cid: string) => ({
        id,
        postUri: post.uri,
        postCid: post.cid,
        cid,
      }),
    ),
  };
}
