import { and, eq, gt, sql } from 'drizzle-orm';
import { isKept } from './claims.ts';
import type { Database } from './database.ts';
import { activities, claims, evidence, partners, places, tasks } from './schema/index.ts';
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
      .select({
        ...{ task: tasks, issuer: partners, claim: claims, work: activities },
        /** 1 where the person has a slot in another task and is yet to come to it. */
        isElsewhere: sql<number>`exists (select 1 from ${claims} as other
          where other.person_id = ${given('personId')} and other.task_id <> ${given('id')}
            and other.state in ('joined', 'confirmed', 'offered', 'checked-in'))`,
      })
      .from(tasks)
      .innerJoin(partners, eq(partners.id, tasks.partnerId))
      .leftJoin(
        claims,
        and(eq(claims.taskId, tasks.id), eq(claims.personId, given('personId')), isKept),
      )
      .leftJoin(activities, and(eq(activities.taskId, tasks.id), sql`${activities.part} = 1`))
      .where(isThis),
    (id: number, personId: number) => ({ id, personId }),
  );
  return {
    ...comingReads(db),
    ...calendarReads(db),
    get: one.find,
    /**
     * A task with its issuer, the person's claim on it unless they left it, the first record of the work
     * on it, and whether they are to come to another one, too.
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
        // One that can be done any time is as near as its end.
        .orderBy(
          sql`case ${tasks.isAnyTime} when 1 then ${tasks.endsAt} else ${tasks.startsAt} end`,
        )
        .limit(p('limit')),
      (now: number, lastsMs: number, limit: number) => ({ now, lastsMs, startsAfter: 0, limit }),
    ),
    /** Tasks of an issuer: those that are open first, the next ones before the others. */
    ofIssuer: all(
      db
        .select()
        .from(tasks)
        .where(eq(tasks.partnerId, given('partnerId')))
        .orderBy(
          sql`${tasks.state} <> 'open'`,
          sql`case ${tasks.state} when 'open' then ${tasks.startsAt} else -${tasks.startsAt} end`,
        )
        .limit(p('limit')),
      (partnerId: number, limit: number) => ({ partnerId, limit }),
    ),
    /** The number that the next task gets. */
    nextId: count(db.select({ value: sql<number>`coalesce(max(${tasks.id}), 0) + 1` }).from(tasks)),
  };
}

/** What is still to come of tasks: credits, moments, people who are to be released. */
const comingReads = (db: Database) => ({
  /**
   * Credits that an issuer's tasks that end from `from` until `until` may still ask for at `now` (ms):
   * those of every slot of an open task that is not decided about, after its end those of the slots
   * that are taken, and, where `from` is 0, those of evidence that waits on tasks that are not open any
   * more. A task without an end lasts `lastsMs`.
   */
  promisedCredits: count(
    db
      .select({
        value: sql<number | null>`coalesce(sum(${tasks.credits} * case
            when coalesce(${tasks.endsAt}, ${tasks.startsAt} + ${given('lastsMs')}) > ${given('now')}
            then ${tasks.slots} - (select count(*) from ${claims} as decided
              where decided.task_id = tasks.id and decided.state in ('verified', 'rejected'))
            else (select count(*) from ${claims} as theirs where theirs.task_id = tasks.id
              and theirs.state in ('joined', 'confirmed', 'checked-in', 'submitted')) end), 0)
            + (select coalesce(sum(late.credits), 0) from ${evidence} as one
              join ${claims} as own on own.id = one.claim_id join ${tasks} as late on late.id = own.task_id
              where one.partner_id = ${given('partnerId')} and ${given('from')} = 0
                and one.state = 'pending' and late.state <> 'open')`,
      })
      .from(tasks)
      .where(
        and(
          eq(tasks.partnerId, given('partnerId')),
          sql`${tasks.state} = 'open'`,
          sql`coalesce(${tasks.endsAt}, ${tasks.startsAt} + ${given('lastsMs')}) >= ${given('from')}`,
          sql`coalesce(${tasks.endsAt}, ${tasks.startsAt} + ${given('lastsMs')}) < ${given('until')}`,
        ),
      ),
    (
      partnerId: number,
      span: {
        readonly now: number;
        readonly lastsMs: number;
        readonly from: number;
        readonly until: number;
      },
    ) => ({ partnerId, ...span }),
  ),
  /** Open tasks on which something became due at `now` (ms), the earliest first. */
  due: all(
    db
      .select({ task: tasks, issuer: partners })
      .from(tasks)
      .innerJoin(partners, eq(partners.id, tasks.partnerId))
      .where(sql`${tasks.nextAt} is not null and ${tasks.nextAt} <= ${given('now')}`)
      .orderBy(tasks.nextAt, tasks.id)
      .limit(p('limit')),
    (now: number, limit: number) => ({ now, limit }),
  ),
  /** Closed tasks with claims that are not at their end; it looks at every closed task. */
  toRelease: list(
    db
      .select({ value: tasks.id })
      .from(tasks)
      .where(
        sql`${tasks.state} <> 'open' and exists (select 1 from ${claims}
            where ${claims.taskId} = ${tasks.id}
              and ${claims.state} in ('joined', 'confirmed', 'standby', 'offered'))`,
      )
      .orderBy(tasks.id),
  ),
});

