import { and, asc, desc, eq, gt, inArray, sql } from 'drizzle-orm';
import type { Database } from './database.ts';
import { given } from './given.ts';
import { announcements, claims, partners, persons, tasks } from './schema/index.ts';

const p = sql.placeholder;

export type Task = typeof tasks.$inferSelect;
export type Claim = typeof claims.$inferSelect;

/** Tasks, claims on them and where they were announced, read. */
export function tasksReads(db: Database) {
  const byId = db
    .select()
    .from(tasks)
    .where(eq(tasks.id, given('id')))
    .prepare();
  const withIssuer = db
    .select({ task: tasks, issuer: partners })
    .from(tasks)
    .innerJoin(partners, eq(partners.id, tasks.partnerId))
    .where(eq(tasks.id, given('id')))
    .prepare();
  const open = db
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
    .limit(p('limit'))
    .prepare();
  const claim = db
    .select()
    .from(claims)
    .where(eq(claims.id, given('id')))
    .prepare();
  const claimOn = db
    .select()
    .from(claims)
    .where(
      and(
        eq(claims.personId, given('personId')),
        eq(claims.taskId, given('taskId')),
        sql`${claims.state} not in ('dropped', 'closed')`,
      ),
    )
    .prepare();
  const claimsOf = db
    .select({ claim: claims, task: tasks })
    .from(claims)
    .innerJoin(tasks, eq(tasks.id, claims.taskId))
    .where(
      and(
        eq(claims.personId, given('personId')),
        sql`${claims.state} not in ('dropped', 'closed')`,
      ),
    )
    .orderBy(claims.id)
    .prepare();
  const roster = db
    .select({ claim: claims, participantId: persons.participantId })
    .from(claims)
    .innerJoin(persons, eq(persons.id, claims.personId))
    .where(
      and(eq(claims.taskId, given('taskId')), sql`${claims.state} not in ('dropped', 'closed')`),
    )
    .orderBy(claims.id)
    .prepare();
  const nextStandby = db
    .select()
    .from(claims)
    .where(and(eq(claims.taskId, given('taskId')), sql`${claims.state} = 'standby'`))
    .orderBy(claims.id)
    .limit(1)
    .prepare();
  const standbyAhead = db
    .select({ count: sql<number>`count(*)` })
    .from(claims)
    .where(
      and(
        eq(claims.taskId, given('taskId')),
        sql`${claims.state} = 'standby'`,
        sql`${claims.id} <= ${given('claimId')}`,
      ),
    )
    .prepare();
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
  const shown = db
    .select({ announcement: announcements, task: tasks, issuer: partners.name })
    .from(announcements)
    .innerJoin(tasks, eq(tasks.id, announcements.taskId))
    .innerJoin(partners, eq(partners.id, tasks.partnerId))
    .where(sql`${announcements.shown} is not null and ${announcements.shown} not like 'last %'`)
    .orderBy(desc(tasks.id))
    .limit(p('limit'))
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
    get: (id: number): Task | undefined => byId.get({ id }),
    withIssuer: (id: number) => withIssuer.get({ id }),
    /** Open tasks of approved issuers that are not over at `now` (ms), soonest first. */
    open: (now: number, limit: number) => open.all({ now, startsAfter: 0, limit }),
    claim: (id: number): Claim | undefined => claim.get({ id }),
    /** The person's claim on a task unless they left it. */
    claimOn: (personId: number, taskId: number): Claim | undefined =>
      claimOn.get({ personId, taskId }),
    /** A person's claims, oldest first, without those they left. */
    claimsOf: (personId: number) => claimsOf.all({ personId }),
    roster: (taskId: number) => roster.all({ taskId }),
    nextStandby: (taskId: number): Claim | undefined => nextStandby.get({ taskId }),
    /** A standby claim's place in the queue, from 1. */
    standbyPlace: (taskId: number, claimId: number): number =>
      standbyAhead.get({ taskId, claimId })?.count ?? 0,
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
    announcementsShown: (limit: number) => shown.all({ limit }),
    /** Announcements on a channel of tasks that are open, newest first. */
    openAnnouncements: (channel: string, limit: number): string[] =>
      openOn.all({ channel, limit }).map(({ externalId }) => externalId),
  };
}

