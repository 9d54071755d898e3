import type { Context } from '../context.ts';

/** STOP: nothing more goes to this identity, and what waits for it is dropped. */
export function stopMessages({ tx, now }: Context, identityId: number, wording: string): void {
  tx.people.setStopped(identityId, now);
  tx.people.addConsent({ identityId, kind: 'stop', wording, at: now });
  tx.people.endSession(identityId);
  tx.followUps.end(identityId);
  tx.outbox.silence(identityId);
}
