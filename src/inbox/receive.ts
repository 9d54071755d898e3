/** Takes messages in: each is stored once, on disk, before its channel hears that it was received. */
import type { Inbox } from '../channels/channel.ts';
import type { InboundMessage } from '../conversation/message.ts';
import type { Language } from '../languages/texts.ts';
import type { Observe } from '../lib/steps.ts';
import { cleanText } from '../lib/text.ts';
import { contextOf, type Foundation } from '../services/context.ts';
import { findOrAddIdentity } from '../services/people/find-identity.ts';
import type { InboxPayload } from '../store/schema/messages.ts';
import type { Store, Tx } from '../store/store.ts';

/** More than any channel carries; a longer text is cut before anything looks at it. */
const TEXT_LENGTH_MAX = 5000;

const buildPayload = (message: InboundMessage): InboxPayload => ({
  text: cleanText(message.text.slice(0, TEXT_LENGTH_MAX)),
  replyTo: message.replyTo,
  ...(message.thread === undefined ? {} : { thread: message.thread }),
  ...(message.isPublic ? { isPublic: true } : {}),
  ...(message.answered === undefined ? {} : { answered: message.answered }),
  ...(message.unread === undefined ? {} : { unread: message.unread }),
  pictures: message.pictures.length,
});

type ReceiverParts = {
  readonly store: Store;
  readonly foundation: Foundation;
  /** The language a stranger's first words are in. */
  readonly guessLanguage: (text: string) => Language;
  readonly spool: { readonly remove: (spoolKey: string) => Promise<void> };
  readonly observe: Observe;
  /** There is something new in the inbox; with pictures it has to be looked at first. */
  readonly wake: (hasPictures: boolean) => void;
};

type Kept = { readonly id: number; readonly isNew: boolean };

export function createReceiver(parts: ReceiverParts): Omit<Inbox, 'report'> {
  const { store } = parts;
  return {
    known: (channel, externalIds) => new Set(store.read.inbox.known(channel, externalIds)),
    receive: async (message) => {
      const kept = await store.commit((tx) => keep(parts, tx, message));
      await finish(parts, message, kept);
      return kept;
    },
    receiveAll: async (messages, remember = {}) => {
      const kept = await store.commit((tx) => {
        for (const [name, value] of Object.entries(remember)) tx.cursors.put(name, value);
        return messages.map((message) => ({ message, ...keep(parts, tx, message) }));
      });
      for (const { message, ...one } of kept) await finish(parts, message, one);
      return kept.filter(({ isNew }) => isNew).length;
    },
  };
}

/** Stores a message with its pictures, unless it is there already. */
function keep(parts: ReceiverParts, tx: Tx, message: InboundMessage): Kept {
  const { channel, externalId, receivedAt } = message;
  const payload = buildPayload(message);
  const context = contextOf(parts.foundation, tx);
  const identityId = findOrAddIdentity(context, { channel, address: message.sender }, () =>
    parts.guessLanguage(payload.text),
  );
  const id = tx.inbox.add({
    channel,
    externalId,
    identityId,
    payload,
    place: message.place ?? null,
    postUri: message.post?.uri ?? null,
    postCid: message.post?.cid ?? null,
    segments: message.segments ?? null,
    receivedAt,
  });
  if (id === undefined) return { id: tx.inbox.idOf(channel, externalId) as number, isNew: false };
  for (const picture of message.pictures) {
    if ('spoolKey' in picture) tx.pictures.add(id, picture.spoolKey);
    else tx.pictures.addRemote(id, picture.source);
  }
  return { id, isNew: true };
}

/** Once it is on disk: wakes what processes it, or removes the pictures of one that came before. */
async function finish(
  parts: ReceiverParts,
  message: InboundMessage,
  { isNew }: Kept,
): Promise<void> {
  const { channel, pictures, segments } = message;
  const about = { count: 1, channel };
  if (isNew) {
    parts.observe('message.stored', segments === undefined ? about : { ...about, segments });
    parts.wake(pictures.length > 0);
    return;
  }
  parts.observe('message.duplicate', about);
  for (const picture of pictures) {
    if ('spoolKey' in picture) await parts.spool.remove(picture.spoolKey);
  }
}