/** Tasks for people's calendars. */
function calendarReads(db: Database) {
  const forCalendar = () =>
    db
      .select({ task: tasks, issuer: partners.name, location: places.rkey })
      .from(tasks)
      .innerJoin(partners, eq(partners.id, tasks.partnerId))
      .leftJoin(places, eq(places.id, tasks.placeId));
  const endOf = sql`coalesce(${tasks.endsAt}, ${tasks.startsAt} + ${given('lastsMs')})`;
  return {
    /**
     * Tasks of approved issuers, of one area or of all (null), that were not over yet at `endedAfter`
     * (ms), whatever became of them, each with the key of its place's record. The soonest come first,
     * what is over at `now` (ms) last. A task without an end lasts `lastsMs`. It looks at every task.
     */
    inCalendar: all(
      forCalendar()
        .where(
          and(
            sql`${endOf} > ${given('endedAfter')}`,
            sql`${partners.state} = 'approved'`,
            sql`coalesce(${given('area')}, ${tasks.area}) is ${tasks.area}`,
          ),
        )
        .orderBy(sql`${endOf} <= ${given('now')}`, tasks.startsAt, tasks.id)
        .limit(p('limit')),
      (asked: {
        readonly now: number;
        readonly endedAfter: number;
        readonly lastsMs: number;
        readonly area: string | null;
        readonly limit: number;
      }) => asked,
    ),
    /** One task, likewise, whatever its issuer may do now. */
    oneInCalendar: get(forCalendar().where(isThis), (id: number) => ({ id })),
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
  | 'reason'
  | 'sequence'
  | 'changes'
  | 'movedAt'
  | 'tells'
>;

/** Tasks, written. */
export function tasksWrites(db: Database) {
  return {
    add: run(
      db.insert(tasks).values({
        ...placeholders('id', 'partnerId', 'title', 'place', 'placeId', 'credits', 'slots'),
        ...placeholders('startsAt', 'endsAt', 'createdBy', 'createdAt', 'rkey', 'cid'),
        ...placeholders('area', 'isAnyTime', 'nextAt', 'seriesId', 'note'),
        state: 'open',
      }),
      (task: NewTask) => task,
    ),
    /** Ends an open task; nothing becomes due on it any more. */
    end: run(
      db
        .update(tasks)
        .set({ ...changes('state', 'reason', 'closedAt', 'placeId', 'cid'), nextAt: null })
        .where(and(isThis, sql`${tasks.state} = 'open'`)),
      (id: number, change: Pick<Task, 'state' | 'reason' | 'closedAt' | 'placeId' | 'cid'>) => ({
        ...change,
        id,
      }),
    ),
    /** Changes what people were told of a task, with the new version of its record. */
    change: run(
      db
        .update(tasks)
        .set({
          ...changes('startsAt', 'endsAt', 'place', 'placeId', 'area', 'slots', 'note'),
          ...changes('sequence', 'changes', 'movedAt', 'nextAt', 'cid'),
        })
        .where(isThis),
      (
        id: number,
        change: Pick<
          Task,
          | ('startsAt' | 'endsAt' | 'place' | 'placeId' | 'area' | 'slots' | 'note')
          | ('sequence' | 'changes' | 'movedAt' | 'nextAt' | 'cid')
        >,
      ) => ({ ...change, changes: JSON.stringify(change.changes), id }),
    ),
    /** When the next thing becomes due on a task (ms). */
    setNext: run(
      db.update(tasks).set(changes('nextAt')).where(isThis),
      (id: number, nextAt: number | null) => ({ id, nextAt }),
    ),
    countTell: run(
      db
        .update(tasks)
        .set({ tells: sql`${tasks.tells} + 1` })
        .where(isThis),
      (id: number) => ({ id }),
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
