import { and, desc, eq, sql } from 'drizzle-orm';
import type { Database } from './database.ts';
import { announcements, partners, tasks } from './schema/index.ts';
import { all, changes, given, list, p, placeholders, run, value } from './statements.ts';

const isOnChannel = eq(announcements.channel, given('channel'));
const isThis = and(isOnChannel, eq(announcements.externalId, given('externalId')));

/** Where tasks were announced, read. */
export function announcementsReads(db: Database) {
  return {
    /** The task that a message of a channel announces. */
    taskOf: value(
      db.select({ value: announcements.taskId }).from(announcements).where(isThis),
      (channel: string, externalId: string) => ({ channel, externalId }),
    ),
    /** The channel's own id of the announcement of a task that can be changed. */
    toUpdate: value(
      db
        .select({ value: announcements.externalId })
        .from(announcements)
        .where(
          and(
            isOnChannel,
            eq(announcements.taskId, given('taskId')),
            sql`${announcements.shown} is not null`,
          ),
        )
        .limit(1),
      (channel: string, taskId: number) => ({ channel, taskId }),
    ),
    /** Announcements that can still be changed, the newest task first. */
    shown: all(
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
    /** The channel's own ids of announcements of tasks that are open, newest first. */
    open: list(
      db
        .select({ value: announcements.externalId })
        .from(announcements)
        .innerJoin(tasks, eq(tasks.id, announcements.taskId))
        .where(and(isOnChannel, sql`${tasks.state} = 'open'`))
        .orderBy(desc(tasks.id))
        .limit(p('limit')),
      (channel: string, limit: number) => ({ channel, limit }),
    ),
  };
}

/** Where tasks were announced, written. */
export function announcementsWrites(db: Database) {
  return {
    /** `shown` is null where it cannot be changed afterwards. A second time nothing happens. */
    add: run(
      db
        .insert(announcements)
        .values(placeholders('channel', 'externalId', 'taskId', 'shown'))
        .onConflictDoNothing(),
      (announcement: typeof announcements.$inferSelect) => announcement,
    ),
    /** Remembers what an announcement shows now, as a digest. */
    setShown: run(
      db.update(announcements).set(changes('shown')).where(isThis),
      (channel: string, externalId: string, shown: string) => ({ channel, externalId, shown }),
    ),
  };
}
