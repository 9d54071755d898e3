import { isSessionOpen } from '../../domain/desk.ts';
import { MINUTE_MS } from '../../lib/clock.ts';
import { withEither } from '../../lib/crypto.ts';
import type { DeskSession } from '../../store/desk.ts';
import type { Person } from '../../store/people.ts';
import type { Context } from '../context.ts';
import { actsForAnybody } from './begin-login.ts';

/** When it was used last is written down no more often than that. */
const USED_STEP_MS = 5 * MINUTE_MS;

/** Somebody at the desk: they speak as if from the address that they said LOGIN at. */
export type AtDesk = {
  readonly session: DeskSession;
  readonly person: Person;
  readonly channel: string;
};

/** Finds the session of a cookie, which lives on; one that is over is ended, and undefined. */
export function findSession(context: Context, secret: string): AtDesk | undefined {
  const { tx, now, keys } = context;
  const found = withEither(keys, ({ secretLookup }) =>
    tx.desk.session(secretLookup('desk', secret)),
  );
  if (found === undefined) return undefined;
  const { session, channel, heldBy, returnedAt } = found;
  const person = tx.people.get(session.personId);
  const isOpen = isSessionOpen({
    ...{ createdAt: session.createdAt, usedAt: session.usedAt, now },
    isTheirAddress: heldBy === session.personId && person?.joinedAt != null,
    isProven: returnedAt === null,
    actsForAnybody: actsForAnybody(context, session.personId),
  });
  if (!isOpen || person === undefined) {
    tx.desk.endSession(session.id, session.personId);
    return undefined;
  }
  if (now >= session.usedAt + USED_STEP_MS) tx.desk.setUsed(session.id, now);
  return { session, person, channel };
}
