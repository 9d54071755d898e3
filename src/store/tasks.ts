import { and, asc, desc, eq, gt, inArray, sql } from 'drizzle-orm';
import type { Database } from './database.ts';
import { announcements, claims, partners, persons, tasks } from './schema/index.ts';
import { all, changes, count, get, given, insert, p, placeholders, run } from './statements.ts';

export type Task = typeof tasks.$inferSelect;
export type Claim = typeof claims.$inferSelect;

/** Tasks, claims on them and where they were announced, read. */
export function tasksReads(db: Database) {
  const promised = db
    .select({
      credits: sql<number>`coalesce(sum(${tasks.credits} * (${tasks.slots} - (
        select count(*) from ${claims}
        where ${claims.taskId} = ${tasks.id} and ${inArray(claims.state, ['verified', 'rejected'])}
      ))), 0)`,
    })
    .from(tasks)
    .where(and(eq(tasks.partnerId, given('partnerId')), sql`${tasks.state} = 'open'`))
    .prepare();
  const newest = db
    .select({ id: sql<number>`coalesce(max(${tasks.id}), 0)` })
    .from(tasks)
    .prepare();
  const announced = db
    .select({ taskId: announcements.taskId })
    .from(announcements)
    .where(
      and(
        eq(announcements.channel, given('channel')),
        eq(announcements.externalId, given('externalId')),
      ),
    )
    .prepare();
  const toUpdate = db
    .select({ externalId: announcements.externalId })
    .from(announcements)
    .where(
      and(
        eq(announcements.channel, given('channel')),
        eq(announcements.taskId, given('taskId')),
        sql`${announcements.shown} is not null`,
      ),
    )
    .limit(1)
    .prepare();
  const openOn = db
    .select({ externalId: announcements.externalId })
    .from(announcements)
    .innerJoin(tasks, eq(tasks.id, announcements.taskId))
    .where(and(eq(announcements.channel, given('channel')), sql`${tasks.state} = 'open'`))
    .orderBy(desc(tasks.id))
    .limit(p('limit'))
    .prepare();
  return {
    get: get(
      db
        .select()
        .from(tasks)
        .where(eq(tasks.id, given('id'))),
      (id: number) => ({ id }),
    ),
    withIssuer: get(
      db
        .select({ task: tasks, issuer: partners })
        .from(tasks)
        .innerJoin(partners, eq(partners.id, tasks.partnerId))
        .where(eq(tasks.id, given('id'))),
      (id: number) => ({ id }),
    ),
    /** Open tasks of approved issuers that are not over at `now` (ms), soonest first. */
    open: all(
      db
        .select({ task: tasks, issuer: partners.name })
        .from(tasks)
        .innerJoin(partners, eq(partners.id, tasks.partnerId))
        .where(
          and(
            sql`${tasks.state} = 'open'`,
            gt(tasks.startsAt, given('startsAfter')),
            sql`coalesce(${tasks.endsAt}, ${tasks.startsAt} + 21600000) > ${given('now')}`,
            sql`${partners.state} = 'approved'`,
          ),
        )
        .orderBy(asc(tasks.startsAt))
        .limit(p('limit')),
      (now: number, limit: number) => ({ now, startsAfter: 0, limit }),
    ),
    claim: get(
      db
        .select()
        .from(claims)
        .where(eq(claims.id, given('id'))),
      (id: number) => ({ id }),
    ),
    /** The person's claim on a task unless they left it. */
    claimOn: get(
      db
        .select()
        .from(claims)
        .where(
          and(
            eq(claims.personId, given('personId')),
            eq(claims.taskId, given('taskId')),
            sql`${claims.state} not in ('dropped', 'closed')`,
          ),
        ),
      (personId: number, taskId: number) => ({ personId, taskId }),
    ),
    /** A person's claims, oldest first, without those they left. */
    claimsOf: all(
      db
        .select({ claim: claims, task: tasks })
        .from(claims)
        .innerJoin(tasks, eq(tasks.id, claims.taskId))
        .where(
          and(
            eq(claims.personId, given('personId')),
            sql`${claims.state} not in ('dropped', 'closed')`,
          ),
        )
        .orderBy(claims.id),
      (personId: number) => ({ personId }),
    ),
    roster: all(
      db
        .select({ claim: claims, participantId: persons.participantId })
        .from(claims)
        .innerJoin(persons, eq(persons.id, claims.personId))
        .where(
          and(
            eq(claims.taskId, given('taskId')),
            sql`${claims.state} not in ('dropped', 'closed')`,
          ),
        )
        .orderBy(claims.id),
      (taskId: number) => ({ taskId }),
    ),
    nextStandby: get(
      db
        .select()
        .from(claims)
        .where(and(eq(claims.taskId, given('taskId')), sql`${claims.state} = 'standby'`))
        .orderBy(claims.id)
        .limit(1),
      (taskId: number) => ({ taskId }),
    ),
    /** A standby claim's place in the queue, from 1. */
    standbyPlace: count(
      db
        .select({ count: sql<number>`count(*)` })
        .from(claims)
        .where(
          and(
            eq(claims.taskId, given('taskId')),
            sql`${claims.state} = 'standby'`,
            sql`${claims.id} <= ${given('claimId')}`,
          ),
        ),
      (taskId: number, claimId: number) => ({ taskId, claimId }),
    ),
    /** Credits that an issuer's open tasks may still ask for. */
    promisedCredits: (partnerId: number): number => promised.get({ partnerId })?.credits ?? 0,
    /** The number that the next task gets. */
    nextId: (): number => (newest.get()?.id ?? 0) + 1,
    announcedTask: (channel: string, externalId: string): number | undefined =>
      announced.get({ channel, externalId })?.taskId,
    /** The channel's own id of the announcement of a task that can be changed. */
    announcementToUpdate: (channel: string, taskId: number): string | undefined =>
      toUpdate.get({ channel, taskId })?.externalId,
    /** Announcements that can be changed, of tasks that changed in what they show or still may. */
    announcementsShown: all(
      db
        .select({ announcement: announcements, task: tasks, issuer: partners.name })
        .from(announcements)
        .innerJoin(tasks, eq(tasks.id, announcements.taskId))
        .innerJoin(partners, eq(partners.id, tasks.partnerId))
        .where(sql`${announcements.shown} is not null and ${announcements.shown} not like 'last %'`)
        .orderBy(desc(tasks.id))
        .limit(p('limit')),
      (limit: number) => ({ limit }),
    ),
    /** Announcements on a channel of tasks that are open, newest first. */
    openAnnouncements: (channel: string, limit: number): string[] =>
      openOn.all({ channel, limit }).map(({ externalId }) => externalId),
  };
}

