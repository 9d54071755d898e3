import type { Context } from '../context.ts';
import type { At } from './agree-to-messages.ts';

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
