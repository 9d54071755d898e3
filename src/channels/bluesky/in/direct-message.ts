/** From a private message of the chat service to what it means here. */
import type { InboundMessage } from '../../../conversation/message.ts';
import { fieldsOf } from '../fields.ts';

/** Without the time at which it was taken in, and with the conversation that it is in. */
export type DirectMessage = Omit<InboundMessage, 'receivedAt'> & { readonly convo: string };

/** Undefined for what we said ourselves, and for what was deleted. */
export function parseMessage(
  shown: unknown,
  convo: string,
  ownDid: string,
): DirectMessage | undefined {
  const { $type, id, text, sender, embed, replyTo } = fieldsOf(shown);
  const from = fieldsOf(sender)['did'];
  if ($type !== undefined && $type !== 'chat.bsky.convo.defs#messageView') return undefined;
  if (typeof id !== 'string' || typeof text !== 'string') return undefined;
  if (typeof from !== 'string' || from === ownDid) return undefined;
  const answered = fieldsOf(replyTo)['id'];
  return {
    convo,
    channel: 'bluesky',
    externalId: id,
    sender: from,
    text,
    pictures: [],
    replyTo: typeof answered === 'string' ? answered : null,
    isPublic: false,
    ...(text.trim() === '' && embed !== undefined ? { unread: 'other' as const } : {}),
  };
}
