import type { Context } from '../context.ts';

/** Ends all that opens the desk to a person; how many browsers had it open. */
export function endSessions({ tx }: Context, personId: number): number {
  const { length } = tx.desk.sessionsOf(personId);
  tx.desk.endLinks(personId);
  tx.desk.endSessions(personId);
  return length;
}
