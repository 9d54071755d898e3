/**
 * What of a person's evidence becomes public, each by an agreement of its own: `words`, which are the
 * words and photos that they send here, and `posts`, which are links to posts in their own account.
 */
export type PublicConsent = 'words' | 'posts';

/** What evidence would make public. */
export type MadePublic = { readonly hasWords: boolean; readonly hasPost: boolean };

/** The first agreement that evidence needs and its sender has not given; undefined for none. */
export const missingConsent = (
  { hasWords, hasPost }: MadePublic,
  hasAgreed: (consent: PublicConsent) => boolean,
): PublicConsent | undefined => {
  if (hasPost && !hasAgreed('posts')) return 'posts';
  return hasWords && !hasAgreed('words') ? 'words' : undefined;
};
