import type { Context } from '../context.ts';

/** STOP: nothing more goes to this identity, and what waits for it is dropped. */
export function stopMessages({ tx, now }: Context, identityId: number, wording: string): void {
  tx.identities.setStopped(identityId, now);
  tx.consents.add({ identityId, kind: 'stop', wording, at: now });
  tx.sessions.end(identityId);
  tx.followUps.end(identityId);
  tx.outbox.silence(identityId);
}
