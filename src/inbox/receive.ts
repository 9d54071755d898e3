/** Takes messages in: each is stored once, on disk, before its channel hears that it was received. */
import type { Inbox } from '../channels/channel.ts';
import type { InboundMessage, SpooledPicture } from '../conversation/message.ts';
import type { Language } from '../languages/texts.ts';
import type { Observe } from '../lib/steps.ts';
import { cleanText } from '../lib/text.ts';
import { contextOf, type Foundation } from '../services/context.ts';
import { findOrAddIdentity } from '../services/people/find-identity.ts';
import type { InboxPayload } from '../store/schema/messages.ts';
import type { Store, Tx } from '../store/store.ts';

/** More than any channel carries; what is longer is cut before anything looks at it. */
const TEXT_LENGTH_MAX = 5000;

const payloadOf = (message: InboundMessage): InboxPayload => ({
  text: cleanText(message.text.slice(0, TEXT_LENGTH_MAX)),
  replyTo: message.replyTo,
  ...(message.thread === undefined ? {} : { thread: message.thread }),
  ...(message.isPublic ? { isPublic: true } : {}),
  ...(message.answered === undefined ? {} : { answered: message.answered }),
  ...(message.unread === undefined ? {} : { unread: message.unread }),
  pictures: message.pictures.length,
});

export function createReceiver(options: {
  readonly store: Store;
  readonly foundation: Foundation;
  /** The language a stranger's first words are in. */
  readonly guessLanguage: (text: string) => Language;
  readonly spool: { readonly remove: (spoolKey: string) => Promise<void> };
  readonly observe: Observe;
  /** There is something new in the inbox; with pictures it has to be looked at first. */
  readonly wake: (hasPictures: boolean) => void;
}): Omit<Inbox, 'report'> {
  const { store, foundation, observe } = options;

  const keep = (tx: Tx, message: InboundMessage) => {
    const context = contextOf(foundation, tx);
    const { channel, externalId } = message;
    const payload = payloadOf(message);
    const identityId = findOrAddIdentity(context, { channel, address: message.sender }, () =>
      options.guessLanguage(payload.text),
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
      receivedAt: message.receivedAt,
    });
    if (id === undefined) {
      return { id: tx.inbox.idOf(channel, externalId) as number, isNew: false };
    }
    for (const picture of message.pictures) {
      if ('spoolKey' in picture) tx.pictures.add(id, picture.spoolKey);
      else tx.pictures.addRemote(id, picture.source);
    }
    return { id, isNew: true };
  };

  const stored = async (message: InboundMessage, isNew: boolean): Promise<void> => {
    const { channel, pictures, segments } = message;
    const about = { count: 1, channel, ...(segments === undefined ? {} : { segments }) };
    observe(isNew ? 'message.stored' : 'message.duplicate', isNew ? about : { count: 1, channel });
    if (isNew) {
      options.wake(pictures.length > 0);
      return;
    }
    for (const { spoolKey } of pictures.filter(isSpooled)) await options.spool.remove(spoolKey);
  };

  return {
    known: (channel, externalIds) => new Set(store.read.inbox.known(channel, externalIds)),
    receive: async (message) => {
      const kept = await store.commit((tx) => keep(tx, message));
      await stored(message, kept.isNew);
      return kept;
    },
    receiveAll: async (messages, remember = {}) => {
      const kept = await store.commit((tx) => {
        for (const [name, value] of Object.entries(remember)) tx.cursors.put(name, value);
        return messages.map((message) => keep(tx, message));
      });
      for (const [at, { isNew }] of kept.entries()) {
        await stored(messages[at] as InboundMessage, isNew);
      }
      return kept.filter(({ isNew }) => isNew).length;
    },
  };
}

const isSpooled = (picture: InboundMessage['pictures'][number]): picture is SpooledPicture =>
  'spoolKey' in picture;
