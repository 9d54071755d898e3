import type { Inbox } from '../../channel.ts';

/** Those of the messages that are not stored yet, in their order. */
export function unstored<M extends { readonly externalId: string }>(
  inbox: Pick<Inbox, 'known'>,
  messages: readonly M[],
): readonly M[] {
  const ids = messages.map(({ externalId }) => externalId);
  const known = inbox.known('bluesky', ids);
  return messages.filter(({ externalId }) => !known.has(externalId));
}