/** Tasks, claims on them and where they were announced, written. */
export function tasksWrites(db: Database) {
  const addTask = db
    .insert(tasks)
    .values({
      id: p('id'),
      partnerId: p('partnerId'),
      title: p('title'),
      place: p('place'),
      credits: p('credits'),
      slots: p('slots'),
      startsAt: p('startsAt'),
      endsAt: p('endsAt'),
      state: 'open',
      placeId: p('placeId'),
      createdBy: p('createdBy'),
      createdAt: p('createdAt'),
      rkey: p('rkey'),
      cid: p('cid'),
    })
    .prepare();
  const closeTask = db
    .update(tasks)
    .set({
      state: 'closed',
      closedAt: sql`${p('at')}`,
      placeId: sql`${p('placeId')}`,
      cid: sql`${p('cid')}`,
    })
    .where(and(eq(tasks.id, given('id')), sql`${tasks.state} = 'open'`))
    .prepare();
  const addTaken = db
    .update(tasks)
    .set({ taken: sql`${tasks.taken} + ${p('change')}` })
    .where(eq(tasks.id, given('id')))
    .prepare();
  const addVerified = db
    .update(tasks)
    .set({ verified: sql`${tasks.verified} + 1` })
    .where(eq(tasks.id, given('id')))
    .returning({ verified: tasks.verified })
    .prepare();
  const addClaim = db
    .insert(claims)
    .values({
      taskId: p('taskId'),
      personId: p('personId'),
      state: p('state'),
      createdAt: p('createdAt'),
      rkey: p('rkey'),
      cid: p('cid'),
    })
    .returning({ id: claims.id })
    .prepare();
  const setClaimState = db
    .update(claims)
    .set({ state: sql`${p('state')}` })
    .where(eq(claims.id, given('id')))
    .prepare();
  const setClaim = db
    .update(claims)
    .set({ state: sql`${p('state')}`, cid: sql`${p('cid')}` })
    .where(eq(claims.id, given('id')))
    .prepare();
  const addAnnouncement = db
    .insert(announcements)
    .values({
      channel: p('channel'),
      externalId: p('externalId'),
      taskId: p('taskId'),
      shown: p('shown'),
    })
    .onConflictDoNothing()
    .prepare();
  const setShown = db
    .update(announcements)
    .set({ shown: sql`${p('shown')}` })
    .where(
      and(
        eq(announcements.channel, given('channel')),
        eq(announcements.externalId, given('externalId')),
      ),
    )
    .prepare();
  const setPost = db
    .update(tasks)
    .set({ postUri: sql`${p('uri')}`, postCid: sql`${p('postCid')}`, cid: sql`${p('cid')}` })
    .where(eq(tasks.id, given('id')))
    .prepare();
  return {
    add: (
      task: Omit<
        Task,
        'taken' | 'state' | 'closedAt' | 'verified' | 'recorded' | 'postUri' | 'postCid'
      >,
    ) => addTask.run(task),
    close: (id: number, at: number, placeId: number, cid: string) =>
      closeTask.run({ id, at, placeId, cid }),
    /** Takes (1) or frees (-1) a slot; the database refuses more than there are. */
    addTaken: (id: number, change: 1 | -1) => addTaken.run({ id, change }),
    /** Counts one more person whose evidence was approved; answers how many there are. */
    addVerified: (id: number): number => (addVerified.get({ id }) as { verified: number }).verified,
    addClaim: (claim: Omit<Claim, 'id'>): number => (addClaim.get(claim) as { id: number }).id,
    setClaimState: (id: number, state: Claim['state']) => setClaimState.run({ id, state }),
    /** The state together with the new version of the public record. */
    setClaim: (id: number, state: Claim['state'], cid: string) => setClaim.run({ id, state, cid }),
    /** `shown` is null where an announcement cannot be changed afterwards. */
    addAnnouncement: (channel: string, externalId: string, taskId: number, shown: string | null) =>
      addAnnouncement.run({ channel, externalId, taskId, shown }),
    /** An announcement is to show this, as a digest. */
    setShown: (channel: string, externalId: string, shown: string) =>
      setShown.run({ channel, externalId, shown }),
    /** The post that announces a task, with the new version of the task's record. */
    setPost: (id: number, post: { readonly uri: string; readonly cid: string }, cid: string) =>
      setPost.run({ id, uri: post.uri, postCid: post.cid, cid }),
  };
}
