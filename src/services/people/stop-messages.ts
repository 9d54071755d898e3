import type { Context } from '../context.ts';
import { type Braked, brakeBroadcast } from '../tasks/brake-broadcast.ts';

/**
 * STOP: nothing more goes to this identity, and what waits for it is dropped. Answers the broadcast
 * that halted itself by it.
 */
export function stopMessages(
  context: Context,
  identityId: number,
  wording: string,
): Braked | undefined {
  const { tx, now } = context;
  const isNews = tx.identities.get(identityId)?.stoppedAt === null;
  tx.identities.setStopped(identityId, now);
  tx.consents.add({ identityId, kind: 'stop', wording, at: now });
  tx.sessions.end(identityId);
  tx.followUps.end(identityId);
  tx.outbox.silence(identityId, 'stopped');
  return isNews ? brakeBroadcast(context, identityId) : undefined;
}
