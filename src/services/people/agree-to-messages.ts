/** A person's agreements; the wording of each is kept as they read it. */
import type { Context } from '../context.ts';

export type At = { readonly identityId: number; readonly personId: number };

/** The person takes part, and gets messages at this identity, also where they had stopped them. */
export function agreeToMessages({ tx, now }: Context, at: At, wording: string): void {
  tx.people.setJoined(at.personId, now);
  tx.identities.setStopped(at.identityId, null);
  tx.consents.add({ identityId: at.identityId, kind: 'messages', wording, at: now });
}
