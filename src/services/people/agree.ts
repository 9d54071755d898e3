/** A person's agreements; the wording of each is kept as they read it. */
import type { Context } from '../context.ts';

type At = { readonly identityId: number; readonly personId: number };

/** The person takes part, and gets messages at this identity, also where they had stopped them. */
export function agreeToMessages({ tx, now }: Context, at: At, wording: string): void {
  tx.people.setJoined(at.personId, now);
  tx.identities.setStopped(at.identityId, null);
  tx.consents.add({ identityId: at.identityId, kind: 'messages', wording, at: now });
}

/**
 * The person agrees that what they send as evidence becomes public; with `isPost`, that the record
 * points at posts of theirs, and so that they are public under their own DID.
 */
export function agreeToPublicEvidence(
  { tx, keys, now }: Context,
  at: At,
  { wording, isPost }: { readonly wording: string; readonly isPost: boolean },
): void {
  tx.people.setPublicEvidence(at.personId, now);
  const identity = isPost ? tx.identities.get(at.identityId) : undefined;
  if (identity !== undefined) {
    const did = keys.open({ keyId: identity.keyId, bytes: identity.ciphertext });
    tx.people.setPublicDid(at.personId, did);
  }
  const kind = isPost ? 'public-did' : 'public-evidence';
  tx.consents.add({ identityId: at.identityId, kind, wording, at: now });
}
