import type { PublicConsent } from '../../domain/consent.ts';
import type { Person } from '../../store/people.ts';
import type { Context } from '../context.ts';

/** A person's agreements to be public. */
export type Agreements = Pick<Person, 'publicEvidenceAt' | 'publicDid'>;

/** Has the person agreed to this? Links to posts are agreed to for one account: that of the address. */
export function hasAgreed(
  { tx, keys }: Context,
  { publicEvidenceAt, publicDid }: Agreements,
  { consent, identityId }: { readonly consent: PublicConsent; readonly identityId: number },
): boolean {
  if (consent === 'words') return publicEvidenceAt !== null;
  const identity = publicDid === null ? undefined : tx.identities.get(identityId);
  if (identity === undefined) return false;
  return keys.open({ keyId: identity.keyId, bytes: identity.ciphertext }) === publicDid;
}
