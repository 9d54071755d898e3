/**
 * What stands for the DID of a city that has no account yet. It belongs to nobody: `.invalid` is
 * reserved (RFC 2606), so nothing that is written under it can be taken for somebody's.
 */
export const PLACEHOLDER_DID = 'did:web:unpublished.invalid';

/** Is there a repository, and so an address for each record? */
export const isPlaceholder = (did: string): boolean => did === PLACEHOLDER_DID;
