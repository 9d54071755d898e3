import type { PublicConsent } from '../../domain/consent.ts';
import type { Context } from '../context.ts';
import type { At } from './agree-to-messages.ts';

/**
 * The person agrees that their words and photos become public; or that records link to posts of the
 * account that this identity is, so that they are public under its DID. One is never taken for the
 * other.
 */
export function agreeToPublicEvidence(
  { tx, keys, now }: Context,
  at: At,
  { wording, consent }: { readonly wording: string; readonly consent: PublicConsent },
): void {
  if (consent === 'words') tx.people.setPublicEvidence(at.personId, now);
  else {
    const identity = tx.identities.get(at.identityId);
    if (identity === undefined) throw new Error('agreeToPublicEvidence: nobody');
    const did = keys.open({ keyId: identity.keyId, bytes: identity.ciphertext });
    tx.people.setPublicDid(at.personId, did);
  }
  const kind = consent === 'words' ? 'public-evidence' : 'public-did';
  tx.consents.add({ identityId: at.identityId, kind, wording, at: now });
}
