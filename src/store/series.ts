import { and, desc, eq, sql } from 'drizzle-orm';
import type { Database } from './database.ts';
import { identities, persons, series, seriesPeople, tasks } from './schema/index.ts';
import { all, changes, count, get, given, insert, p, placeholders, run } from './statements.ts';

export type Series = typeof series.$inferSelect;

const isThis = eq(series.id, given('id'));
const isOfSeries = eq(seriesPeople.seriesId, given('seriesId'));

/** Tasks that come again, read. */
export const seriesReads = (db: Database) => ({
  get: get(db.select().from(series).where(isThis), (id: number) => ({ id })),
  /** The number that the next series gets. */
  nextId: count(db.select({ value: sql<number>`coalesce(max(${series.id}), 0) + 1` }).from(series)),
  /** Series with a date that is to be announced by a day, the earliest first. */
  due: all(
    db
      .select()
      .from(series)
      .where(sql`${series.nextDay} <= ${series.lastDay} and ${series.nextDay} <= ${given('day')}`)
      .orderBy(series.nextDay, series.id)
      .limit(p('limit')),
    (day: string, limit: number) => ({ day, limit }),
  ),
  /** The newest date of a series, whatever became of it. */
  latestDate: get(
    db
      .select()
      .from(tasks)
      .where(eq(tasks.seriesId, given('seriesId')))
      .orderBy(desc(tasks.startsAt))
      .limit(1),
    (seriesId: number) => ({ seriesId }),
  ),
  /** The open dates of a series from a time on (ms), the earliest first. */
  datesFrom: all(
    db
      .select()
      .from(tasks)
      .where(
        and(
          eq(tasks.seriesId, given('seriesId')),
          sql`${tasks.state} = 'open'`,
          sql`${tasks.startsAt} >= ${given('from')}`,
        ),
      )
      .orderBy(tasks.startsAt),
    (seriesId: number, from: number) => ({ seriesId, from }),
  ),
  /** Those who joined all dates of a series. */
  people: all(
    db
      .select({ id: persons.id, participantId: persons.participantId })
      .from(seriesPeople)
      .innerJoin(persons, eq(persons.id, seriesPeople.personId))
      .where(
        and(
          isOfSeries,
          // Whoever said STOP, or has no address any more, would never hear of it.
          sql`exists (select 1 from ${identities} where ${identities.personId} = ${persons.id}
            and ${identities.stoppedAt} is null and ${identities.unreachableAt} is null)`,
        ),
      )
      .orderBy(seriesPeople.personId),
    (seriesId: number) => ({ seriesId }),
  ),
});

/** Tasks that come again, written. */
export const seriesWrites = (db: Database) => ({
  add: insert(
    db
      .insert(series)
      .values({
        ...placeholders(
          'key',
          'partnerId',
          'createdBy',
          'title',
          'place',
          'credits',
          'slots',
          'note',
        ),
        ...placeholders('startMinute', 'endMinute', 'nextDay', 'lastDay', 'createdAt'),
      })
      .returning({ id: series.id }),
    (one: Omit<Series, 'id'>) => one,
  ),
  /** Changes what its next dates will be like. */
  change: run(
    db
      .update(series)
      .set(changes('place', 'slots', 'note', 'startMinute', 'endMinute', 'nextDay', 'lastDay'))
      .where(isThis),
    (
      id: number,
      to: Pick<
        Series,
        'place' | 'slots' | 'note' | 'startMinute' | 'endMinute' | 'nextDay' | 'lastDay'
      >,
    ) => ({ ...to, id }),
  ),
  setNext: run(
    db.update(series).set(changes('nextDay')).where(isThis),
    (id: number, nextDay: string) => ({ id, nextDay }),
  ),
  addPerson: run(
    db.insert(seriesPeople).values(placeholders('seriesId', 'personId')).onConflictDoNothing(),
    (seriesId: number, personId: number) => ({ seriesId, personId }),
  ),
  removePerson: run(
    db.delete(seriesPeople).where(and(isOfSeries, eq(seriesPeople.personId, given('personId')))),
    (seriesId: number, personId: number) => ({ seriesId, personId }),
  ),
  /** A person joins no later dates any more. */
  removeAllOf: run(
    db.delete(seriesPeople).where(eq(seriesPeople.personId, given('personId'))),
    (personId: number) => ({ personId }),
  ),
});
