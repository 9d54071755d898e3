import { and, desc, eq, sql } from 'drizzle-orm';
import type { Database } from './database.ts';
import { NOBODY } from './nobody.ts';
import { identities, sharedPhones } from './schema/index.ts';
import {
  all,
  changes,
  exists,
  get,
  given,
  insert,
  isAmong,
  p,
  placeholders,
  run,
  value,
} from './statements.ts';

export type Identity = typeof identities.$inferSelect;

const isThis = eq(identities.id, given('id'));
const isFound = and(
  eq(identities.channel, given('channel')),
  eq(identities.lookup, given('lookup')),
);

/** The addresses of persons on channels, read. */
export function identitiesReads(db: Database) {
  return {
    get: get(db.select().from(identities).where(isThis), (id: number) => ({ id })),
    /** The id of an identity by its HMAC. */
    idOf: value(
      db.select({ value: identities.id }).from(identities).where(isFound),
      (channel: string, lookup: string) => ({ channel, lookup }),
    ),
    /** The person whose turn it is at an address. */
    personAt: value(
      db.select({ value: identities.personId }).from(identities).where(isThis),
      (id: number) => ({ id }),
    ),
    /** Are there messages that are nobody's, of which only digests are kept? */
    hasNobody: exists(
      db
        .select({ id: identities.id })
        .from(identities)
        .where(and(eq(identities.channel, NOBODY), eq(identities.lookup, NOBODY))),
    ),
    /** The key that the newest address is sealed with. */
    newestKeyId: value(
      db.select({ value: identities.keyId }).from(identities).orderBy(desc(identities.id)).limit(1),
    ),
    /** A key that an address is sealed with and that is none of these; undefined where there is none. */
    strangeKeyId: value(
      db
        .select({ value: identities.keyId })
        .from(identities)
        .where(sql`not ${isAmong(identities.keyId, 'keyIds')}`)
        .limit(1),
      (keyIds: readonly string[]) => ({ keyIds: JSON.stringify(keyIds) }),
    ),
    /** A person's addresses, oldest first; also one where it is another's turn now. */
    of: all(
      db
        .select()
        .from(identities)
        .where(
          sql`${identities.id} in (
            select id from identities where person_id = ${given('personId')}
            union all select ${sharedPhones.identityId} from ${sharedPhones}
              where ${sharedPhones.personId} = ${given('personId')})`,
        )
        .orderBy(identities.id),
      (personId: number) => ({ personId }),
    ),
  };
}

/** The addresses of persons on channels, written. */
export function identitiesWrites(db: Database) {
  return {
    add: insert(
      db
        .insert(identities)
        .values({
          ...placeholders(
            ...(['channel', 'lookup', 'keyId', 'ciphertext', 'personId', 'createdAt'] as const),
          ),
          heardAt: sql`${p('createdAt')}`,
        })
        .returning({ id: identities.id }),
      (
        identity: Pick<
          Identity,
          'channel' | 'lookup' | 'keyId' | 'ciphertext' | 'personId' | 'createdAt'
        >,
      ) => identity,
    ),
    /** Remembers STOP (a time in ms), which ends texts about new tasks too, or START (null). */
    setStopped: run(
      db
        .update(identities)
        .set({
          ...changes('stoppedAt'),
          alertsAt: sql`case when ${p('stoppedAt')} is null then ${identities.alertsAt} end`,
          alertsFilter: sql`case when ${p('stoppedAt')} is null then ${identities.alertsFilter} end`,
        })
        .where(isThis),
      (id: number, stoppedAt: number | null) => ({ id, stoppedAt }),
    ),
    /** Remembers that the channel cannot reach an address (a time in ms), or can (null). */
    setUnreachable: run(
      db.update(identities).set(changes('unreachableAt')).where(isThis),
      (id: number, unreachableAt: number | null) => ({ id, unreachableAt }),
    ),
    /** Remembers that something came from here (ms), and whether that was after too long (ms). */
    setHeard: run(
      db
        .update(identities)
        .set({
          ...changes('heardAt'),
          returnedAt: sql`coalesce(${p('returnedAt')}, ${identities.returnedAt})`,
        })
        .where(isThis),
      (id: number, heardAt: number, returnedAt: number | null) => ({ id, heardAt, returnedAt }),
    ),
    /** Whose number it is has been shown. */
    setProven: run(db.update(identities).set({ returnedAt: null }).where(isThis), (id: number) => ({
      id,
    })),
    /**
     * Remembers that somebody asked for texts about new tasks here (a time in ms), of which ones, or not
     * (null).
     */
    setAlerts: run(
      db.update(identities).set(changes('alertsAt', 'alertsFilter')).where(isThis),
      (id: number, alertsAt: number | null, alertsFilter: string | null) => ({
        id,
        alertsAt,
        alertsFilter,
      }),
    ),
    /** Remembers when a message that nobody asked for told how to opt out (ms). */
    setOptOutHint: run(
      db.update(identities).set(changes('optOutHintAt')).where(isThis),
      (id: number, optOutHintAt: number) => ({ id, optOutHintAt }),
    ),
  };
}
