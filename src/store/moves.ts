import { and, eq, lte, sql } from 'drizzle-orm';
import type { Database } from './database.ts';
import { identities, moves, sharedPhones } from './schema/index.ts';
import { all, changes, get, given, insert, p, placeholders, run } from './statements.ts';

export type Move = typeof moves.$inferSelect;

const isThis = eq(moves.id, given('id'));
const isOpen = sql`${moves.state} in ('asked', 'waiting')`;
const isWaiting = sql`${moves.state} = 'waiting'`;

/** Accounts that are to move to another address, read. */
export function movesReads(db: Database) {
  return {
    get: get(db.select().from(moves).where(isThis), (id: number) => ({ id })),
    /** The move of a person's account that is not over. */
    openOf: get(
      db
        .select()
        .from(moves)
        .where(and(isOpen, eq(moves.personId, given('personId'))))
        .limit(1),
      (personId: number) => ({ personId }),
    ),
    /** The move that was asked for from an address and is not over. */
    openFrom: get(
      db
        .select()
        .from(moves)
        .where(and(isOpen, eq(moves.identityId, given('identityId'))))
        .limit(1),
      (identityId: number) => ({ identityId }),
    ),
    /** Moves of the account of anybody who has this address, which are not over; not those to it. */
    stoppedBy: all(
      db
        .select()
        .from(moves)
        .where(
          and(
            isOpen,
            sql`${moves.identityId} <> ${given('identityId')}`,
            sql`${moves.personId} in (
              select ${identities.personId} from ${identities}
                where ${identities.id} = ${given('identityId')}
              union all select ${sharedPhones.personId} from ${sharedPhones}
                where ${sharedPhones.identityId} = ${given('identityId')})`,
          ),
        ),
      (identityId: number) => ({ identityId }),
    ),
    /** Moves that nobody stopped until `now` (ms). */
    due: all(
      db
        .select()
        .from(moves)
        .where(and(isWaiting, lte(moves.dueAt, given('now'))))
        .orderBy(moves.dueAt)
        .limit(p('limit')),
      (now: number, limit: number) => ({ now, limit }),
    ),
  };
}

/** Accounts that are to move to another address, written. */
export function movesWrites(db: Database) {
  return {
    add: insert(
      db
        .insert(moves)
        .values(
          placeholders(
            ...(['personId', 'identityId', 'oldIdentityId', 'state', 'createdAt'] as const),
            ...(['dueAt'] as const),
          ),
        )
        .returning({ id: moves.id }),
      (
        move: Pick<
          Move,
          'personId' | 'identityId' | 'oldIdentityId' | 'state' | 'createdAt' | 'dueAt'
        >,
      ) => move,
    ),
    allow: run(
      db
        .update(moves)
        .set({ ...changes('dueAt', 'allowedBy', 'reason'), state: 'waiting' })
        .where(isThis),
      (id: number, allowed: Pick<Move, 'dueAt' | 'allowedBy' | 'reason'>) => ({ ...allowed, id }),
    ),
    /** Gives up on moves that no admin allowed since a time (ms). */
    forget: run(
      db
        .update(moves)
        .set({ state: 'stopped' })
        .where(and(sql`${moves.state} = 'asked'`, lte(moves.createdAt, given('before')))),
      (before: number) => ({ before }),
    ),
    end: run(
      db.update(moves).set(changes('state')).where(isThis),
      (id: number, state: 'done' | 'stopped') => ({ id, state }),
    ),
  };
}