/** Tasks, claims on them and where they were announced, written. */
export function tasksWrites(db: Database) {
  const addVerified = db
    .update(tasks)
    .set({ verified: sql`${tasks.verified} + 1` })
    .where(eq(tasks.id, given('id')))
    .returning({ verified: tasks.verified })
    .prepare();
  return {
    add: run(
      db.insert(tasks).values({
        ...placeholders(
          'id',
          'partnerId',
          'title',
          'place',
          'credits',
          'slots',
          'startsAt',
          'endsAt',
          'placeId',
          'createdBy',
          'createdAt',
          'rkey',
          'cid',
        ),
        state: 'open',
      }),
      (
        task: Omit<
          Task,
          'taken' | 'state' | 'closedAt' | 'verified' | 'recorded' | 'postUri' | 'postCid'
        >,
      ) => task,
    ),
    close: run(
      db
        .update(tasks)
        .set({ ...changes('placeId', 'cid'), state: 'closed', closedAt: sql`${p('at')}` })
        .where(and(eq(tasks.id, given('id')), sql`${tasks.state} = 'open'`)),
      (id: number, at: number, placeId: number, cid: string) => ({ id, at, placeId, cid }),
    ),
    /** Takes (1) or frees (-1) a slot; the database refuses more than there are. */
    addTaken: run(
      db
        .update(tasks)
        .set({ taken: sql`${tasks.taken} + ${p('change')}` })
        .where(eq(tasks.id, given('id'))),
      (id: number, change: 1 | -1) => ({ id, change }),
    ),
    /** Counts one more person whose evidence was approved; answers how many there are. */
    addVerified: (id: number): number => (addVerified.get({ id }) as { verified: number }).verified,
    addClaim: insert(
      db
        .insert(claims)
        .values(placeholders('taskId', 'personId', 'state', 'createdAt', 'rkey', 'cid'))
        .returning({ id: claims.id }),
      (claim: Omit<Claim, 'id'>) => claim,
    ),
    setClaimState: run(
      db
        .update(claims)
        .set(changes('state'))
        .where(eq(claims.id, given('id'))),
      (id: number, state: Claim['state']) => ({ id, state }),
    ),
    /** The state together with the new version of the public record. */
    setClaim: run(
      db
        .update(claims)
        .set(changes('state', 'cid'))
        .where(eq(claims.id, given('id'))),
      (id: number, state: Claim['state'], cid: string) => ({ id, state, cid }),
    ),
    /** `shown` is null where an announcement cannot be changed afterwards. */
    addAnnouncement: run(
      db
        .insert(announcements)
        .values(placeholders('channel', 'externalId', 'taskId', 'shown'))
        .onConflictDoNothing(),
      (channel: string, externalId: string, taskId: number, shown: string | null) => ({
        channel,
        externalId,
        taskId,
        shown,
      }),
    ),
    /** An announcement is to show this, as a digest. */
    setShown: run(
      db
        .update(announcements)
        .set(changes('shown'))
        .where(
          and(
            eq(announcements.channel, given('channel')),
            eq(announcements.externalId, given('externalId')),
          ),
        ),
      (channel: string, externalId: string, shown: string) => ({ channel, externalId, shown }),
    ),
    /** The post that announces a task, with the new version of the task's record. */
    setPost: run(
      db
        .update(tasks)
        .set({ ...changes('postCid', 'cid'), postUri: sql`${p('uri')}` })
        .where(eq(tasks.id, given('id'))),
      (id: number, post: { readonly uri: string; readonly cid: string }, cid: string) => ({
        id,
        uri: post.uri,
        postCid: post.cid,
        cid,
      }),
    ),
  };
}
